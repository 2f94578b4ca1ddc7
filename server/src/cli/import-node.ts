import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Config } from '../config.ts';
import { createJobAnnouncer, type JobAnnouncer } from '../modules/import-job/import-job.announcer.ts';
import type { WatchedJob } from '../modules/import-job/import-job.record.ts';
import type { RunnerContext } from '../modules/import-job/import-job.runner.ts';
import { startErrorPruning } from '../modules/import-job/import-error.retention.ts';
import { ImportPool } from '../modules/import-job/import-pool.ts';
import { startImportWorker, type ImportWorker } from '../modules/import-job/import-worker.ts';
import { Publisher } from '../modules/product/publisher.ts';
import { startRenaming } from '../modules/store/store.rename.ts';
import { defaultSourceLimits, type SourceLimits } from '../pipeline/source/limits.ts';
import { openBus, type EventBus } from '../platform/bus.ts';
import { createDb, type Database } from '../platform/database.ts';
import { openDatabase } from '../platform/database-url.ts';
import { createJobPublisher } from '../platform/job-notices.ts';
import { unstored, type Log } from '../platform/log.ts';
import { applyMigrations } from '../platform/migrate.ts';
import { oncePerOutage } from '../platform/outage.ts';
import { openTurnQueue, type TurnQueue } from '../platform/queue.ts';
import { announceWorker } from '../platform/worker-presence.ts';
import { giveToOwnerOf } from '../shared/give-to-owner.ts';
import { RecentUse } from '../shared/recent-use.ts';

/** A migrated database, open. */
export interface OpenStorage {
  readonly databaseUrl: string;
  readonly databaseIsEmbedded: boolean;
  readonly db: Database['db'];
  /** Ends all connections; the embedded PostgreSQL stops when nobody else uses it. Twice is once. */
  close(): Promise<void>;
  /** As `close`, without waiting for work that is under way: it breaks off, and is taken up again another time. */
  abandon(): Promise<void>;
}

/** What starts and follows imports; with a worker it runs them as well. */
export interface ImportNode extends OpenStorage {
  readonly queue: TurnQueue;
  /** Shared with other processes when REDIS_URL is set. */
  readonly bus: EventBus;
  readonly jobs: JobAnnouncer;
  /** Publishes what this node is asked for, and what others have left. */
  readonly publisher: Publisher;
  /** Whether somebody asks this process for something. */
  readonly use: RecentUse;
}

type OnLost = (error: Error) => void;

/**
 * The database of the settings: reached or started, and brought up to date. `onLost` hears when the embedded
 * PostgreSQL has ended by itself: nothing brings it back while this process runs.
 */
export async function openStorage(config: Config, onLost?: OnLost): Promise<OpenStorage> {
  await using opened = new AsyncDisposableStack();
  const { databaseUrl, dataDir } = config;
  const database = await openDatabase({ databaseUrl: databaseUrl ?? undefined, dataDir, onLost });
  opened.defer(() => database.close());
  // Beside what the commands answer.
  await applyMigrations(database.url, undefined, (sentence) => console.error(sentence));
  const { db, close } = createDb(database.url);
  opened.defer(close);
  const kept = opened.move();
  return {
    databaseUrl: database.url,
    databaseIsEmbedded: databaseUrl === null,
    db,
    close: once(() => kept.disposeAsync()),
    abandon: () => database.close(),
  };
}

/** The database, as `openStorage` has it, with the queue, the bus, and who tells of jobs on it. */
export async function openImportNode(config: Config, log: Log, onLost?: OnLost): Promise<ImportNode> {
  await using opened = new AsyncDisposableStack();
  const storage = await openStorage(config, onLost);
  opened.defer(() => storage.close());
  const queue = await openTurnQueue(storage.databaseUrl, (error) => log.warn({ err: error }, 'queue'));
  opened.defer(() => queue.stop());
  const { redisUrl } = config;
  // What is stored is published, where it would fail again.
  const bus = openBus({ redisUrl, onError: (error) => unstored(log).warn({ err: error }, 'event bus') });
  opened.defer(() => bus.close());
  const onUnsent = oncePerOutage((error: unknown) => log.warn({ err: error }, 'notice not sent'));
  const notices = createJobPublisher(storage.db, onUnsent);
  const jobs = createJobAnnouncer(bus, notices);
  opened.defer(() => jobs.settled());
  const publisher = new Publisher({
    ...{ db: storage.db, bus },
    onError: oncePerOutage((error: unknown) => log.error({ err: error }, 'publishing')),
  });
  opened.defer(() => publisher.stop());
  const kept = opened.move();
  const use = new RecentUse();
  return { ...storage, queue, bus, jobs, publisher, use, close: once(() => kept.disposeAsync()) };
}

