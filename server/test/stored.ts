import type { TestDatabase } from './database.ts';

/** A product and its translations as the tables hold them, by column, without empty ones and our own keys. */
export interface StoredProduct {
  readonly id: string;
  readonly shared: Readonly<Record<string, unknown>>;
  readonly translations: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** In the order of their ids in the feed. */
export async function readProducts({ db }: TestDatabase, storeId: string): Promise<StoredProduct[]> {
  return db.$queryRaw<StoredProduct[]>`
    SELECT p.marketplace_product_id AS id,
      jsonb_strip_nulls(to_jsonb(p) - ${ownKeys}::text[]) AS shared,
      (SELECT COALESCE(jsonb_object_agg(t.language, jsonb_strip_nulls(to_jsonb(t) - ${ownKeys}::text[])), '{}')
       FROM marketplace_product_translations t WHERE t.product_id = p.id AND t.store_id = p.store_id) AS translations
    FROM marketplace_products p WHERE p.store_id = ${storeId}::uuid
    ORDER BY p.marketplace_product_id COLLATE "C"`;
}

const ownKeys = [
  ...['id', 'product_id', 'store_id', 'store_name', 'marketplace', 'marketplace_product_id', 'language'],
  ...['last_import_job_id', 'created_at', 'updated_at'],
];

/** Which version of each row the tables hold: the same texts mean that nothing was written, not even the same. */
export async function readVersions({ db }: TestDatabase, storeId: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ version: string }[]>`
    SELECT concat_ws(' ', p.id, p.xmin, t.language, t.xmin) AS version
    FROM marketplace_products p LEFT JOIN marketplace_product_translations t ON t.product_id = p.id
    WHERE p.store_id = ${storeId}::uuid ORDER BY p.id, t.language`;
  return rows.map(({ version }) => version);
}

export interface StoredError {
  readonly row: number;
  readonly line: number;
  readonly ordinal: number;
  readonly identifier: string | null;
  readonly type: string;
  readonly severity: string;
  readonly attribute: string | null;
  readonly code: string;
  readonly message: string;
  readonly data: unknown;
}

/** In the order of the feed. */
export async function readErrors({ db }: TestDatabase, jobId: string): Promise<StoredError[]> {
  const errors = await db.marketplaceImportError.findMany({
    where: { jobId },
    orderBy: [{ rowNumber: 'asc' }, { ordinal: 'asc' }],
  });
  return errors.map((error) => ({
    row: error.rowNumber,
    line: error.lineNumber,
    ordinal: error.ordinal,
    identifier: error.identifier,
    type: error.errorType,
    severity: error.severity,
    attribute: error.attribute,
    code: error.code,
    message: error.errorMessage,
    data: error.rowData,
  }));
}
