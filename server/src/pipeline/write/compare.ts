import type { Client } from 'pg';
import type { Comparison, SeenProducts } from '../types.ts';
import type { WriteTarget } from './batch.ts';
import { isLostConnection, WriteConnection, type WriteDatabase } from './connection.ts';

/** Products that are read at a time. */
const pageSize = 10_000;
const maxReplays = 8;

/**
 * What a feed that has been read to its end lacks of the products that its language had. A row counts whether it was
 * accepted or not, and one that cannot be taken apart for whatever may stand in it. Changes nothing: who records the
 * job's end records this with it.
 */
export async function compare(
  target: WriteTarget,
  feed: SeenProducts,
  database: WriteDatabase,
): Promise<Comparison> {
  const connection = new WriteConnection(database);
  try {
    for (let replay = 0; ; replay++) {
      const client = await connection.client();
      try {
        const sums = await readSums(client, target);
        return unchangedBy(sums) ?? (await lookAtAll(client, target, feed, sums.added));
      } catch (error) {
        await connection.rollback();
        if (!isLostConnection(error) || replay === maxReplays) throw error;
      }
    }
  } finally {
    await connection.close();
  }
}

interface Sums {
  /** Products that the language had before the job and that were not missing; null when the records do not say. */
  readonly expected: number | null;
  readonly added: number;
  readonly present: number;
  readonly returned: number;
}

/**
 * What the records of batches say, whatever the size of the store: so many products the last complete import of the
 * language has left, others have added since, and this one has found again. A job that started over has forgotten
 * records of rows that it had written.
 */
const sumBatches = `
  WITH base AS (
    SELECT present_count, started_at FROM marketplace_import_jobs
    WHERE store_id = $2 AND marketplace = $3 AND language = $4::language AND present_count IS NOT NULL AND id <> $1
    ORDER BY started_at DESC, id DESC LIMIT 1
  ), since AS (
    SELECT job.id, job.restarted_at, job.total_processed FROM marketplace_import_jobs job
    WHERE job.store_id = $2 AND job.marketplace = $3 AND job.language = $4::language AND job.id <> $1
      AND (job.started_at > (SELECT started_at FROM base) OR NOT EXISTS (SELECT FROM base))
  )
  SELECT
    CASE
      WHEN EXISTS (SELECT FROM since WHERE restarted_at IS NOT NULL)
        OR EXISTS (SELECT FROM marketplace_import_jobs WHERE id = $1 AND restarted_at IS NOT NULL) THEN NULL
      WHEN EXISTS (SELECT FROM base) THEN
        (SELECT present_count FROM base) + (
          SELECT COALESCE(sum(added_count), 0) FROM marketplace_import_batches WHERE job_id IN (SELECT id FROM since))
      WHEN NOT EXISTS (SELECT FROM since WHERE total_processed > 0) THEN 0
    END::int AS expected,
    COALESCE(sum(added_count), 0)::int AS added,
    COALESCE(sum(present_count), 0)::int AS present,
    COALESCE(sum(returned_count), 0)::int AS returned
  FROM marketplace_import_batches WHERE job_id = $1`;

async function readSums(client: Client, target: WriteTarget): Promise<Sums> {
  const { jobId, storeId, marketplace, language } = target;
  const { rows } = await client.query<Sums>(sumBatches, [jobId, storeId, marketplace, language]);
  const [sums] = rows;
  if (!sums) throw new Error('A statement with a single row gave none.');
  return sums;
}

/** The comparison when the sums leave no doubt that the feed has all products, and none that was missing. */
function unchangedBy({ expected, added, present, returned }: Sums): Comparison | null {
  if (expected === null || expected !== present || returned > 0) return null;
  return { presentBefore: expected, added, absent: new BigInt64Array(), returned: new BigInt64Array() };
}

/** A page of the store's products by the unique key, and how each stands in the language. */
const productsPage = `
  SELECT p.id::text, p.marketplace_product_id,
         CASE WHEN t.translated IS NULL THEN 'untranslated' WHEN t.missing_since IS NULL THEN 'present' ELSE 'missing' END
  FROM (
    SELECT id, store_id, marketplace_product_id FROM marketplace_products
    WHERE store_id = $1 AND marketplace = $2 AND marketplace_product_id > $3
    ORDER BY marketplace_product_id LIMIT ${pageSize}
  ) p
  LEFT JOIN LATERAL (
    SELECT true AS translated, missing_since FROM marketplace_product_translations
    WHERE product_id = p.id AND store_id = p.store_id AND language = $4::language LIMIT 1
  ) t ON true
  ORDER BY p.marketplace_product_id`;

type Standing = 'untranslated' | 'present' | 'missing';
type PageRow = [id: string, marketplaceProductId: string, standing: Standing];

/** Asks for every product of the language whether the feed has it. */
async function lookAtAll(
  client: Client,
  { storeId, marketplace, language }: WriteTarget,
  feed: SeenProducts,
  added: number,
): Promise<Comparison> {
  const absent: bigint[] = [];
  const returned: bigint[] = [];
  let present = 0;
  for (let last = ''; ;) {
    const { rows } = await client.query<PageRow>({
      name: 'products-page',
      text: productsPage,
      values: [storeId, marketplace, last, language],
      rowMode: 'array',
    });
    for (const [id, marketplaceProductId, standing] of rows) {
      if (standing === 'present') present++;
      if (standing === 'untranslated' || feed.hasSeen(marketplaceProductId) === (standing === 'present'))
        continue;
      if (standing === 'missing') returned.push(BigInt(id));
      else if (!feed.mayHaveSeen(marketplaceProductId)) absent.push(BigInt(id));
    }
    const end = rows.at(-1);
    if (!end || rows.length < pageSize) break;
    last = end[1];
  }
  return {
    presentBefore: present - added,
    added,
    absent: BigInt64Array.from(absent),
    returned: BigInt64Array.from(returned),
  };
}
