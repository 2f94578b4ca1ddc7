-- Who took a product back, a person or its feed, was told by what was not on record: a product with nothing but a price
-- of its own looked taken back as well.
ALTER TABLE "products" ADD COLUMN "unpublished_at" TIMESTAMPTZ(3);
-- Which of them a person took back is not known any more: none may come back by itself.
UPDATE "products" SET "unpublished_at" = "updated_at" WHERE "published_at" IS NULL AND "withdrawn_at" IS NULL;
