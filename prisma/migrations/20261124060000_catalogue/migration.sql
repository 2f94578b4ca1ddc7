-- A store's catalogue: jobs that publish many products, and indexes for the orders and filters of its lists.
-- The key of products begins with the store, so that it is the order of a store's newest as well.

-- CreateEnum
CREATE TYPE "publication_action" AS ENUM ('PUBLISH', 'UNPUBLISH');

-- CreateEnum
CREATE TYPE "publication_status" AS ENUM ('PENDING', 'PROCESSING', 'COMPLETED', 'FAILED');

-- AlterTable
ALTER TABLE "products" DROP CONSTRAINT "products_pkey",
ADD CONSTRAINT "products_pkey" PRIMARY KEY ("store_id", "id");

-- AlterTable
ALTER TABLE "stores" ADD COLUMN     "auto_publish_since" TIMESTAMPTZ(3);

-- Stores that publish by themselves already: from now on.
UPDATE "stores" SET "auto_publish_since" = now() WHERE "auto_publish";

-- CreateTable
CREATE TABLE "publication_jobs" (
    "id" UUID NOT NULL,
    "store_id" UUID NOT NULL,
    "created_by_id" UUID,
    "import_job_id" UUID,
    "action" "publication_action" NOT NULL,
    "status" "publication_status" NOT NULL DEFAULT 'PENDING',
    "selection" JSONB NOT NULL,
    "total" INTEGER,
    "published_count" INTEGER NOT NULL DEFAULT 0,
    "unpublished_count" INTEGER NOT NULL DEFAULT 0,
    "unchanged_count" INTEGER NOT NULL DEFAULT 0,
    "refused_count" INTEGER NOT NULL DEFAULT 0,
    "refused" JSONB NOT NULL DEFAULT '[]',
    "at_marketplace" TEXT,
    "at_marketplace_product_id" TEXT,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "completed_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "publication_jobs_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "publication_jobs_store_id_created_at_id_idx" ON "publication_jobs"("store_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "products_store_id_display_order_id_idx" ON "products"("store_id", "display_order", "id");

-- AddForeignKey
ALTER TABLE "publication_jobs" ADD CONSTRAINT "publication_jobs_store_id_fkey" FOREIGN KEY ("store_id") REFERENCES "stores"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "publication_jobs" ADD CONSTRAINT "publication_jobs_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What Prisma's schema language cannot say.

-- What is left to do: a few jobs, however many there were.
CREATE INDEX "publication_jobs_open" ON "publication_jobs"("updated_at") WHERE "status" IN ('PENDING', 'PROCESSING');

-- What shoppers see, in its order.
CREATE INDEX "products_shown" ON "products"("store_id", "display_order", "id") WHERE "published_at" IS NOT NULL AND "is_active";

-- The exceptions among a store's products, in the order of its list.
CREATE INDEX "products_unpublished" ON "products"("store_id", "display_order", "id") WHERE "published_at" IS NULL;
CREATE INDEX "products_featured" ON "products"("store_id", "display_order", "id") WHERE "is_featured";
CREATE INDEX "products_overridden" ON "products"("store_id", "display_order", "id")
    WHERE "price" IS NOT NULL OR "sale_price" IS NOT NULL OR "availability" IS NOT NULL OR "condition" IS NOT NULL;
