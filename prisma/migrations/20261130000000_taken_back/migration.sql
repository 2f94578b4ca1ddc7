-- Who took a product back, a person or its feed, was told by what was not on record: a product with nothing but a price
-- of its own looked taken back as well.
ALTER TABLE "products" ADD COLUMN "unpublished_at" TIMESTAMPTZ(3);
