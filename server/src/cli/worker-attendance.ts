import type { Config } from '../config.ts';
import type { ImportWorker } from '../modules/import-job/import-worker.ts';
import type { Log } from '../platform/log.ts';
import { countWorkers } from '../platform/worker-presence.ts';
import { allowedAddressesOf, startWorker, type ImportNode } from './import-node.ts';

export interface Attendance {
  /** Ends our own worker, when there is one: it hands back what it had begun. */
  stop(): Promise<void>;
}

const lookMs = 2_000;

/** Sees to it that somebody runs imports: others while there are any, else this process, soon after they left. */
export async function attendWorkers(node: ImportNode, config: Config, log: Log): Promise<Attendance> {
  let own: ImportWorker | null = null;
  const look = async (): Promise<void> => {
    if (own || (await countWorkers(node.db)) > 0) return;
    own = await startWorker(node, config, allowedAddressesOf(config), log);
  };
  await look();
  let looking: Promise<void> | null = null;
  const timer = setInterval(() => {
    // A database that is away is asked again.
    looking ??= look()
      .catch((error: unknown) => log.warn({ err: error }, 'no worker'))
      .finally(() => (looking = null));
  }, lookMs);
  return {
    async stop() {
      clearInterval(timer);
      await looking;
      await own?.stop();
    },
  };
}
