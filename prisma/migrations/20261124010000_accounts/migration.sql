-- DropIndex
DROP INDEX "sessions_previous_token_hash_key";

-- AlterTable
ALTER TABLE "sessions" DROP COLUMN "previous_token_hash",
ADD COLUMN     "replaced_tokens" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "series_hash" TEXT;

-- CreateIndex
CREATE UNIQUE INDEX "sessions_series_hash_key" ON "sessions"("series_hash");

-- CreateIndex
CREATE INDEX "users_email_trgm_idx" ON "users" USING GIN ("email" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "users_name_trgm_idx" ON "users" USING GIN ("name" gin_trgm_ops);
