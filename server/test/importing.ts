import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImportProgress } from '../src/pipeline/progress.ts';
import { runImport, type ImportOutcome, type ImportTask } from '../src/pipeline/run.ts';
import { defaultSourceLimits } from '../src/pipeline/source/limits.ts';
import { noteSpooled, spoolEntry } from '../src/pipeline/spool.ts';
import type { FeedRefusalCode } from '../src/product-data/codes.ts';
import { FeedRefusal } from '../src/product-data/feed-refusal.ts';
import { codeOfLanguage, type Language } from '../src/product-data/language.ts';
import { RecentUse } from '../src/shared/recent-use.ts';
import { buildImportJob, buildStore } from './builders.ts';
import type { TestDatabase } from './database.ts';
import { readErrors, readProducts, type StoredError, type StoredProduct } from './stored.ts';

/** What a test says of an import; all else is usual. */
export interface Importing {
  readonly feed: string | Buffer;
  readonly language?: Language;
  readonly batchSize?: number;
  readonly connections?: number;
  /** Of a process that somebody uses; nobody does unless it is given. */
  readonly use?: RecentUse;
  /** A new store when there is none. */
  readonly storeId?: string;
  /** Goes on with a job that is there; `attempt` is the one that it has in the database. */
  readonly jobId?: string;
  readonly attempt?: number;
  readonly previous?: ImportTask['previous'];
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ImportProgress) => void;
}

export interface Imported {
  readonly storeId: string;
  readonly jobId: string;
  /** Null when the feed was refused, or broke off. */
  readonly outcome: ImportOutcome | null;
  readonly refused: FeedRefusalCode | null;
  /** Imported, updated, unchanged, errors and warnings, as the batches on record have them. */
  readonly counts: readonly number[];
  readonly codes: Readonly<Record<string, number>>;
  readonly errors: readonly StoredError[];
  readonly products: readonly StoredProduct[];
}

/** What `use` gives, with a job whose feed lies in the spool folder; the folder is removed afterwards. */
export async function withTask<T>(
  { db, url }: TestDatabase,
  {
    feed,
    language = 'en',
    batchSize = 1000,
    connections = 1,
    use: recent = new RecentUse(),
    previous = null,
    ...given
  }: Importing,
  use: (task: ImportTask) => Promise<T>,
): Promise<T> {
  const storeId = given.storeId ?? (await buildStore(db, { name: 'Shop' })).id;
  const values = { status: 'PROCESSING', attempt: 1, batchSize, language: codeOfLanguage(language) } as const;
  const jobId = given.jobId ?? (await buildImportJob(db, { storeId, ...values })).id;
  const spoolFolder = await mkdtemp(join(tmpdir(), 'marketplace-import-spool-'));
  const entry = spoolEntry(spoolFolder, jobId);
  try {
    await writeFile(entry.feedPath, feed);
    const sha256 = createHash('sha256').update(feed).digest('hex');
    const bytes = Buffer.byteLength(feed);
    await noteSpooled(entry, { path: entry.feedPath, bytes, sha256, etag: null, charset: null });
    return await use({
      ...{ jobId, storeId, language, batchSize, previous, spoolFolder, sourceSha256: null },
      ...{ databaseUrl: url, databaseIsEmbedded: true },
      ...{ connections, connectionsInUse: 1, use: recent.memory },
      ...{ storeName: 'Shop', storeCurrency: 'EUR', timeZone: 'Europe/Luxembourg', marketplace: 'Letzshop' },
      attempt: given.attempt ?? 1,
      sourceUrl: 'https://feeds.example.test/products.csv',
      limits: defaultSourceLimits,
      allowedAddresses: '',
    });
  } finally {
    await rm(spoolFolder, { recursive: true });
  }
}

/** A feed imported in this process, and what is stored afterwards. */
export async function importFeed(database: TestDatabase, importing: Importing): Promise<Imported> {
  return withTask(database, importing, async (task) => {
    const { onProgress = () => undefined, signal = new AbortController().signal } = importing;
    const result = await runImport(task, onProgress, signal).catch((error: unknown) => {
      if (error instanceof FeedRefusal) return error.code;
      throw error;
    });
    const refused = typeof result === 'string' ? result : null;
    const outcome = typeof result === 'string' ? null : result;
    const { storeId, jobId } = task;
    const [sums, errors, products] = await Promise.all([
      readCounts(database, jobId),
      readErrors(database, jobId),
      readProducts(database, storeId),
    ]);
    return { storeId, jobId, outcome, refused, ...sums, errors, products };
  });
}

/** The sums of a job's batches. */
export async function readCounts(
  { db }: TestDatabase,
  jobId: string,
): Promise<Pick<Imported, 'counts' | 'codes'>> {
  const batches = await db.marketplaceImportBatch.findMany({ where: { jobId } });
  const sum = (count: (batch: (typeof batches)[number]) => number) =>
    batches.reduce((total, batch) => total + count(batch), 0);
  const codes: Record<string, number> = {};
  for (const { codeCounts } of batches) {
    for (const [code, count] of Object.entries(codeCounts as Record<string, number>)) {
      codes[code] = (codes[code] ?? 0) + count;
    }
  }
  const counts = [
    sum((batch) => batch.importedCount),
    sum((batch) => batch.updatedCount),
    sum((batch) => batch.unchangedCount),
    sum((batch) => batch.errorCount),
    sum((batch) => batch.warningCount),
  ];
  return { counts, codes };
}
