-- Lists of jobs by status, and faults by code, are read in their order from an index, however many there are.
-- row_data becomes json: jsonb forgets the order of the feed's columns.

-- DropIndex
DROP INDEX "marketplace_import_jobs_status_idx";

-- AlterTable
ALTER TABLE "marketplace_import_errors" ALTER COLUMN "row_data" SET DATA TYPE JSON;

-- CreateIndex
CREATE INDEX "marketplace_import_errors_job_id_code_row_number_ordinal_idx" ON "marketplace_import_errors"("job_id", "code", "row_number", "ordinal");

-- CreateIndex
CREATE INDEX "marketplace_import_jobs_store_id_status_created_at_id_idx" ON "marketplace_import_jobs"("store_id", "status", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "marketplace_import_jobs_status_created_at_id_idx" ON "marketplace_import_jobs"("status", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "marketplace_import_jobs_retry_of_id_idx" ON "marketplace_import_jobs"("retry_of_id");
