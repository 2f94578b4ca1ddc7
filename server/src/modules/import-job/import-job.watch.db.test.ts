// @module-tag import-job
// @module-tag db
import { describe, expect, onTestFinished, test } from 'vitest';
import { buildImportJob, buildStore } from '../../../test/builders.ts';
import { buses, redis, startRedisForTests, titleOf, type BusKind } from '../../../test/buses.ts';
import { withDatabase } from '../../../test/database.ts';
import { changeJob, openFollowingNode, Somebody, staffOf } from '../../../test/following.ts';
import { until } from '../../../test/until.ts';
import type { WatchedJob } from './import-job.record.ts';
import type { JobStream } from './import-job.stream.ts';

startRedisForTests();

const over = { done: true, value: undefined };

async function take(stream: JobStream | null): Promise<WatchedJob> {
  const step = await stream?.next();
  if (!step || step.done) throw new Error('the stream is over');
  return step.value;
}

const rows = async (stream: JobStream | null) => (await take(stream)).totalProcessed;

for (const kind of buses) {
  describe.skipIf(kind.missing !== null)(titleOf(kind), () => {
    test('first comes the state now, with store and creator, then each change, and the end after the last', () =>
      withDatabase(async ({ db }) => {
        const job = await buildImportJob(db, { status: 'PROCESSING', totalProcessed: 5, bytesRead: 7n });
        const node = await openFollowingNode(kind, db);
        const stream = await node.watch.watchJob(job.id, new Somebody(staffOf(job.storeId)));
        const first = await take(stream);
        expect(first).toMatchObject({ ...job, createdBy: null, store: { id: job.storeId } });
        const changed = await node.change(job.id, { totalProcessed: 6, startedAt: new Date() });
        expect(await take(stream)).toEqual(changed);
        await node.change(job.id, { status: 'COMPLETED' });
        expect((await take(stream)).status).toBe('COMPLETED');
        expect(await stream?.next()).toEqual(over);
        expect(node.watch.size).toBe(0);
      }));

    test('a job that has ended is told once; one that is not there, or not for the viewer, is none', () =>
      withDatabase(async ({ db }) => {
        const job = await buildImportJob(db, { status: 'FAILED' });
        const { watch } = await openFollowingNode(kind, db);
        const somebody = new Somebody(staffOf(job.storeId));
        const stream = await watch.watchJob(job.id, somebody);
        expect([(await take(stream)).status, await stream?.next()]).toEqual(['FAILED', over]);
        const { storeId } = await buildImportJob(db);
        const none = await Promise.all([
          watch.watchJob(storeId, somebody),
          watch.watchJob(job.id, new Somebody(staffOf(storeId))),
        ]);
        expect([none, watch.size]).toEqual([[null, null], 0]);
      }));

    test('a slow reader misses what came in between, never the last; what is older is dropped', () =>
      withDatabase(async ({ db }) => {
        const job = await buildImportJob(db, { status: 'PROCESSING' });
        const node = await openFollowingNode(kind, db);
        const [slow, quick] = [new Somebody(staffOf(job.storeId)), new Somebody(staffOf(job.storeId))];
        const streams = [
          await node.watch.watchJob(job.id, slow),
          await node.watch.watchJob(job.id, quick),
        ] as const;
        let state = await take(streams[1]);
        for (const totalProcessed of [1, 2, 3]) {
          const older = state;
          await node.change(job.id, { totalProcessed });
          state = await take(streams[1]);
          await node.bus.publish('importJob', older);
        }
        expect(await rows(streams[0])).toBe(3);
        await node.change(job.id, { totalProcessed: 4 });
        expect([await rows(streams[0]), await rows(streams[1])]).toEqual([4, 4]);
      }));

    test('whoever may see the job no more hears nothing of it, and somebody signed out is not kept waiting', () =>
      withDatabase(async ({ db }) => {
        const job = await buildImportJob(db, { status: 'PROCESSING' });
        const node = await openFollowingNode(kind, db);
        const [removed, left, witness] = [1, 2, 3].map(() => new Somebody(staffOf(job.storeId)));
        const one = await node.watch.watchJob(job.id, removed as Somebody);
        const all = node.watch.watchJobs(null, removed as Somebody);
        const gone = node.watch.watchJobs(job.storeId, left as Somebody);
        const seen = node.watch.watchJobs(job.storeId, witness as Somebody);
        await take(one);
        const [oneNext, goneNext] = [one?.next(), gone.next()];
        const notWaiting = all.next();
        removed?.become({});
        left?.signOut();
        await node.change(job.id, { totalProcessed: 1 });
        await take(seen);
        expect([await oneNext, await goneNext]).toEqual([over, over]);
        removed?.signOut();
        expect(await notWaiting).toEqual(over);
        expect(node.watch.size).toBe(1);
      }));

    test('a list tells of every job of its store, or of the stores that the viewer may see, and of no other', () =>
      withDatabase(async ({ db }) => {
        const stores = await Promise.all([1, 2, 3].map(() => buildStore(db)));
        const [one = '', two = '', three = ''] = stores.map(({ id }) => id);
        const node = await openFollowingNode(kind, db);
        const heard = (storeId: string | null, viewer: Parameters<typeof staffOf> | 'admin') => {
          const who = new Somebody(viewer === 'admin' ? { platformAdmin: true } : staffOf(...viewer));
          return collect(node.watch.watchJobs(storeId, who));
        };
        const lists = [
          heard(one, [one, two]),
          heard(null, [one, two]),
          heard(null, 'admin'),
          heard(two, 'admin'),
        ];
        for (const storeId of [one, two, three]) {
          const { id } = await buildImportJob(db, { storeId });
          await node.change(id, {});
        }
        await until(() => lists[2]?.length === 3);
        expect(lists).toEqual([[one], [one, two], [one, two, three], [two]]);
      }));

    test('a viewer who is let into another store hears of its jobs without asking anew', () =>
      withDatabase(async ({ db }) => {
        const job = await buildImportJob(db);
        const node = await openFollowingNode(kind, db);
        const somebody = new Somebody();
        const heard = collect(node.watch.watchJobs(null, somebody));
        await node.change(job.id, {});
        somebody.become(staffOf(job.storeId));
        await until(async () => {
          await node.change(job.id, {});
          return heard.length > 0;
        });
        somebody.become({});
        const before = heard.length;
        await node.change(job.id, {});
        const witness = await node.watch.watchJob(job.id, new Somebody({ platformAdmin: true }));
        await take(witness);
        expect(heard.length).toBe(before);
      }));
  });
}

