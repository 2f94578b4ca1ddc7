import { onTestFinished } from 'vitest';
import { createJobAnnouncer, type JobAnnouncer } from '../src/modules/import-job/import-job.announcer.ts';
import { watchedJobParts, type WatchedJob } from '../src/modules/import-job/import-job.record.ts';
import { ImportWatch } from '../src/modules/import-job/import-job.watch.ts';
import type { Liveness, Viewer } from '../src/graphql/viewer.ts';
import type { Prisma } from '../src/generated/prisma/client.ts';
import type { Database, Db } from '../src/platform/database.ts';
import type { EventBus } from '../src/platform/bus.ts';
import { createJobPublisher } from '../src/platform/job-notices.ts';
import type { BusKind } from './buses.ts';

/** A node that serves subscriptions of imports. */
export interface FollowingNode {
  readonly bus: EventBus;
  readonly watch: ImportWatch;
  readonly jobs: JobAnnouncer;
  /** Changes the job as a runner does, with the next revision, and announces it. */
  change(id: string, values: Prisma.MarketplaceImportJobUncheckedUpdateInput): Promise<WatchedJob>;
}

/** A node on that bus, closed when the test is over. `onError` hears of its troubles, which are none by default. */
export async function openFollowingNode(
  kind: BusKind,
  db: Database['db'],
  onError?: (error: unknown) => void,
): Promise<FollowingNode> {
  const bus = kind.open(onError);
  const watch = new ImportWatch({ db, bus, onError: onError ?? (() => undefined) });
  onTestFinished(async () => {
    await watch.close();
    await bus.close();
  });
  // Its own subscription has come about when one after it has.
  const leave = await bus.subscribe('access', () => undefined);
  await leave();
  const jobs = createJobAnnouncer(bus, createJobPublisher(db, onError ?? (() => undefined)));
  const change: FollowingNode['change'] = async (id, values) => {
    const job = await changeJob(db, id, values);
    jobs.publish(job);
    return job;
  };
  return { bus, watch, jobs, change };
}

/** Changes the job with the next revision, and tells nobody. */
export const changeJob = (
  db: Db,
  id: string,
  values: Prisma.MarketplaceImportJobUncheckedUpdateInput,
): Promise<WatchedJob> =>
  db.marketplaceImportJob.update({
    where: { id },
    data: { revision: { increment: 1 }, ...values },
    include: watchedJobParts,
  });

/** Somebody whose rights a test can change, and whose session it can end. */
export class Somebody implements Liveness {
  readonly #ending = new AbortController();
  #viewer: Viewer | null;

  constructor(viewer: Partial<Viewer> = {}) {
    this.#viewer = viewerOf(viewer);
  }

  get ended(): AbortSignal {
    return this.#ending.signal;
  }

  current(): Viewer | null {
    return this.#viewer;
  }

  become(viewer: Partial<Viewer>): void {
    this.#viewer = viewerOf(viewer);
  }

  signOut(): void {
    this.#viewer = null;
    this.#ending.abort();
  }
}

const viewerOf = (viewer: Partial<Viewer>): Viewer => ({
  id: '00000000-0000-7000-8000-000000000001',
  sessionId: '00000000-0000-7000-8000-000000000002',
  platformAdmin: false,
  merchantIds: new Set(),
  storeRoles: new Map(),
  ...viewer,
});

/** Staff of these stores. */
export const staffOf = (...storeIds: string[]): Partial<Viewer> => ({
  storeRoles: new Map(storeIds.map((id) => [id, 'STAFF'])),
});
