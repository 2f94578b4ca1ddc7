-- The details of an import's faults are deleted after a while; what remains says so.
ALTER TABLE "marketplace_import_jobs" ADD COLUMN "errors_removed_at" TIMESTAMPTZ(3);

-- What there is to delete is found without the imports that have nothing, or nothing any more.
CREATE INDEX "marketplace_import_jobs_with_details" ON "marketplace_import_jobs"("store_id", "completed_at", "id")
  WHERE "errors_removed_at" IS NULL AND "completed_at" IS NOT NULL AND "error_count" + "warning_count" > 0;
