// @module-tag stats
// @module-tag db
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { buildImportJob } from '../../../test/builders.ts';
import { buses, startRedisForTests, titleOf, type BusKind } from '../../../test/buses.ts';
import { withDatabase, type TestDatabase } from '../../../test/database.ts';
import { until } from '../../../test/until.ts';
import { openFollowingNode } from '../../../test/following.ts';
import { buildPeople, type People } from '../../../test/people.ts';
import { recordStatements } from '../../../test/statements.ts';
import type { Viewer } from '../../graphql/viewer.ts';
import { LatestOverflowError } from '../../shared/latest.ts';
import { watchedJobParts } from '../import-job/import-job.record.ts';
import type { StatsRecord } from './stats.record.ts';
import { StatsWatch } from './stats.watch.ts';

startRedisForTests();

/** A node with its bus; a job is made and told of by `add`. */
async function openNode(
  kind: BusKind,
  { db }: TestDatabase,
  intervalMs: number,
  onError: (error: unknown) => void = fail,
) {
  const { bus, watch: importWatch } = await openFollowingNode(kind, db, onError);
  const watch = new StatsWatch({ db, importWatch, importPlaces: async () => 2, onError, intervalMs });
  const close = async () => watch.close();
  onTestFinished(close);
  const add = async (storeId: string) => {
    const { id } = await buildImportJob(db, { storeId });
    const job = await db.marketplaceImportJob.findUniqueOrThrow({ where: { id }, include: watchedJobParts });
    await bus.publish('importJob', job);
    return job;
  };
  return { watch, add, bus, close };
}

function fail(error: unknown): never {
  throw error;
}

function live(viewer: Viewer | null) {
  const ending = new AbortController();
  let now = viewer;
  return {
    reader: { current: () => now, ended: ending.signal },
    end: () => ending.abort(),
    become: (other: Viewer | null) => (now = other),
  };
}

const everybodys = { storeId: null };
const storesOf = ({ store }: People) => ({ storeId: store.id });
const totals = async (stream: AsyncIterator<{ imports: { total: number } }, undefined>) => {
  const { value, done } = await stream.next();
  return done ? 'over' : value.imports.total;
};

const lastDay = async (stream: AsyncIterator<StatsRecord, undefined>) =>
  (await stream.next()).value?.days.at(-1)?.day;

/** Timers of ours as well: they go off when the clock is advanced. */
function setClock(now: string): void {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'], now: new Date(now) });
  onTestFinished(() => void vi.useRealTimers());
}

