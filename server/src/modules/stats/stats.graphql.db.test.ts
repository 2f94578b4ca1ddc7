// @module-tag stats
// @module-tag db
import { expect, test } from 'vitest';
import { buildImportJob, buildStore, buildUser } from '../../../test/builders.ts';
import { withDatabase, withRollback } from '../../../test/database.ts';
import { execute } from '../../../test/execute.ts';
import { buildManyJobs } from '../../../test/many-jobs.ts';
import { buildPeople, roles } from '../../../test/people.ts';
import { recordStatements } from '../../../test/statements.ts';
import type { Viewer } from '../../graphql/viewer.ts';
import type { Db } from '../../platform/database.ts';
import { readStats } from './stats.service.ts';

const source = `query ($storeCode: String) { stats(storeCode: $storeCode) {
  imports { total pending processing completed completedWithErrors failed cancelled active withErrors }
  days { day imports completed completedWithErrors failures cancelled rows rowErrors } timeZone
  slowestStores { store { code } imports typicalDurationMs longestDurationMs }
  mostFailingStores { store { code } imports failed share }
  queue { waiting running places oldestWaitingSeconds typicalWaitMs longestWaitMs rowsPerSecond } at
} }`;

interface Stats {
  readonly imports: Record<string, number>;
  readonly days: readonly Record<string, number | string>[];
  readonly slowestStores: readonly Record<string, unknown>[];
  readonly mostFailingStores: readonly Record<string, unknown>[];
  readonly queue: Record<string, number | null>;
}

async function ask(db: Db, viewer: Viewer | null, storeCode: string | null) {
  const services = { db, importPlaces: async () => 4 };
  const { data, errors } = await execute<{ stats: Stats }>(services, viewer, source, { storeCode });
  return { stats: data?.stats, code: errors?.[0]?.extensions['code'] };
}

const ago = (seconds: number) => new Date(Date.now() - seconds * 1000);

test('figures of all are for admins, of a store for its people, and there are none of others', () =>
  withRollback(async (db) => {
    const { store, viewers } = await buildPeople(db);
    const seen: Record<string, unknown> = {};
    for (const role of roles) {
      const [all, own] = [await ask(db, viewers[role], null), await ask(db, viewers[role], store.code)];
      seen[role] = [all.code ?? 'seen', own.code ?? 'seen'];
    }
    expect(seen).toEqual({
      ...{ admin: ['seen', 'seen'], owner: ['FORBIDDEN', 'seen'], manager: ['FORBIDDEN', 'seen'] },
      ...{ staff: ['FORBIDDEN', 'seen'], otherOwner: ['FORBIDDEN', 'NOT_FOUND'] },
      signedOut: ['UNAUTHENTICATED', 'UNAUTHENTICATED'],
    });
    expect((await ask(db, viewers.admin, 'nowhere')).code).toBe('NOT_FOUND');
  }));

test('figures are those of the imports there are', () =>
  withRollback(async (db) => {
    const { store, otherStore, viewers } = await buildPeople(db);
    const make = (values: Parameters<typeof buildImportJob>[1]) =>
      buildImportJob(db, { storeId: store.id, ...values });
    const ended = (createdAt: Date, waitMs: number, ms: number) => {
      const startedAt = new Date(createdAt.getTime() + waitMs);
      return { createdAt, startedAt, completedAt: new Date(startedAt.getTime() + ms) };
    };
    await make({ status: 'PENDING', createdAt: ago(40) });
    await make({ status: 'PENDING', createdAt: ago(10) });
    await make({ status: 'PROCESSING', createdAt: ago(30), startedAt: ago(30) });
    const rows = { totalProcessed: 10, errorCount: 2 };
    await make({ status: 'COMPLETED_WITH_ERRORS', ...ended(ago(50), 2000, 3000), ...rows });
    await make({ status: 'COMPLETED', ...ended(ago(50), 4000, 9000), ...rows });
    await make({ status: 'FAILED', ...ended(ago(50), 4000, 60_000) });
    // Long ago: of all times, and of no day that is told.
    await make({ status: 'CANCELLED', createdAt: ago(40 * 86_400) });
    const others = { storeId: otherStore.id, ...ended(ago(50), 2000, 1000), ...rows };
    await make({ ...others, status: 'COMPLETED' });

    const { stats } = await ask(db, viewers.staff, store.code);
    expect(stats?.imports).toEqual({
      ...{ total: 7, pending: 2, processing: 1, completed: 1, completedWithErrors: 1, failed: 1 },
      ...{ cancelled: 1, active: 3, withErrors: 2 },
    });
    expect(stats?.days).toHaveLength(30);
    const sum = (name: string) => stats?.days.reduce((total, day) => total + Number(day[name]), 0);
    expect(['imports', 'failures', 'cancelled', 'rows', 'rowErrors'].map(sum)).toEqual([6, 1, 0, 20, 4]);
    expect(stats?.slowestStores).toEqual([
      { store: { code: store.code }, imports: 2, typicalDurationMs: 6000, longestDurationMs: 9000 },
    ]);
    expect(stats?.mostFailingStores).toEqual([
      { store: { code: store.code }, imports: 3, failed: 1, share: 1 / 3 },
    ]);
    expect(stats?.queue).toEqual({
      ...{ waiting: 2, running: 1, places: 1, rowsPerSecond: 0 },
      ...{ typicalWaitMs: 3000, longestWaitMs: 4000, oldestWaitingSeconds: expect.closeTo(40, 0) },
    });

    const all = (await ask(db, viewers.admin, null)).stats;
    expect([all?.imports['total'], all?.queue['places']]).toEqual([8, 4]);
    expect(all?.slowestStores.map(({ store: slow }) => (slow as { code: string }).code)).toEqual([
      store.code,
      otherStore.code,
    ]);
    expect(all?.mostFailingStores).toHaveLength(1);
  }));

