import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { openSpooledFeed } from '../src/pipeline/feed.ts';
import type { NormalisedRow, SpooledFeed } from '../src/pipeline/types.ts';
import { copyLine } from '../src/pipeline/write/copy.ts';
import { contentDigest } from '../src/pipeline/write/digest.ts';

/**
 * What an importer with no parsing to do would reach: COPY of the normalised rows to an unlogged staging table, then
 * one statement for all products and one for all translations, on the tables and indexes of the import.
 */
export interface Floor {
  /** Rows a second. */
  run(file: NormalisedFile): Promise<number>;
  close(): Promise<void>;
}

/** The rows of a feed as they are stored, in COPY's text format. */
export interface NormalisedFile {
  readonly path: string;
  readonly rows: number;
  readonly shared: readonly string[];
  readonly translation: readonly string[];
}

const context = { language: 'en', storeCurrency: 'EUR', timeZone: 'Europe/Luxembourg' } as const;
const rowsAtOnce = 2000;
const keys = ['marketplace_product_id', 'content_hash', 'translation_hash'];

/** Writes the accepted rows of a feed, with their hashes, to `path`. */
export async function writeNormalised(spooled: SpooledFeed, path: string): Promise<NormalisedFile> {
  const feed = await openSpooledFeed(spooled, context);
  const { shared, translation } = feed.columns;
  const line = (row: NormalisedRow) =>
    copyLine([
      row.mapped.marketplaceProductId,
      contentDigest(shared, row.shared),
      contentDigest(translation, row.translation),
      ...row.shared,
      ...row.translation,
    ]);
  const file = await open(path, 'w');
  let rows = 0;
  try {
    for await (const batch of feed.batches(rowsAtOnce)) {
      rows += batch.rows.length;
      const accepted = (await feed.read(batch.rows)).filter(({ errorType }) => errorType === null);
      await file.write(accepted.map(line).join(''));
    }
  } finally {
    await file.close();
  }
  return { path, rows, shared, translation };
}

const names = (columns: readonly string[]) => columns.map((name) => `"${name}"`).join(', ');
const from = (table: string, columns: readonly string[]) =>
  columns.map((name) => `${table}."${name}"`).join(', ');
const assign = (columns: readonly string[]) =>
  columns.map((name) => `"${name}" = excluded."${name}"`).join(', ');

/** The floor in a database of its own, for one store. */
export async function openFloor(databaseUrl: string, storeId: string): Promise<Floor> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  return {
    async run({ path, rows, shared, translation }) {
      await client.query('DROP TABLE IF EXISTS staging');
      await client.query(`
        CREATE UNLOGGED TABLE staging AS
        SELECT p.marketplace_product_id, p.content_hash, t.content_hash AS translation_hash,
               ${from('p', shared)}, ${from('t', translation)}
        FROM marketplace_products p, marketplace_product_translations t WITH NO DATA`);
      const started = performance.now();
      const copy = `COPY staging (${names([...keys, ...shared, ...translation])}) FROM STDIN`;
      await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), client.query(copyFrom(copy)));
      await client.query(mergeProducts(shared), [storeId]);
      await client.query(mergeTranslations(translation), [storeId]);
      return rows / ((performance.now() - started) / 1000);
    },
    close: () => client.end(),
  };
}

const jobId = '00000000-0000-7000-8000-000000000000';

const mergeProducts = (shared: readonly string[]) => `
  INSERT INTO marketplace_products
    (store_id, store_name, marketplace, marketplace_product_id, last_import_job_id, content_hash, ${names(shared)})
  SELECT $1, 'Bench', 'Letzshop', s.marketplace_product_id, '${jobId}', s.content_hash, ${from('s', shared)}
  FROM staging s
  ON CONFLICT (store_id, marketplace, marketplace_product_id) DO UPDATE
  SET content_hash = excluded.content_hash, updated_at = now(), ${assign(shared)}
  WHERE marketplace_products.content_hash IS DISTINCT FROM excluded.content_hash`;

const mergeTranslations = (translation: readonly string[]) => `
  INSERT INTO marketplace_product_translations
    (product_id, store_id, language, last_import_job_id, content_hash, product_content_hash, source_hash, ${names(translation)})
  SELECT p.id, $1, 'EN', '${jobId}', s.translation_hash, s.content_hash, s.content_hash, ${from('s', translation)}
  FROM staging s
  JOIN marketplace_products p
    ON p.store_id = $1 AND p.marketplace = 'Letzshop' AND p.marketplace_product_id = s.marketplace_product_id
  ON CONFLICT (product_id, store_id, language) DO UPDATE
  SET content_hash = excluded.content_hash, updated_at = now(), ${assign(translation)}
  WHERE marketplace_product_translations.content_hash IS DISTINCT FROM excluded.content_hash`;
