import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSpooledFeed, type OpenFeed } from '../src/pipeline/feed.ts';
import type { FeedContext, NormalisedRow, SpooledFeed } from '../src/pipeline/types.ts';
import type { FeedRefusalCode, ImportErrorType } from '../src/product-data/codes.ts';
import { FeedRefusal } from '../src/product-data/feed-refusal.ts';

/** A store in Luxembourg that reads English. */
export const luxembourg: FeedContext = {
  language: 'en',
  storeCurrency: 'EUR',
  timeZone: 'Europe/Luxembourg',
};

/** What `use` gives for a feed that lies in a file, which is removed afterwards. */
export async function withSpooledFeed<T>(
  content: string | Buffer,
  use: (feed: SpooledFeed) => Promise<T>,
  charset: string | null = null,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'marketplace-import-feed-'));
  const path = join(folder, 'feed');
  try {
    await writeFile(path, content);
    return await use({ path, bytes: Buffer.byteLength(content), sha256: '', etag: null, charset });
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A row as the pipeline gives it to the database. */
export interface ReadRow {
  readonly rowNumber: number;
  readonly lineNumber: number;
  readonly id: string;
  readonly errorType: ImportErrorType | null;
  /** Of errors and warnings, in their order. */
  readonly codes: readonly string[];
  readonly issues: NormalisedRow['issues'];
  /** By the name of the column; empty ones are left out. */
  readonly values: Readonly<Record<string, string>>;
  readonly rowData: unknown;
  readonly selfContained: boolean;
}

export interface ReadFeed {
  readonly file: OpenFeed['file'] | null;
  readonly extra: readonly string[];
  readonly recognised: Readonly<Record<string, string>>;
  readonly rows: readonly ReadRow[];
  readonly refused: { readonly code: FeedRefusalCode; readonly message: string } | null;
}

export interface Reading extends Partial<FeedContext> {
  readonly batchSize?: number;
  /** As a server declared it. */
  readonly charset?: string;
}

/** A feed as an import reads it, with nothing stored. */
export async function readFeed(content: string | Buffer, options: Reading = {}): Promise<ReadFeed> {
  const { batchSize = 1000, charset = null, ...context } = options;
  return withSpooledFeed(
    content,
    async (spooled) => {
      const rows: ReadRow[] = [];
      let feed: OpenFeed | null = null;
      let refused: ReadFeed['refused'] = null;
      try {
        feed = await openSpooledFeed(spooled, { ...luxembourg, ...context });
        for await (const batch of feed.batches(batchSize)) {
          for (const row of await feed.read(batch.rows)) rows.push(readRow(row, feed));
        }
      } catch (error) {
        if (!(error instanceof FeedRefusal)) throw error;
        refused = { code: error.code, message: error.message };
      }
      const { file = null, extra = [], recognised = new Map<string, string>() } = feed ?? {};
      return { file, extra, recognised: Object.fromEntries(recognised), rows, refused };
    },
    charset,
  );
}

/** The only row of a feed that has one. */
export async function readOnlyRow(content: string | Buffer, options: Reading = {}): Promise<ReadRow> {
  const { rows, refused } = await readFeed(content, options);
  const [row] = rows;
  if (!row || rows.length > 1) throw new Error(`${rows.length} rows; ${refused?.message ?? 'not refused'}`);
  return row;
}

function readRow(row: NormalisedRow, { columns }: OpenFeed): ReadRow {
  const { mapped, errorType, issues, rowData, selfContained } = row;
  const names = [...columns.translation, ...columns.shared];
  const values = [...row.translation, ...row.shared];
  const filled = names.flatMap((name, at) => {
    const value = values[at];
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  return {
    rowNumber: mapped.row.rowNumber,
    lineNumber: mapped.row.lineNumber,
    id: mapped.marketplaceProductId,
    errorType,
    codes: issues.map(({ code }) => code),
    issues,
    values: Object.fromEntries(filled),
    rowData: rowData === null ? null : (JSON.parse(rowData) as unknown),
    selfContained,
  };
}
