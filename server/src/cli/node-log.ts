import type { Config } from '../config.ts';
import { startLogPruning } from '../modules/log/log.retention.ts';
import { createLogTails, type LogTails } from '../modules/log/log.tail.ts';
import { createLogWriter } from '../modules/log/log.writer.ts';
import type { EventBus } from '../platform/bus.ts';
import type { Database } from '../platform/database.ts';
import { createLog, unstored, type Log } from '../platform/log.ts';
import { passwordsOf } from '../shared/redact.ts';

/** The log of a node, whose entries all nodes can read. */
export interface NodeLog {
  readonly log: Log;
  /** Entries that were given up so far. */
  readonly droppedCount: () => number;
  /** Begins to store the entries, those of before too, and to delete old ones. */
  keep(node: Storage): KeptLog;
}

export interface KeptLog {
  readonly logTails: LogTails;
  /** Stores what is left. Before the bus and the database are closed, after everything else that writes to the log. */
  close(): Promise<void>;
}

interface Storage {
  readonly db: Database['db'];
  readonly bus: EventBus;
  readonly databaseUrl: string;
}

type Settings = Pick<
  Config,
  | 'logLevel'
  | 'logStoreLevel'
  | 'logKeepDays'
  | 'logKeepEntries'
  | 'databaseUrl'
  | 'redisUrl'
  | 'metricsToken'
  | 'authKeys'
>;

/** The log by the settings; on standard error at once, kept once there is something to keep it in. */
export function openNodeLog(settings: Settings): NodeLog {
  const secrets = [...secretsOf(settings)];
  const writer = createLogWriter();
  const { logLevel, logStoreLevel, logKeepDays, logKeepEntries } = settings;
  const store: Parameters<typeof createLog>[1] = { store: (record) => writer.write(record), secrets };
  const log = createLog(logLevel, { ...store, storeLevel: logStoreLevel });
  const onError = (error: unknown) => unstored(log).warn({ err: error }, 'log not stored');
  return {
    log,
    droppedCount: writer.droppedCount,
    keep({ db, bus, databaseUrl }) {
      // That of the embedded server is known only now.
      secrets.push(...passwordsOf(databaseUrl));
      const logTails = createLogTails(db, bus, onError);
      writer.start({ db, onError, onStored: logTails.publish });
      const pruner = startLogPruning(db, { keepDays: logKeepDays, keepEntries: logKeepEntries }, onError);
      return {
        logTails,
        async close() {
          await pruner.stop();
          await writer.close();
        },
      };
    },
  };
}

function secretsOf({ databaseUrl, redisUrl, metricsToken, authKeys }: Settings): readonly string[] {
  const keys = (authKeys ?? '').split(',').map((key) => key.trim().replace(/^[^:]*:/, ''));
  const whole = [...keys, metricsToken ?? ''].filter((secret) => secret !== '');
  return [...passwordsOf(databaseUrl), ...passwordsOf(redisUrl), ...whole];
}
