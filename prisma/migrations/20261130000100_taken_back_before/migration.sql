-- Which of them a person took back is not known any more: none may come back by itself. Apart from the new column, for
-- which all readers wait.
UPDATE "products" SET "unpublished_at" = "updated_at" WHERE "published_at" IS NULL AND "withdrawn_at" IS NULL;
