-- Logs of all nodes. Messages are searched by their trigrams.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- CreateTable
CREATE TABLE "log_entries" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "level" SMALLINT NOT NULL,
    "message" TEXT NOT NULL,
    "node" TEXT NOT NULL,
    "request_id" TEXT,
    "job_id" UUID,
    "store_id" UUID,
    "fields" JSONB,

    CONSTRAINT "log_entries_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "log_entries_at_id_idx" ON "log_entries"("at", "id");

-- CreateIndex
CREATE INDEX "log_entries_level_at_id_idx" ON "log_entries"("level", "at", "id");

-- CreateIndex
CREATE INDEX "log_entries_request_id_at_id_idx" ON "log_entries"("request_id", "at", "id");

-- CreateIndex
CREATE INDEX "log_entries_job_id_at_id_idx" ON "log_entries"("job_id", "at", "id");

-- CreateIndex
CREATE INDEX "log_entries_node_at_id_idx" ON "log_entries"("node", "at", "id");

-- CreateIndex
CREATE INDEX "log_entries_message_idx" ON "log_entries" USING GIN ("message" gin_trgm_ops);
