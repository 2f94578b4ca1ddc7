-- A hostname that is claimed, and no more, is not kept from the store that it belongs to.
DROP INDEX "store_domains_hostname_key";
DROP INDEX "store_domains_store_id_idx";
CREATE UNIQUE INDEX "store_domains_store_id_hostname_key" ON "store_domains"("store_id", "hostname");

-- Once it was shown whose it is, it is one store's.
CREATE UNIQUE INDEX "store_domains_verified_hostname_key" ON "store_domains"("hostname") WHERE "verified";
