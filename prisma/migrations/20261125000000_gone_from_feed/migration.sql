-- What becomes of products that the feeds have no more: since when they are missing, and what a store wants of them.

-- CreateEnum
CREATE TYPE "missing_review" AS ENUM ('APPLIED', 'HELD', 'ACCEPTED', 'DISMISSED', 'SUPERSEDED');

-- CreateEnum
CREATE TYPE "gone_from_feed" AS ENUM ('KEEP', 'OUT_OF_STOCK', 'UNPUBLISH');

-- AlterTable
ALTER TABLE "marketplace_import_batches" ADD COLUMN     "added_count" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "present_count" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "returned_count" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "marketplace_import_jobs" ADD COLUMN     "missing_count" INTEGER,
ADD COLUMN     "missing_review" "missing_review",
ADD COLUMN     "present_count" INTEGER,
ADD COLUMN     "returned_count" INTEGER;

-- AlterTable
ALTER TABLE "marketplace_product_translations" ADD COLUMN     "missing_since" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "marketplace_products" ADD COLUMN     "missing_since" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "products" ADD COLUMN     "withdrawn_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "stores" ADD COLUMN     "gone_from_feed" "gone_from_feed" NOT NULL DEFAULT 'KEEP',
ADD COLUMN     "shrink_limit_percent" INTEGER NOT NULL DEFAULT 30;

-- CreateTable
CREATE TABLE "marketplace_import_absences" (
    "job_id" UUID NOT NULL,
    "store_id" UUID NOT NULL,
    "product_id" BIGINT NOT NULL,

    CONSTRAINT "marketplace_import_absences_pkey" PRIMARY KEY ("job_id","store_id","product_id")
);

-- AddForeignKey
ALTER TABLE "marketplace_import_absences" ADD CONSTRAINT "marketplace_import_absences_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "marketplace_import_jobs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "marketplace_import_absences" ADD CONSTRAINT "marketplace_import_absences_product_id_store_id_fkey" FOREIGN KEY ("product_id", "store_id") REFERENCES "marketplace_products"("id", "store_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma's schema language cannot say.

-- Missing products are few, and these indexes have no entry of any other: an import that brings rows writes none.
CREATE INDEX "marketplace_products_missing" ON "marketplace_products"("store_id", "id") WHERE "missing_since" IS NOT NULL;
CREATE INDEX "marketplace_product_translations_missing" ON "marketplace_product_translations"("store_id", "language", "product_id")
    WHERE "missing_since" IS NOT NULL;

-- Products that come back when their feed has them again.
CREATE INDEX "products_withdrawn" ON "products"("store_id", "marketplace_product_id") WHERE "withdrawn_at" IS NOT NULL;
