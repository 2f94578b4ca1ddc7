import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createHealth } from '../src/http/health.ts';
import { openHttpServer } from '../src/http/http-server.ts';
import { ImportPool } from '../src/modules/import-job/import-pool.ts';
import { startImportWorker } from '../src/modules/import-job/import-worker.ts';
import { defaultSourceLimits } from '../src/pipeline/source/limits.ts';
import { createDb } from '../src/platform/database.ts';
import { openTurnQueue } from '../src/platform/queue.ts';
import { RecentUse } from '../src/shared/recent-use.ts';
import { round } from './figures.ts';

/**
 * A node that imports and answers `/health`, and nothing else, so that its memory and its delays can be measured.
 * Told by its parent: the database, the spool folder, the addresses that may be fetched, connections. It says its
 * port, then its figures whenever it is asked `figures`, and ends when it is asked `end`.
 */
export interface NodeFigures {
  readonly peakRssMb: number;
  /** Of the event loop, since it was asked before. */
  readonly delayP99Ms: number;
}

const [databaseUrl = '', spoolFolder = '', allowedAddresses = '', connections = '2'] = process.argv.slice(2);
const complain = (error: unknown) => console.error(error);

const { db, close } = createDb(databaseUrl);
const queue = await openTurnQueue(databaseUrl, complain);
const limits = defaultSourceLimits;
const settings = {
  databaseUrl,
  databaseIsEmbedded: true,
  spoolFolder,
  allowedAddresses,
  connections: Number(connections),
  connectionsInUse: 1,
  limits,
  hangMs: 60_000,
};
const worker = await startImportWorker(
  {
    db,
    pool: new ImportPool(1),
    settings,
    use: new RecentUse(),
    announce: () => undefined,
    announceAgain: () => undefined,
  },
  queue,
  1,
  complain,
);
const health = createHealth({
  version: 'bench',
  phase: () => 'ready',
  pingDatabase: () => db.$queryRaw`SELECT 1`,
});
const server = await openHttpServer({ host: '127.0.0.1', port: 0 }, (_request, response) => {
  void health().then((report) => response.end(JSON.stringify(report)));
});
const delay = monitorEventLoopDelay({ resolution: 10 });
delay.enable();

function figures(): NodeFigures {
  // Nanoseconds; maxRSS is in kilobytes.
  const delayP99Ms = round(delay.percentile(99) / 1e6, 1);
  delay.reset();
  return { peakRssMb: Math.round((process.resourceUsage().maxRSS * 1024) / 1e6), delayP99Ms };
}

async function end(): Promise<void> {
  await worker.stop();
  await server.close();
  await close();
  process.disconnect();
}

process.on('message', (message) => {
  if (message === 'figures') process.send?.(figures());
  else void end();
});
// Also when the bench has ended without a word.
process.on('disconnect', () => process.exit());
process.send?.({ port: server.port });
