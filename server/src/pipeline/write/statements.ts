import { attributes, derivedColumns } from '../../product-data/attributes.ts';
import type { StoredColumns } from '../types.ts';

const withoutOwnColumn = new Set(['sale_price_effective_date']);

const allColumns = (scope: 'shared' | 'translation') => [
  ...attributes.filter((a) => a.scope === scope && !withoutOwnColumn.has(a.name)).map((a) => a.name),
  ...(scope === 'shared' ? Object.keys(derivedColumns) : ['extra']),
];
const allShared = allColumns('shared');
const allTranslation = allColumns('translation');

/** What stands before the feed's own columns in each kind of line. */
export const productKeys = [
  'id',
  'store_id',
  'store_name',
  'marketplace',
  'marketplace_product_id',
  'last_import_job_id',
  'content_hash',
] as const;
export const translationKeys = [
  'product_id',
  'store_id',
  'language',
  'last_import_job_id',
  'content_hash',
  'product_content_hash',
  'source_hash',
] as const;

const quoted = (names: readonly string[]) => names.map((name) => `"${name}"`).join(', ');

/** The SQL of one import. Names come from our own tables of attributes, never from a feed. */
export function statementsFor({ shared, translation }: StoredColumns) {
  const product = [...productKeys, ...shared];
  const translated = [...translationKeys, ...translation];
  const assign = (names: readonly string[], given: readonly string[], source: string) =>
    names.map((name) => `"${name}" = ${given.includes(name) ? `${source}."${name}"` : 'NULL'}`).join(', ');

  return {
    nextIds: `
      SELECT nextval('marketplace_products_id_seq')::text AS id FROM generate_series(1, $1)`,
    copyProducts: `COPY marketplace_products (${quoted(product)}) FROM STDIN`,
    copyTranslations: `COPY marketplace_product_translations (${quoted(translated)}) FROM STDIN`,

    /** Changed rows go through tables of the session, so that one statement updates them all. */
    createChanged: `
      CREATE TEMP TABLE IF NOT EXISTS changed_products ON COMMIT DELETE ROWS AS
        SELECT ${quoted(product)} FROM marketplace_products WITH NO DATA;
      CREATE TEMP TABLE IF NOT EXISTS changed_translations ON COMMIT DELETE ROWS AS
        SELECT ${quoted(translated)} FROM marketplace_product_translations WITH NO DATA`,
    copyChangedProducts: `COPY changed_products (${quoted(product)}) FROM STDIN`,
    copyChangedTranslations: `COPY changed_translations (${quoted(translated)}) FROM STDIN`,
    updateProducts: `
      UPDATE marketplace_products p
      SET store_name = c.store_name, last_import_job_id = c.last_import_job_id,
          content_hash = c.content_hash, updated_at = now(), ${assign(allShared, shared, 'c')}
      FROM changed_products c
      WHERE p.id = c.id AND p.store_id = c.store_id`,
    upsertTranslations: `
      INSERT INTO marketplace_product_translations (${quoted(translated)})
      SELECT ${quoted(translated)} FROM changed_translations
      ON CONFLICT (product_id, store_id, language) DO UPDATE
      SET last_import_job_id = excluded.last_import_job_id, content_hash = excluded.content_hash,
          product_content_hash = excluded.product_content_hash, source_hash = excluded.source_hash,
          updated_at = now(), ${assign(allTranslation, translation, 'excluded')}`,
  };
}

export type Statements = ReturnType<typeof statementsFor>;

export const copyErrors = `
  COPY marketplace_import_errors
    (job_id, row_number, ordinal, line_number, identifier, error_type, severity, attribute, code, error_message, row_data)
  FROM STDIN`;

/**
 * The batch's own record, written only while the job still belongs to this attempt. The lock is held from
 * here to the commit that follows, so a claim by another worker comes before or after, never between.
 */
export const recordBatch = `
  INSERT INTO marketplace_import_batches
    (job_id, batch_number, attempt, imported_count, updated_count, unchanged_count, error_count, warning_count,
     code_counts, added_count, present_count, returned_count)
  SELECT id, $3, $2, $4, $5, $6, $7, $8, $9, $10, $11, $12
  FROM marketplace_import_jobs
  WHERE id = $1 AND attempt = $2 AND status = 'PROCESSING'
  FOR SHARE`;

/** The columns of a batch's record, as BatchCounts has them. */
export const batchCounts = `
  imported_count AS imported, updated_count AS updated, unchanged_count AS unchanged,
  error_count AS errors, warning_count AS warnings, code_counts AS "codeCounts",
  added_count AS added, present_count AS present, returned_count AS returned`;

export const findBatch = `
  SELECT ${batchCounts} FROM marketplace_import_batches WHERE job_id = $1 AND batch_number = $2`;
