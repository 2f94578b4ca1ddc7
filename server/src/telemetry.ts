import type { ImportNode } from './cli/import-node.ts';
import type { Config } from './config.ts';
import type { JobAnnouncer } from './modules/import-job/import-job.announcer.ts';
import { createImportLog } from './modules/log/import-log.ts';
import { startLogPruning } from './modules/log/log.retention.ts';
import { createLogTails, type LogTails } from './modules/log/log.tail.ts';
import { createLogWriter } from './modules/log/log.writer.ts';
import type { Db } from './platform/database.ts';
import { createLog, unstored, type Log } from './platform/log.ts';
import { createMetrics, type Metrics } from './platform/metrics.ts';
import { passwordsOf } from './shared/redact.ts';

/** What this process tells of itself: its log, there and in the database, and its figures. */
export interface Telemetry {
  readonly log: Log;
  readonly metrics: Metrics;
  /** Stores the log in the node's database from now on, also what was said before. */
  start(node: ImportNode): LogTails;
  /** Announces what the given announcer does, and tells the log and the figures of it. */
  observe(jobs: JobAnnouncer): JobAnnouncer;
  /** Stores what is left. To be called while the database is still open. */
  stop(): Promise<void>;
}

type Settings = Pick<
  Config,
  'logLevel' | 'logStoreLevel' | 'logKeepDays' | 'logKeepEntries' | 'databaseUrl' | 'redisUrl'
>;

/** The log is open at once; the rest begins with `start`. */
export function openTelemetry(settings: Settings): Telemetry {
  const { databaseUrl, redisUrl, logKeepDays: keepDays, logKeepEntries: keepEntries } = settings;
  const writer = createLogWriter();
  const log = createLog(settings.logLevel, {
    store: (record) => writer.write(record),
    storeLevel: settings.logStoreLevel,
    secrets: [...passwordsOf(databaseUrl), ...passwordsOf(redisUrl)],
  });
  let db: Db | null = null;
  const metrics = createMetrics({ db: () => db, droppedLogEntries: () => writer.droppedCount() });
  const stopping = new AsyncDisposableStack();
  const onError = (error: unknown) => unstored(log).warn({ err: error }, 'log not stored');
  return {
    log,
    metrics,
    start(node) {
      db = node.db;
      const tails = createLogTails(node.db, node.bus, onError);
      writer.start({ db: node.db, onError, onStored: (entries) => tails.publish(entries) });
      stopping.defer(() => writer.close());
      const pruner = startLogPruning(node.db, { keepDays, keepEntries }, onError);
      stopping.defer(() => pruner.stop());
      return tails;
    },
    observe(jobs) {
      const tell = createImportLog(log);
      return {
        publish(job) {
          jobs.publish(job);
          tell(job);
          metrics.importChanged(job);
        },
        settled: () => jobs.settled(),
      };
    },
    stop: () => stopping.disposeAsync(),
  };
}
