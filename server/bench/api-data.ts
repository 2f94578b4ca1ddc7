import pg from 'pg';
import type { Database } from '../src/platform/database.ts';
import { globalIdOf } from '../test/global-id.ts';
import { insertManyProducts } from '../test/many-products.ts';
import { createAccount, type Account } from './account.ts';

/** Who asks, and what the operations are about. */
export interface ApiData extends Account {
  /** The code of the store with the most products. */
  readonly bigStore: string;
  /** A store with few among them. */
  readonly smallStore: string;
  /** Its products come by an import while the others are read. */
  readonly importingStore: string;
  /** A job with 1,000 errors, as the API names it. */
  readonly jobId: string;
  /** The number of a product half-way down the list of the big store. */
  readonly middleNumber: string;
  /** The id of a product half-way down the catalogue of the big store. */
  readonly middleId: string;
}

const jobsPerStore = 500;
const errorsOfJob = 1_000;

/** Fills an empty database: an admin, four stores that share the products, all published, jobs, and one job's errors. */
export async function fillApiData(db: Database['db'], url: string, productCount: number): Promise<ApiData> {
  const { account, merchant } = await createAccount(db);
  const small = Math.ceil(productCount / 100);
  const big = Math.ceil(productCount * 0.6);
  const counts = { big, other: productCount - big - small, small, importing: 0 };
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  let jobId = '';
  for (const [code, count] of Object.entries(counts)) {
    const store = await db.store.create({ data: { code, name: code, merchantId: merchant.id } });
    const lastJob = await insertJobs(client, store.id, merchant.ownerId);
    const products = { storeId: store.id, count, prefix: `${code}-`, lastImportJobId: lastJob };
    await insertManyProducts(client, products);
    await publishAll(client, store.id);
    if (code === 'big') jobId = lastJob;
  }
  await insertErrors(client, jobId);
  const middleNumber = `big-${String(Math.floor(big / 2)).padStart(7, '0')}`;
  const middleId = await productOf(client, middleNumber);
  await client.query('VACUUM ANALYZE');
  await client.end();
  return {
    ...account,
    ...{ bigStore: 'big', smallStore: 'small', importingStore: 'importing' },
    jobId: globalIdOf('ImportJob', jobId),
    ...{ middleNumber, middleId },
  };
}

/** All of a store's products in its catalogue: one in 50 has a price of its own, one in 1,000 is featured. */
async function publishAll(client: pg.Client, storeId: string): Promise<void> {
  await client.query(
    `INSERT INTO products (store_id, marketplace_product_id, published_at, price, is_featured)
     SELECT store_id, id, now(), CASE WHEN n % 50 = 7 THEN 99.00 END, n % 1000 = 5
     FROM (SELECT store_id, id, right(marketplace_product_id, 7)::int AS n FROM marketplace_products
           WHERE store_id = $1 ORDER BY marketplace_product_id) p`,
    [storeId],
  );
}

/** The id in the catalogue of the product of that number. */
async function productOf(client: pg.Client, number: string): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT o.id FROM products o JOIN marketplace_products p ON p.store_id = o.store_id AND p.id = o.marketplace_product_id
     WHERE p.marketplace_product_id = $1`,
    [number],
  );
  return rows[0]?.id ?? '';
}

/** Ended jobs of the last months, and the id of the newest. */
async function insertJobs(client: pg.Client, storeId: string, createdById: string): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    `INSERT INTO marketplace_import_jobs (id, store_id, created_by_id, source_url, language, status, normaliser_version,
       imported_count, error_count, total_processed, total_rows, created_at, started_at, completed_at, updated_at)
     SELECT gen_random_uuid(), $1, $2, 'https://feeds.example.test/products.csv', 'EN',
       CASE WHEN n % 7 = 0 THEN 'FAILED' WHEN n % 3 = 0 THEN 'COMPLETED_WITH_ERRORS' ELSE 'COMPLETED' END::import_job_status,
       1, 990, 10, 1000, 1000, now() - n * interval '4 hours', now() - n * interval '4 hours',
       now() - n * interval '4 hours' + interval '1 minute', now()
     FROM generate_series(1, $3::int) n
     RETURNING id`,
    [storeId, createdById, jobsPerStore],
  );
  return rows[0]?.id ?? '';
}

async function insertErrors(client: pg.Client, jobId: string): Promise<void> {
  await client.query(
    `INSERT INTO marketplace_import_errors
       (job_id, row_number, ordinal, line_number, identifier, error_type, severity, attribute, code, error_message, row_data)
     SELECT $1, n, 0, n + 1, 'P-' || n, 'VALIDATION_ERROR', CASE WHEN n % 2 = 0 THEN 'ERROR' ELSE 'WARNING' END::severity,
       'price', CASE WHEN n % 2 = 0 THEN 'PRICE_UNREADABLE' ELSE 'GTIN_CHECK_DIGIT' END, 'This cannot be read.',
       json_build_object('id', 'P-' || n, 'title', 'Lamp ' || n, 'price', '24,9O EUR')
     FROM generate_series(1, $2::int) n`,
    [jobId, errorsOfJob],
  );
}