/** Stores of the jobs that the stream tells of. */
function collect(stream: JobStream): string[] {
  const heard: string[] = [];
  void (async () => {
    for await (const { storeId } of stream) heard.push(storeId);
  })();
  onTestFinished(() => stream.close());
  return heard;
}

describe.skipIf(buses[1]?.missing !== null)('over Redis', () => {
  const kind = buses[1] as BusKind;

  test('a reader on another node hears of the job, moments and all', () =>
    withDatabase(async ({ db }) => {
      const job = await buildImportJob(db);
      const [here, there] = await Promise.all([openFollowingNode(kind, db), openFollowingNode(kind, db)]);
      const stream = await here.watch.watchJob(job.id, new Somebody(staffOf(job.storeId)));
      await take(stream);
      const changed = await there.change(job.id, { startedAt: new Date(), bytesTotal: 2n ** 40n });
      expect(await take(stream)).toEqual(changed);
    }));

  test('a reader on the node that runs the job follows it to its end while Redis is away', () =>
    withDatabase(async ({ db }) => {
      const job = await buildImportJob(db, { status: 'PROCESSING' });
      const node = await openFollowingNode(kind, db, () => undefined);
      const stream = await node.watch.watchJob(job.id, new Somebody(staffOf(job.storeId)));
      await take(stream);
      await redis().stop();
      onTestFinished(() => redis().start());
      for (const totalProcessed of [1, 2, 3]) {
        await node.change(job.id, { totalProcessed });
        expect(await rows(stream)).toBe(totalProcessed);
      }
      await node.change(job.id, { status: 'COMPLETED' });
      expect((await take(stream)).status).toBe('COMPLETED');
    }));

  test('when Redis was away the state is read again, and the end arrives that nobody told', () =>
    withDatabase(async ({ db }) => {
      const [job, other] = [await buildImportJob(db), await buildImportJob(db)];
      const node = await openFollowingNode(kind, db, () => undefined);
      const admin = new Somebody({ platformAdmin: true });
      const stream = await node.watch.watchJob(job.id, admin);
      const list = collect(node.watch.watchJobs(null, admin));
      await take(stream);
      const end = take(stream);
      await redis().stop();
      await changeJob(db, job.id, { status: 'COMPLETED', totalProcessed: 9 });
      await changeJob(db, other.id, { totalProcessed: 1 });
      await redis().start();
      expect(await end).toMatchObject({ status: 'COMPLETED', totalProcessed: 9 });
      expect(await stream?.next()).toEqual(over);
      await until(() => list.length === 2);
      expect(list.toSorted()).toEqual([job.storeId, other.storeId].toSorted());
    }));
});