function once(close: () => Promise<void>): () => Promise<void> {
  let closing: Promise<void> | undefined;
  return () => (closing ??= close());
}

export const sourceLimits = (config: Config): SourceLimits => ({
  ...defaultSourceLimits,
  wireBytes: config.feedMaxBytes,
  inflatedBytes: config.feedMaxInflatedBytes,
  rows: config.feedMaxRows,
  totalMs: config.feedTimeoutMs,
  idleMs: config.feedIdleMs,
});

/** Runs imports in this process until it is stopped, and lets the others know. */
export async function startWorker(
  node: ImportNode,
  config: Config,
  allowedAddresses: string,
  log: Log,
  openedNow?: RunnerContext['openedNow'],
): Promise<ImportWorker> {
  await using started = new AsyncDisposableStack();
  await mkdir(config.spoolFolder, { recursive: true, mode: 0o700 });
  await giveToOwnerOf(dirname(config.spoolFolder), config.spoolFolder);
  // Refused now, with its name, instead of import by import.
  await access(config.spoolFolder, constants.W_OK | constants.X_OK);
  const pruning = startErrorPruning(
    node.db,
    { keepDays: config.importErrorsKeepDays, keepImports: config.importErrorsKeepImports },
    oncePerOutage((error: unknown) => log.error({ err: error }, 'retention of import errors')),
  );
  started.defer(() => pruning.stop());
  const presence = await announceWorker(node.databaseUrl, (error) => log.warn({ err: error }, 'presence'));
  started.defer(() => presence.close());
  const onRenamingFault = oncePerOutage((error: unknown) => log.error({ err: error }, 'renaming of stores'));
  const renaming = startRenaming(node.db, onRenamingFault);
  started.defer(() => renaming.stop());
  const context = {
    db: node.db,
    pool: new ImportPool(config.importConcurrency, (error) => log.error({ err: error }, 'import thread')),
    use: node.use,
    ...(openedNow ? { openedNow } : {}),
    announce: (job: WatchedJob) => node.jobs.publish(job),
    announceAgain: (job: WatchedJob) => node.jobs.publishAgain(job),
    settings: {
      databaseUrl: node.databaseUrl,
      databaseIsEmbedded: node.databaseIsEmbedded,
      spoolFolder: config.spoolFolder,
      connections: config.importConnections,
      connectionsInUse: config.importConnectionsInUse,
      limits: sourceLimits(config),
      allowedAddresses,
      hangMs: config.importHangMs,
    },
  };
  const onFault = oncePerOutage((error: unknown) => log.error({ err: error }, 'import fault'));
  const worker = await startImportWorker(context, node.queue, config.importConcurrency, onFault);
  const kept = started.move();
  return {
    async stop() {
      // First of all: whoever waits for a worker need not wait for our last batch.
      await kept.disposeAsync();
      await worker.stop();
    },
  };
}

/** The server's own addresses, as FEED_ALLOWED_ADDRESSES has them: the demo's feeds come from there. */
export function ownAddresses({ host, port }: { readonly host: string; readonly port: number }): string[] {
  return [originOf(host, port), `http://localhost:${port}`];
}

/** `http://127.0.0.1:4000`. */
export const originOf = (host: string, port: number): string =>
  `http://${host.includes(':') ? `[${host}]` : host}:${port}`;

/** What feeds may be fetched from although the guard would refuse it: the setting, and the demo's own server. */
export function allowedAddressesOf(config: Config, port = config.port): string {
  const own = config.demo && config.loopback && port > 0 ? ownAddresses({ host: config.host, port }) : [];
  return [config.feedAllowedAddresses, ...own].filter(Boolean).join(',');
}
