import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MarketplaceImportJob } from '../src/generated/prisma/client.ts';
import type { WatchedJob } from '../src/modules/import-job/import-job.record.ts';
import { hasEnded } from '../src/modules/import-job/import-job.state.ts';
import { ImportPool } from '../src/modules/import-job/import-pool.ts';
import { startImportWorker } from '../src/modules/import-job/import-worker.ts';
import { defaultSourceLimits } from '../src/pipeline/source/limits.ts';
import { RecentUse } from '../src/shared/recent-use.ts';
import { openTurnQueue, type TurnQueue } from '../src/platform/queue.ts';
import type { TestDatabase } from './database.ts';

export interface ImportNode {
  readonly queue: TurnQueue;
  readonly spoolFolder: string;
  /** The job once it has ended. */
  ended(jobId: string): Promise<MarketplaceImportJob>;
  /** The job once it is as wished. */
  seen(jobId: string, wish: (job: MarketplaceImportJob) => boolean): Promise<MarketplaceImportJob>;
}

/**
 * What `use` gives, while a node of this process runs imports: queue, pool and worker as the server has them.
 * `announce` hears of their jobs.
 */
export async function withImportNode<T>(
  { db, url }: TestDatabase,
  use: (node: ImportNode) => Promise<T>,
  announce: (job: WatchedJob) => void = () => undefined,
): Promise<T> {
  const spoolFolder = await mkdtemp(join(tmpdir(), 'marketplace-import-spool-'));
  const faults: unknown[] = [];
  const queue = await openTurnQueue(url, (error) => faults.push(error));
  const watchers = new Set<(job: MarketplaceImportJob) => void>();
  const told = (job: WatchedJob) => {
    announce(job);
    watchers.forEach((watch) => watch(job));
  };
  const worker = await startImportWorker(
    {
      db,
      pool: new ImportPool(1),
      settings: {
        ...{ connections: 1, connectionsInUse: 1 },
        ...{ databaseUrl: url, databaseIsEmbedded: true },
        ...{ spoolFolder, limits: defaultSourceLimits, hangMs: 60_000 },
        allowedAddresses: '127.0.0.1:*',
      },
      use: new RecentUse(),
      announce: told,
      announceAgain: told,
    },
    queue,
    1,
    (error) => faults.push(error),
  );
  const seen: ImportNode['seen'] = async (jobId, wish) => {
    const { promise, resolve } = Promise.withResolvers<MarketplaceImportJob>();
    const watch = (job: MarketplaceImportJob) => void (job.id === jobId && wish(job) && resolve(job));
    watchers.add(watch);
    // It may be so already.
    watch(await db.marketplaceImportJob.findUniqueOrThrow({ where: { id: jobId } }));
    return promise.finally(() => watchers.delete(watch));
  };
  try {
    return await use({
      queue,
      spoolFolder,
      seen,
      ended: (jobId) => seen(jobId, (job) => hasEnded(job.status)),
    });
  } finally {
    await worker.stop();
    await rm(spoolFolder, { recursive: true });
  }
}
