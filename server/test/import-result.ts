import { withDatabase, type TestDatabase } from './database.ts';
import { readCounts, withTask, type Importing } from './importing.ts';
import { runImport } from '../src/pipeline/run.ts';

/** What an import leaves behind, small enough to compare however many rows there are. */
export interface ImportResult {
  /** Imported, updated, unchanged, errors and warnings. */
  readonly counts: readonly number[];
  readonly codes: Readonly<Record<string, number>>;
  readonly batches: number;
  /** Number and digest of the rows of each table, without what differs from import to import. */
  readonly errors: string;
  readonly products: string;
  readonly translations: string;
}

const ownColumns = [
  'id',
  'product_id',
  'job_id',
  'store_id',
  'last_import_job_id',
  'created_at',
  'updated_at',
];

/** A digest over the rows of a table in the order of `key`, computed where the rows are. */
async function digestOf({ db }: TestDatabase, table: string, key: string, from: string): Promise<string> {
  const columns = await db.$queryRaw<{ name: string }[]>`
    SELECT column_name AS name FROM information_schema.columns
    WHERE table_name = ${table} AND column_name <> ALL(${ownColumns}) ORDER BY ordinal_position`;
  const row = columns.map(({ name }) => `t."${name}"`).join(', ');
  const [digest] = await db.$queryRawUnsafe<{ digest: string }[]>(`
    SELECT concat(count(*), ' ', md5(string_agg(md5(concat_ws(' ', ${key}, ROW(${row})::text)), '' ORDER BY ${key})))
      AS digest FROM ${from}`);
  return digest?.digest ?? '';
}

/** What a job has left of itself, and what its store holds now. The ids are ours, never from outside. */
export async function readResult(
  database: TestDatabase,
  storeId: string,
  jobId: string,
): Promise<ImportResult> {
  const productKey = 'p.marketplace_product_id COLLATE "C"';
  const [sums, batches, errors, products, translations] = await Promise.all([
    readCounts(database, jobId),
    database.db.marketplaceImportBatch.count({ where: { jobId } }),
    digestOf(
      database,
      'marketplace_import_errors',
      't.row_number, t.ordinal',
      `marketplace_import_errors t WHERE t.job_id = '${jobId}'`,
    ),
    digestOf(
      database,
      'marketplace_products',
      't.marketplace_product_id COLLATE "C"',
      `marketplace_products t WHERE t.store_id = '${storeId}'`,
    ),
    digestOf(
      database,
      'marketplace_product_translations',
      `${productKey}, t.language`,
      `marketplace_product_translations t
       JOIN marketplace_products p ON p.id = t.product_id AND p.store_id = t.store_id
       WHERE t.store_id = '${storeId}'`,
    ),
  ]);
  return { ...sums, batches, errors, products, translations };
}

/** What an import leaves behind that nothing disturbs, in a database of its own. */
export const undisturbed = (importing: Importing): Promise<ImportResult> =>
  withDatabase((database) =>
    withTask(database, importing, async (task) => {
      await runImport(task, () => undefined, new AbortController().signal);
      return readResult(database, task.storeId, task.jobId);
    }),
  );
