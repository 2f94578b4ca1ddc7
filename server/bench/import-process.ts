import { ImportPool } from '../src/modules/import-job/import-pool.ts';
import { startImportWorker } from '../src/modules/import-job/import-worker.ts';
import { defaultSourceLimits } from '../src/pipeline/source/limits.ts';
import { createDb } from '../src/platform/database.ts';
import { openTurnQueue } from '../src/platform/queue.ts';

/**
 * A worker node and nothing else, so that its memory can be measured. Told by its parent: the database, the spool
 * folder, the address that may be fetched, connections; tells its peak memory when it is asked to end.
 */
const [databaseUrl = '', spoolFolder = '', allowedAddresses = '', connections = '2'] = process.argv.slice(2);

const { db, close } = createDb(databaseUrl);
const queue = await openTurnQueue(databaseUrl, (error) => console.error(error));
const settings = {
  ...{ databaseUrl, spoolFolder, allowedAddresses },
  connections: Number(connections),
  limits: defaultSourceLimits,
  hangMs: 60_000,
};
const worker = await startImportWorker(
  { db, pool: new ImportPool(1), settings, announce: () => undefined },
  queue,
  1,
  (error) => console.error(error),
);
process.send?.('ready');
process.once('message', () => {
  void (async () => {
    // maxRSS is in kilobytes.
    process.send?.({ peakRssMb: Math.round((process.resourceUsage().maxRSS * 1024) / 1e6) });
    await worker.stop();
    await close();
    process.disconnect();
  })();
});