for (const kind of buses) {
  describe.skipIf(kind.missing !== null)(titleOf(kind), () => {
    test('a reader has the figures of now, and again when a job of the scope has changed', () =>
      withDatabase(async (database) => {
        const people = await buildPeople(database.db);
        const { watch, add } = await openNode(kind, database, 1);
        const all = watch.follow(everybodys, live(people.viewers.admin).reader);
        const own = watch.follow(storesOf(people), live(people.viewers.staff).reader);
        expect([await totals(all), await totals(own)]).toEqual([0, 0]);
        await add(people.otherStore.id);
        expect(await totals(all)).toBe(1);
        await add(people.store.id);
        expect([await totals(all), await totals(own)]).toEqual([2, 1]);
      }));

    test('figures are read once for all readers, and once for many changes', () =>
      withDatabase(async (database) => {
        const people = await buildPeople(database.db);
        const { watch, add } = await openNode(kind, database, 200);
        const readers = Array.from({ length: 50 }, () =>
          watch.follow(everybodys, live(people.viewers.admin).reader),
        );
        await Promise.all(readers.map(totals));
        const { statements } = await recordStatements(async () => {
          for (let n = 0; n < 20; n++) await add(people.store.id);
          for (;;) if ((await Promise.all(readers.map(totals))).every((total) => total === 20)) return;
        });
        const readings = statements.filter(({ text }) => /GROUP BY status/.test(text));
        // Of twenty changes and fifty readers: the last state, and a few between.
        expect(readings.length).toBeLessThan(20);
        expect(watch.size).toBe(50);
        for (const reader of readers) await reader.return();
        expect(watch.size).toBe(0);
      }));

    test('whoever comes later has the figures of then, not those that were read last', () =>
      withDatabase(async (database) => {
        const people = await buildPeople(database.db);
        const { watch } = await openNode(kind, database, 1);
        const follow = () => watch.follow(everybodys, live(people.viewers.admin).reader);
        const first = follow();
        expect(await totals(first)).toBe(0);
        // Nobody tells of it, as of a day that goes by.
        await buildImportJob(database.db, { storeId: people.store.id });
        await until(async () => {
          const later = follow();
          const total = await totals(later);
          await later.return();
          return total === 1;
        }, 'the figure of now');
        expect(await totals(first)).toBe(1);
      }));

    test('days begin anew where the store has moved to', () =>
      withDatabase(async (database) => {
        const people = await buildPeople(database.db);
        const { watch, add } = await openNode(kind, database, 1);
        const stream = watch.follow(storesOf(people), live(people.viewers.staff).reader);
        const zone = async () => ((await stream.next()).value as StatsRecord).timeZone;
        expect(await zone()).toBe('Europe/Luxembourg');
        await database.db.store.update({
          where: { id: people.store.id },
          data: { timeZone: 'Pacific/Auckland' },
        });
        await add(people.store.id);
        expect(await zone()).toBe('Pacific/Auckland');
      }));

    test('a new day begins at midnight of the scope, though no job has changed', () =>
      withDatabase(async (database) => {
        const people = await buildPeople(database.db, { timeZone: 'Pacific/Auckland' });
        const { watch } = await openNode(kind, database, 1);
        setClock('2026-03-10T10:59:30Z');
        const streams = [
          watch.follow(everybodys, live(people.viewers.admin).reader),
          watch.follow(storesOf(people), live(people.viewers.staff).reader),
        ];
        const days = () => Promise.all(streams.map(lastDay));
        expect(await days()).toEqual(['2026-03-10', '2026-03-10']);
        vi.advanceTimersByTime(33_000);
        expect(await days()).toEqual(['2026-03-10', '2026-03-11']);
        // Others are those of connections.
        const timers = vi.getTimerCount();
        for (const stream of streams) stream.close();
        expect(vi.getTimerCount()).toBe(timers - streams.length);
      }));

    test('it goes on after more changes at once than a stream holds', () =>
      withDatabase(async (database) => {
        const people = await buildPeople(database.db);
        const faults: unknown[] = [];
        const { watch, add, bus } = await openNode(kind, database, 1, (error) => faults.push(error));
        const stream = watch.follow(everybodys, live(people.viewers.admin).reader);
        expect(await totals(stream)).toBe(0);
        const job = await add(people.store.id);
        expect(await totals(stream)).toBe(1);
        // Told of below, with all the others.
        await buildImportJob(database.db, { storeId: people.store.id });
        // As they come after an outage: in one go, so that nobody gets to read.
        for (let n = 0; n <= 10_001; n += 1) bus.tellHere('importJob', { ...job, id: uuidv7() });
        await until(async () => (await totals(stream)) === 2, 'the figure of now');
        expect(faults).toEqual([expect.any(LatestOverflowError)]);
        await add(people.store.id);
        await until(async () => (await totals(stream)) === 3, 'and of then');
      }));

    test('it is over when the session is, or when the viewer may see them no more', () =>
      withDatabase(async (database) => {
        const people = await buildPeople(database.db);
        const { watch, add } = await openNode(kind, database, 1);
        const [leaving, losing] = [live(people.viewers.staff), live(people.viewers.owner)];
        const [left, lost] = [leaving, losing].map(({ reader }) => watch.follow(storesOf(people), reader));
        if (!left || !lost) throw new Error('two were opened');
        expect([await totals(left), await totals(lost)]).toEqual([0, 0]);
        const next = totals(left);
        leaving.end();
        expect(await next).toBe('over');
        losing.become(people.viewers.otherOwner);
        await add(people.store.id);
        expect(await totals(lost)).toBe('over');
        expect(watch.size).toBe(0);
        // Others go on.
        expect(await totals(watch.follow(storesOf(people), live(people.viewers.admin).reader))).toBe(1);
      }));

    test('when the node stops, all readers have come to the end', () =>
      withDatabase(async (database) => {
        const people = await buildPeople(database.db);
        const { watch, close } = await openNode(kind, database, 1);
        const stream = watch.follow(everybodys, live(people.viewers.admin).reader);
        await totals(stream);
        const next = totals(stream);
        await close();
        expect(await next).toBe('over');
      }));
  });
}