test('imports that brought nothing new read no rows, and neither they nor interrupted ones say how long it takes', () =>
  withRollback(async (db) => {
    const { store, viewers } = await buildPeople(db);
    const make = (seconds: number, phases: readonly string[], attempt = 1) =>
      buildImportJob(db, {
        ...{ storeId: store.id, status: 'COMPLETED_WITH_ERRORS', attempt },
        ...{ createdAt: ago(600), startedAt: ago(600), completedAt: ago(600 - seconds) },
        ...{ totalProcessed: 10, errorCount: 2, phases: phases.map((phase) => ({ phase })) },
      });
    await make(20, ['download', 'read', 'rows', 'report']);
    for (let repeat = 0; repeat < 3; repeat++) await make(1, ['download']);
    // Handed back by a stop, and gone on with after a while.
    await make(300, ['read', 'rows', 'report'], 2);
    const { stats } = await ask(db, viewers.owner, store.code);
    const sum = (name: string) => stats?.days.reduce((total, day) => total + Number(day[name]), 0);
    expect(['imports', 'rows', 'rowErrors'].map(sum)).toEqual([5, 20, 4]);
    const [slow] = stats?.slowestStores ?? [];
    expect(slow?.['imports']).toBe(1);
    expect([slow?.['typicalDurationMs'], slow?.['longestDurationMs']]).toEqual([
      expect.closeTo(20_000, -2),
      expect.closeTo(20_000, -2),
    ]);
  }));

test('nobody waited less than no time, though the clocks of server and database differ', () =>
  withRollback(async (db) => {
    const { store, viewers } = await buildPeople(db);
    const times = { createdAt: ago(50), startedAt: ago(52), completedAt: ago(40) };
    await buildImportJob(db, { storeId: store.id, status: 'COMPLETED', ...times });
    const { stats } = await ask(db, viewers.owner, store.code);
    expect(stats?.queue).toMatchObject({ typicalWaitMs: 0, longestWaitMs: 0 });
  }));

test('without imports there are no figures but zeros, and what is not known is null', () =>
  withRollback(async (db) => {
    const { viewers } = await buildPeople(db);
    const { stats } = await ask(db, viewers.admin, null);
    expect(Object.values(stats?.imports ?? {})).toEqual(Array(9).fill(0));
    expect([stats?.slowestStores, stats?.mostFailingStores]).toEqual([[], []]);
    expect(stats?.queue).toMatchObject({ oldestWaitingSeconds: null, typicalWaitMs: null });
  }));

test('an import that was handed back waits from then on', () =>
  withRollback(async (db) => {
    const { id: storeId } = await buildStore(db);
    const long = { createdAt: ago(3600), startedAt: ago(3590) };
    await buildImportJob(db, { storeId, status: 'PENDING', ...long, updatedAt: ago(20) });
    const { queue } = await readStats(db, { storeId }, 1);
    expect(queue.oldestWaitingSeconds).toBeCloseTo(20, 0);
  }));

test.each([
  ['Pacific/Kiritimati', '2026-03-31T11:00:00Z', '2026-04-01'],
  ['America/Los_Angeles', '2026-03-31T05:00:00Z', '2026-03-30'],
])('days begin as in %s', (timeZone, moment, day) =>
  withRollback(async (db) => {
    const store = await buildStore(db, { timeZone });
    const days = Math.ceil((Date.now() - Date.parse(moment)) / 86_400_000);
    // Moved into the last thirty days by whole days; both zones keep the same time all year, or nearly.
    const createdAt = new Date(Date.parse(moment) + (days - 3) * 86_400_000);
    await buildImportJob(db, { storeId: store.id, createdAt });
    const moved = new Date(Date.parse(`${day}T12:00:00Z`) + (days - 3) * 86_400_000);
    const stats = await readStats(db, { storeId: store.id }, 1);
    const found = stats.days.filter(({ total }) => total > 0).map((found) => found.day);
    expect(found).toEqual([moved.toISOString().slice(0, 10)]);
  }),
);

test('figures of a hundred thousand imports take as many statements as those of none', () =>
  withDatabase(async ({ db }) => {
    const stores = await Promise.all(Array.from({ length: 20 }, () => buildStore(db)));
    const user = await buildUser(db);
    const read = (storeId: string | null) => recordStatements(() => readStats(db, { storeId }, 1));
    const none = await read(null);
    const storeIds = stores.map(({ id }) => id);
    await buildManyJobs(db, { count: 100_000, storeIds, createdByIds: [user.id] });
    const started = performance.now();
    const all = await read(null);
    const ms = performance.now() - started;
    expect(all.statements.length).toBe(none.statements.length);
    expect([all.result.imports.total, all.result.queue.waiting]).toEqual([100_000, 10]);
    expect(all.result.slowestStores).toHaveLength(5);
    const own = await read(storeIds[0] ?? '');
    // And one for its time zone.
    expect([own.statements.length, own.result.imports.total]).toEqual([none.statements.length + 1, 5000]);
    // Far from what a page would wait for, on a machine that does other work too.
    expect(ms).toBeLessThan(5_000);
  }));
