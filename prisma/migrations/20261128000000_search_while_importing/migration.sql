-- New titles wait in a list that every search reads from end to end: 4 MB of it made searches during an import twice
-- as slow. A shorter list is merged more often, which costs an import of new products a few hundredths.
ALTER INDEX "marketplace_product_translations_title_idx" SET (gin_pending_list_limit = 512);
