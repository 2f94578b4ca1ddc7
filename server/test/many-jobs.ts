import type { Db } from '../src/platform/database.ts';

/** Jobs of the stores in turn, one every five minutes until now. */
export interface ManyJobs {
  readonly count: number;
  readonly storeIds: readonly string[];
  readonly createdByIds: readonly string[];
}

/**
 * Jobs made by the database itself. Of a hundred 97 have completed, five of them with errors; two have failed and
 * one was cancelled. They took a second to a minute, and waited half a second. The newest ten wait.
 */
export async function buildManyJobs(db: Db, { count, storeIds, createdByIds }: ManyJobs): Promise<void> {
  await db.$executeRaw`
    INSERT INTO marketplace_import_jobs
      (id, store_id, created_by_id, source_url, language, normaliser_version, status, imported_count, error_count,
       total_processed, created_at, started_at, completed_at, updated_at)
    SELECT gen_random_uuid(), (${[...storeIds]}::uuid[])[n % ${storeIds.length}::int + 1],
      (${[...createdByIds]}::uuid[])[n % ${createdByIds.length}::int + 1], 'https://feeds.example.test/f.csv',
      (ARRAY['EN', 'FR', 'DE']::language[])[n % 3 + 1], 1, status, 990, 10, 1000, created_at,
      CASE WHEN status <> 'PENDING' THEN created_at + interval '0.5 s' END,
      CASE WHEN status <> 'PENDING' THEN created_at + interval '0.5 s' + (n % 60 + 1) * interval '1 s' END, created_at
    FROM (
      SELECT n, now() - (${count}::int - n) * interval '5 min' AS created_at,
        (CASE WHEN n > ${count}::int - 10 THEN 'PENDING' WHEN n % 100 < 92 THEN 'COMPLETED'
          WHEN n % 100 < 97 THEN 'COMPLETED_WITH_ERRORS' WHEN n % 100 < 99 THEN 'FAILED' ELSE 'CANCELLED' END
        )::import_job_status AS status
      FROM generate_series(1, ${count}::int) AS n
    ) AS jobs`;
  await db.$executeRaw`ANALYZE marketplace_import_jobs`;
}
