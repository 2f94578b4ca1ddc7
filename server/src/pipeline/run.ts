import { FeedRefusal } from '../product-data/feed-refusal.ts';
import { codeOfLanguage } from '../product-data/language.ts';
import { RecentUse } from '../shared/recent-use.ts';
import { StepTimes } from '../shared/step-times.ts';
import { isReadAgainIn, isToldByBytes } from './decode.ts';
import { openSpooledFeed } from './feed.ts';
import { normaliserVersion } from './normalise.ts';
import { ProgressReporter, type ImportProgress } from './progress.ts';
import { addBatch, emptyReport, type ImportReport } from './report.ts';
import { fetchFeed } from './source.ts';
import { systemLookup } from './source/address.ts';
import { parseAllowedAddresses } from './source/allowed-addresses.ts';
import type { SourceLimits } from './source/limits.ts';
import { findSpooled, noteSpooled, spoolEntry } from './spool.ts';
import type { Comparison, FeedContext, KnownFeed, SpooledFeed, TimedStep } from './types.ts';
import { write } from './write.ts';
import type { WriteTarget } from './write/batch.ts';
import { openCheckpoint } from './write/checkpoint.ts';
import { compare } from './write/compare.ts';
import type { WriteDatabase } from './write/connection.ts';

/** Everything that an import needs to know: plain data and shared memory, since it crosses to a worker thread. */
export interface ImportTask extends FeedContext, WriteDatabase {
  readonly jobId: string;
  /** Fencing token of this attempt. */
  readonly attempt: number;
  readonly storeId: string;
  readonly storeName: string;
  readonly marketplace: string;
  readonly sourceUrl: string;
  readonly batchSize: number;
  readonly connections: number;
  /** How many of them write while somebody uses this process. */
  readonly connectionsInUse: number;
  /** Of this process, as `RecentUse` shares it. */
  readonly use: SharedArrayBuffer;
  readonly spoolFolder: string;
  readonly limits: SourceLimits;
  /** As the setting FEED_ALLOWED_ADDRESSES has it. */
  readonly allowedAddresses: string;
  /** The last import of the same feed that nothing has changed since, or null. */
  readonly previous: KnownFeed | null;
  /** Of the feed that an earlier attempt has read, here or elsewhere; null when none has. */
  readonly sourceSha256: string | null;
}

export type ImportOutcome =
  /** All rows of the feed are accounted for. */
  | {
      readonly kind: 'finished';
      readonly report: ImportReport;
      readonly comparison: Comparison;
      readonly stepMs: Partial<Record<TimedStep, number>>;
    }
  /** The feed is the one that was imported before, byte for byte; no row was read. */
  | { readonly kind: 'nothingNew'; readonly etag: string | null; readonly sha256: string }
  | { readonly kind: 'cancelled' };

/**
 * One import, from the address of a feed to the report. Throws a FeedRefusal when the feed cannot be read to its
 * end, FencedError when another attempt has taken over, and anything else for a fault of the platform.
 */
export async function runImport(
  task: ImportTask,
  onProgress: (progress: ImportProgress) => void,
  cancel: AbortSignal,
): Promise<ImportOutcome> {
  const progress = new ProgressReporter(onProgress, emptyReport);
  const times = new StepTimes<TimedStep>();
  const { previous } = task;

  const spooled = await times.time('download', () => obtain(task, progress, cancel));
  if (cancel.aborted) return { kind: 'cancelled' };
  if (previous && (spooled === 'notModified' || isKnown(spooled, previous))) {
    return {
      kind: 'nothingNew',
      sha256: previous.sha256,
      etag: spooled === 'notModified' ? previous.etag : spooled.etag,
    };
  }
  if (spooled === 'notModified')
    throw new Error('a feed that was not asked for conditionally is not modified');

  progress.update({ phase: 'read', bytesRead: 0, bytesTotal: spooled.bytes });
  const feed = await times.time('decode', () =>
    openSpooledFeed(spooled, task, { maxRows: task.limits.rows }),
  );
  const { done, storeIsNew } = await openCheckpoint(task, task, {
    ...{ spooled, normaliserVersion },
    file: feed.file,
  });

  progress.update({ phase: 'rows', file: feed.file });
  const target: WriteTarget = {
    ...task,
    storeIsNew,
    language: codeOfLanguage(task.language),
    sourceKey: feed.sourceKey,
    columns: feed.columns,
  };
  const use = new RecentUse(task.use);
  await write(feed.batches(task.batchSize), target, (rows) => feed.read(rows), {
    database: task,
    connections: task.connections,
    connectionsNow: () => (use.isRecent() ? task.connectionsInUse : task.connections),
    // Reading and writing take a processor each: with one connection, one of them is for whoever asks.
    readsAhead: () => !use.isRecent() || task.connectionsInUse > 1,
    done,
    times,
    signal: cancel,
    onBatch: ({ bytesRead }, counts) =>
      progress.update({ bytesRead, report: addBatch(progress.report, counts) }),
  });
  if (cancel.aborted) return { kind: 'cancelled' };

  progress.update({ phase: 'report', bytesRead: spooled.bytes });
  const comparison = await times.time('compare', () => compare(target, feed, task));
  return { kind: 'finished', report: progress.report, comparison, stepMs: times.toJson() };
}

/** Other bytes are another feed, and so are the same in another encoding. */
const isKnown = ({ sha256, charset }: SpooledFeed, known: KnownFeed) =>
  sha256 === known.sha256 && isReadAgainIn(known.encoding, charset);

/** The feed in the spool folder: left there by an earlier attempt or the command line, or fetched now. */
async function obtain(
  task: ImportTask,
  progress: ProgressReporter,
  cancel: AbortSignal,
): Promise<SpooledFeed | 'notModified'> {
  const entry = spoolEntry(task.spoolFolder, task.jobId);
  const found = await findSpooled(entry, cancel);
  // Another node may have read a newer one since.
  if (found && (task.sourceSha256 ?? found.sha256) === found.sha256) return found;
  // Such a job was given its file with its start; this process has no business with paths in the database.
  if (task.sourceUrl.startsWith('file:')) throw new FeedRefusal('FILE_GONE');
  progress.flush();
  const { previous } = task;
  const fetched = await fetchFeed(
    task.sourceUrl,
    {
      limits: task.limits,
      allowedAddresses: parseAllowedAddresses(task.allowedAddresses),
      lookup: systemLookup,
      // A server that has learnt which charset its feed is in need not change the etag.
      etag: previous && isToldByBytes(previous.encoding) ? previous.etag : null,
      spoolPath: entry.feedPath,
      onProgress: (bytesRead, bytesTotal) => progress.update({ bytesRead, bytesTotal }),
    },
    cancel,
  );
  if (fetched.kind === 'notModified') return 'notModified';
  await noteSpooled(entry, fetched);
  return fetched;
}
