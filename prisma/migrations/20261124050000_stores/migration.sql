-- AlterTable
ALTER TABLE "stores" ADD COLUMN     "renamed_at" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "merchants_name_idx" ON "merchants" USING GIN ("name" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "merchants_contact_email_idx" ON "merchants" USING GIN ("contact_email" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "stores_code_idx" ON "stores" USING GIN ("code" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "stores_name_idx" ON "stores" USING GIN ("name" gin_trgm_ops);
