-- By hand, since Prisma's schema language cannot say it: the extension that the index on titles needs, and
-- the rules at the end.

CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- CreateEnum
CREATE TYPE "language" AS ENUM ('EN', 'FR', 'DE');

-- CreateEnum
CREATE TYPE "import_job_status" AS ENUM ('PENDING', 'PROCESSING', 'COMPLETED', 'COMPLETED_WITH_ERRORS', 'FAILED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "import_error_type" AS ENUM ('PARSE_ERROR', 'MISSING_ID', 'MISSING_TITLE', 'DUPLICATE_ID', 'VALIDATION_ERROR');

-- CreateEnum
CREATE TYPE "severity" AS ENUM ('ERROR', 'WARNING');

-- CreateEnum
CREATE TYPE "store_member_role" AS ENUM ('MANAGER', 'STAFF');

-- CreateTable
CREATE TABLE "marketplace_import_jobs" (
    "id" UUID NOT NULL,
    "store_id" UUID NOT NULL,
    "created_by_id" UUID,
    "marketplace" TEXT NOT NULL DEFAULT 'Letzshop',
    "source_url" TEXT NOT NULL,
    "language" "language" NOT NULL,
    "batch_size" INTEGER NOT NULL DEFAULT 1000,
    "status" "import_job_status" NOT NULL DEFAULT 'PENDING',
    "imported_count" INTEGER NOT NULL DEFAULT 0,
    "updated_count" INTEGER NOT NULL DEFAULT 0,
    "unchanged_count" INTEGER NOT NULL DEFAULT 0,
    "error_count" INTEGER NOT NULL DEFAULT 0,
    "warning_count" INTEGER NOT NULL DEFAULT 0,
    "total_processed" INTEGER NOT NULL DEFAULT 0,
    "total_rows" INTEGER,
    "phase" TEXT,
    "phases" JSONB,
    "bytes_read" BIGINT,
    "header_warnings" JSONB,
    "encoding" TEXT,
    "delimiter" TEXT,
    "format" TEXT,
    "bytes_total" BIGINT,
    "source_etag" TEXT,
    "source_sha256" TEXT,
    "normaliser_version" INTEGER NOT NULL,
    "settings_key" TEXT,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "interruptions" INTEGER NOT NULL DEFAULT 0,
    "restarted_at" TIMESTAMPTZ(3),
    "revision" INTEGER NOT NULL DEFAULT 0,
    "retry_of_id" UUID,
    "failure_code" TEXT,
    "failure_message" TEXT,
    "cancel_requested_at" TIMESTAMPTZ(3),
    "last_sign_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "completed_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "marketplace_import_jobs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "marketplace_import_batches" (
    "job_id" UUID NOT NULL,
    "batch_number" INTEGER NOT NULL,
    "attempt" INTEGER NOT NULL,
    "imported_count" INTEGER NOT NULL DEFAULT 0,
    "updated_count" INTEGER NOT NULL DEFAULT 0,
    "unchanged_count" INTEGER NOT NULL DEFAULT 0,
    "error_count" INTEGER NOT NULL DEFAULT 0,
    "warning_count" INTEGER NOT NULL DEFAULT 0,
    "code_counts" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "marketplace_import_batches_pkey" PRIMARY KEY ("job_id","batch_number")
);

-- CreateTable
CREATE TABLE "marketplace_import_errors" (
    "job_id" UUID NOT NULL,
    "row_number" INTEGER NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "line_number" INTEGER NOT NULL,
    "identifier" TEXT,
    "error_type" "import_error_type" NOT NULL,
    "severity" "severity" NOT NULL,
    "attribute" TEXT,
    "code" TEXT NOT NULL,
    "error_message" TEXT NOT NULL,
    "row_data" JSONB,

    CONSTRAINT "marketplace_import_errors_pkey" PRIMARY KEY ("job_id","row_number","ordinal")
);

-- CreateTable
CREATE TABLE "marketplace_products" (
    "id" BIGSERIAL NOT NULL,
    "store_id" UUID NOT NULL,
    "store_name" TEXT NOT NULL,
    "marketplace" TEXT NOT NULL,
    "marketplace_product_id" TEXT NOT NULL,
    "image_link" TEXT,
    "additional_image_link" JSONB,
    "lifestyle_image_link" JSONB,
    "video_link" JSONB,
    "virtual_model_link" TEXT,
    "price" DECIMAL(12,2),
    "currency" CHAR(3),
    "sale_price" DECIMAL(12,2),
    "sale_price_effective_from" TIMESTAMPTZ(3),
    "sale_price_effective_until" TIMESTAMPTZ(3),
    "cost_of_goods_sold" DECIMAL(12,2),
    "auto_pricing_min_price" DECIMAL(12,2),
    "maximum_retail_price" DECIMAL(12,2),
    "unit_pricing_measure" TEXT,
    "unit_pricing_base_measure" TEXT,
    "installment" JSONB,
    "subscription_cost" JSONB,
    "loyalty_points" JSONB,
    "loyalty_program" JSONB,
    "availability" TEXT,
    "availability_date" TIMESTAMPTZ(3),
    "expiration_date" TIMESTAMPTZ(3),
    "disclosure_date" TIMESTAMPTZ(3),
    "google_product_category" TEXT,
    "brand" TEXT,
    "gtin" TEXT,
    "additional_gtin" JSONB,
    "mpn" TEXT,
    "identifier_exists" BOOLEAN,
    "condition" TEXT,
    "adult" BOOLEAN,
    "multipack" INTEGER,
    "is_bundle" BOOLEAN,
    "age_group" TEXT,
    "gender" TEXT,
    "size_type" JSONB,
    "size_system" TEXT,
    "item_group_id" TEXT,
    "variant_option" JSONB,
    "product_length" TEXT,
    "product_width" TEXT,
    "product_height" TEXT,
    "product_weight" TEXT,
    "popularity_rank" TEXT,
    "related_product" JSONB,
    "energy_efficiency_class" TEXT,
    "min_energy_efficiency_class" TEXT,
    "max_energy_efficiency_class" TEXT,
    "certification" JSONB,
    "shipping" JSONB,
    "carrier_shipping" JSONB,
    "free_shipping_threshold" JSONB,
    "handling_cutoff_time" JSONB,
    "minimum_order_value" JSONB,
    "shipping_weight" TEXT,
    "shipping_length" TEXT,
    "shipping_width" TEXT,
    "shipping_height" TEXT,
    "shipping_label" TEXT,
    "return_policy_label" TEXT,
    "transit_time_label" TEXT,
    "ships_from_country" TEXT,
    "min_handling_time" INTEGER,
    "max_handling_time" INTEGER,
    "shipping_handling_business_days" JSONB,
    "shipping_transit_business_days" JSONB,
    "custom_label_0" TEXT,
    "custom_label_1" TEXT,
    "custom_label_2" TEXT,
    "custom_label_3" TEXT,
    "custom_label_4" TEXT,
    "promotion_id" JSONB,
    "included_destination" JSONB,
    "excluded_destination" JSONB,
    "shopping_ads_excluded_country" JSONB,
    "external_seller_id" TEXT,
    "pause" TEXT,
    "ads_grouping" TEXT,
    "ads_labels" JSONB,
    "display_ads_id" TEXT,
    "display_ads_title" TEXT,
    "display_ads_link" TEXT,
    "display_ads_value" TEXT,
    "display_ads_similar_ids" JSONB,
    "link_template" TEXT,
    "mobile_link_template" TEXT,
    "pickup_method" TEXT,
    "pickup_sla" TEXT,
    "pickup_cost" DECIMAL(12,2),
    "content_hash" TEXT NOT NULL,
    "last_import_job_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "marketplace_products_pkey" PRIMARY KEY ("id","store_id")
);

-- CreateTable
CREATE TABLE "marketplace_product_translations" (
    "product_id" BIGINT NOT NULL,
    "store_id" UUID NOT NULL,
    "language" "language" NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT,
    "link" TEXT,
    "mobile_link" TEXT,
    "canonical_link" TEXT,
    "ads_redirect" TEXT,
    "short_title" TEXT,
    "structured_title" JSONB,
    "structured_description" JSONB,
    "product_type" JSONB,
    "product_highlight" JSONB,
    "product_detail" JSONB,
    "question_and_answer" JSONB,
    "color" TEXT,
    "size" TEXT,
    "material" TEXT,
    "pattern" TEXT,
    "item_group_title" TEXT,
    "document_link" JSONB,
    "extra" JSONB,
    "content_hash" TEXT NOT NULL,
    "product_content_hash" TEXT NOT NULL,
    "source_hash" TEXT,
    "last_import_job_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "marketplace_product_translations_pkey" PRIMARY KEY ("product_id","store_id","language")
);

-- CreateTable
CREATE TABLE "merchants" (
    "id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "contact_email" TEXT NOT NULL,
    "vat_number" TEXT,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "merchants_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "products" (
    "id" BIGSERIAL NOT NULL,
    "store_id" UUID NOT NULL,
    "marketplace_product_id" BIGINT NOT NULL,
    "published_at" TIMESTAMPTZ(3),
    "price" DECIMAL(12,2),
    "price_feed_value" DECIMAL(12,2),
    "sale_price" DECIMAL(12,2),
    "sale_price_feed_value" DECIMAL(12,2),
    "availability" TEXT,
    "availability_feed_value" TEXT,
    "condition" TEXT,
    "condition_feed_value" TEXT,
    "is_featured" BOOLEAN NOT NULL DEFAULT false,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "display_order" INTEGER NOT NULL DEFAULT 0,
    "min_quantity" INTEGER NOT NULL DEFAULT 1,
    "max_quantity" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "products_pkey" PRIMARY KEY ("id","store_id")
);

-- CreateTable
CREATE TABLE "stores" (
    "id" UUID NOT NULL,
    "merchant_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "currency" CHAR(3) NOT NULL DEFAULT 'EUR',
    "time_zone" TEXT NOT NULL DEFAULT 'Europe/Luxembourg',
    "letzshop_csv_url_fr" TEXT,
    "letzshop_csv_url_en" TEXT,
    "letzshop_csv_url_de" TEXT,
    "auto_publish" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "stores_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "store_domains" (
    "id" UUID NOT NULL,
    "store_id" UUID NOT NULL,
    "hostname" TEXT NOT NULL,
    "is_primary" BOOLEAN NOT NULL DEFAULT false,
    "verified" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "store_domains_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "users" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "platform_admin" BOOLEAN NOT NULL DEFAULT false,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "store_members" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "store_id" UUID NOT NULL,
    "role" "store_member_role" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "store_members_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "refresh_token_hash" TEXT NOT NULL,
    "previous_token_hash" TEXT,
    "rotated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "marketplace_import_jobs_store_id_created_at_id_idx" ON "marketplace_import_jobs"("store_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "marketplace_import_jobs_created_by_id_created_at_id_idx" ON "marketplace_import_jobs"("created_by_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "marketplace_import_jobs_created_at_id_idx" ON "marketplace_import_jobs"("created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "marketplace_import_jobs_status_idx" ON "marketplace_import_jobs"("status");

-- CreateIndex
CREATE INDEX "marketplace_products_marketplace_marketplace_product_id_idx" ON "marketplace_products"("marketplace", "marketplace_product_id");

-- CreateIndex
CREATE INDEX "marketplace_products_store_name_idx" ON "marketplace_products"("store_name");

-- CreateIndex
CREATE INDEX "marketplace_products_brand_store_id_idx" ON "marketplace_products"("brand", "store_id");

-- CreateIndex
CREATE INDEX "marketplace_products_gtin_store_id_idx" ON "marketplace_products"("gtin", "store_id");

-- CreateIndex
CREATE INDEX "marketplace_products_availability_store_id_idx" ON "marketplace_products"("availability", "store_id");

-- CreateIndex
CREATE UNIQUE INDEX "marketplace_products_store_id_marketplace_marketplace_produ_key" ON "marketplace_products"("store_id", "marketplace", "marketplace_product_id");

-- CreateIndex
CREATE INDEX "marketplace_product_translations_title_idx" ON "marketplace_product_translations" USING GIN ("title" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "merchants_owner_id_idx" ON "merchants"("owner_id");

-- CreateIndex
CREATE UNIQUE INDEX "products_store_id_marketplace_product_id_key" ON "products"("store_id", "marketplace_product_id");

-- CreateIndex
CREATE UNIQUE INDEX "stores_code_key" ON "stores"("code");

-- CreateIndex
CREATE INDEX "stores_merchant_id_idx" ON "stores"("merchant_id");

-- CreateIndex
CREATE UNIQUE INDEX "store_domains_hostname_key" ON "store_domains"("hostname");

-- CreateIndex
CREATE INDEX "store_domains_store_id_idx" ON "store_domains"("store_id");

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE INDEX "store_members_user_id_idx" ON "store_members"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "store_members_store_id_user_id_key" ON "store_members"("store_id", "user_id");

-- CreateIndex
CREATE UNIQUE INDEX "sessions_refresh_token_hash_key" ON "sessions"("refresh_token_hash");

-- CreateIndex
CREATE UNIQUE INDEX "sessions_previous_token_hash_key" ON "sessions"("previous_token_hash");

-- CreateIndex
CREATE INDEX "sessions_user_id_idx" ON "sessions"("user_id");

-- AddForeignKey
ALTER TABLE "marketplace_import_jobs" ADD CONSTRAINT "marketplace_import_jobs_store_id_fkey" FOREIGN KEY ("store_id") REFERENCES "stores"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "marketplace_import_jobs" ADD CONSTRAINT "marketplace_import_jobs_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "marketplace_import_jobs" ADD CONSTRAINT "marketplace_import_jobs_retry_of_id_fkey" FOREIGN KEY ("retry_of_id") REFERENCES "marketplace_import_jobs"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "marketplace_import_batches" ADD CONSTRAINT "marketplace_import_batches_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "marketplace_import_jobs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "marketplace_import_errors" ADD CONSTRAINT "marketplace_import_errors_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "marketplace_import_jobs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "marketplace_products" ADD CONSTRAINT "marketplace_products_store_id_fkey" FOREIGN KEY ("store_id") REFERENCES "stores"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "marketplace_product_translations" ADD CONSTRAINT "marketplace_product_translations_product_id_store_id_fkey" FOREIGN KEY ("product_id", "store_id") REFERENCES "marketplace_products"("id", "store_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "merchants" ADD CONSTRAINT "merchants_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "products" ADD CONSTRAINT "products_store_id_fkey" FOREIGN KEY ("store_id") REFERENCES "stores"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "products" ADD CONSTRAINT "products_marketplace_product_id_store_id_fkey" FOREIGN KEY ("marketplace_product_id", "store_id") REFERENCES "marketplace_products"("id", "store_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stores" ADD CONSTRAINT "stores_merchant_id_fkey" FOREIGN KEY ("merchant_id") REFERENCES "merchants"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "store_domains" ADD CONSTRAINT "store_domains_store_id_fkey" FOREIGN KEY ("store_id") REFERENCES "stores"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "store_members" ADD CONSTRAINT "store_members_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "store_members" ADD CONSTRAINT "store_members_store_id_fkey" FOREIGN KEY ("store_id") REFERENCES "stores"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Unique means unique whatever the case: only the lower-case form is stored.
ALTER TABLE "users" ADD CONSTRAINT "users_email_lower_case" CHECK ("email" = lower("email"));
ALTER TABLE "store_domains" ADD CONSTRAINT "store_domains_hostname_lower_case" CHECK ("hostname" = lower("hostname"));

-- A store's code is part of addresses.
ALTER TABLE "stores" ADD CONSTRAINT "stores_code_form" CHECK ("code" ~ '^[a-z0-9]+(-[a-z0-9]+)*$');

-- One primary domain a store.
CREATE UNIQUE INDEX "store_domains_primary_key" ON "store_domains"("store_id") WHERE "is_primary";

ALTER TABLE "products" ADD CONSTRAINT "products_quantity_range"
    CHECK ("min_quantity" >= 1 AND ("max_quantity" IS NULL OR "max_quantity" >= "min_quantity"));
