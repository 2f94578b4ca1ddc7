import type { ImportNode } from './cli/import-node.ts';
import { openNodeLog, type KeptLog } from './cli/node-log.ts';
import type { Config } from './config.ts';
import type { JobAnnouncer } from './modules/import-job/import-job.announcer.ts';
import { createImportLog } from './modules/log/import-log.ts';
import type { LogTails } from './modules/log/log.tail.ts';
import type { Db } from './platform/database.ts';
import type { Log } from './platform/log.ts';
import { createMetrics, type Metrics } from './platform/metrics.ts';

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

/** The log is open at once; the rest begins with `start`. */
export function openTelemetry(config: Config): Telemetry {
  const { log, droppedCount, keep } = openNodeLog(config);
  let db: Db | null = null;
  let kept: KeptLog | null = null;
  const metrics = createMetrics({ db: () => db, droppedLogEntries: droppedCount });
  return {
    log,
    metrics,
    start(node) {
      db = node.db;
      kept = keep(node);
      return kept.logTails;
    },
    observe(jobs) {
      const tell = createImportLog(log);
      return {
        publish(job) {
          jobs.publish(job);
          tell(job);
          metrics.importChanged(job);
        },
        publishAgain: (job) => jobs.publishAgain(job),
        settled: () => jobs.settled(),
      };
    },
    stop: async () => kept?.close(),
  };
}
