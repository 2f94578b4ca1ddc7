import type { Config } from '../config.ts';
import { bridgeJobs } from '../modules/import-job/import-job.bridge.ts';
import { ImportWatch } from '../modules/import-job/import-job.watch.ts';
import { listenToJobs } from '../platform/job-notices.ts';
import type { Log } from '../platform/log.ts';
import { oncePerOutage } from '../platform/outage.ts';
import type { ImportNode } from './import-node.ts';

/** What this node's clients follow imports with. */
export interface ImportEvents {
  readonly watch: ImportWatch;
  close(): Promise<void>;
}

/** Follows the jobs of all processes: by Redis when it is set, else by what the database passes on. */
export async function openImportEvents(
  { db, bus, databaseUrl }: Pick<ImportNode, 'db' | 'bus' | 'databaseUrl'>,
  { redisUrl }: Pick<Config, 'redisUrl'>,
  log: Log,
): Promise<ImportEvents> {
  await using opened = new AsyncDisposableStack();
  const onError = oncePerOutage((error: unknown) => log.warn({ err: error }, 'import events'));
  const watch = new ImportWatch({ db, bus, onError });
  opened.defer(() => watch.close());
  if (redisUrl === null) {
    const bridge = await bridgeJobs({ db, bus, onError });
    opened.defer(() => bridge.close());
    const { onNotice, onConnect } = bridge;
    const listening = await listenToJobs(databaseUrl, { onNotice, onConnect, onError });
    opened.defer(() => listening.close());
  }
  const kept = opened.move();
  return { watch, close: () => kept.disposeAsync() };
}
