-- Which publication was asked for last is told by the database's clock: those of nodes may be apart. Prisma would fill
-- in the time of the node for what it knows as now().
ALTER TABLE "publication_jobs" ALTER COLUMN "created_at" SET DEFAULT transaction_timestamp();
