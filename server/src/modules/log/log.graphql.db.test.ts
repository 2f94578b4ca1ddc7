// @module-tag log
// @module-tag db
import { PrismaPg } from '@prisma/adapter-pg';
import { parse, subscribe, type ExecutionResult } from 'graphql';
import { pino } from 'pino';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { PrismaClient, type LogEntry } from '../../generated/prisma/client.ts';
import type { Viewer } from '../../graphql/viewer.ts';
import { openBus, type EventBus } from '../../platform/bus.ts';
import { createLog } from '../../platform/log.ts';
import { schema } from '../../schema.ts';
import { buildMerchant, buildStore, buildUser } from '../../../test/builders.ts';
import { buses, redis, startRedisForTests, titleOf, type BusKind } from '../../../test/buses.ts';
import { withDatabase, withRollback, type TestDatabase } from '../../../test/database.ts';
import { execute, signedIn, signedInAdmin } from '../../../test/execute.ts';
import { Somebody } from '../../../test/following.ts';
import { globalIdOf } from '../../../test/global-id.ts';
import { createLogTails, type LogTails } from './log.tail.ts';
import { createLogWriter } from './log.writer.ts';

const fail = (error: unknown) => {
  throw error;
};

/** A node that writes to the log and shows it. */
function openNode(db: TestDatabase['db'], bus: EventBus) {
  const tails = createLogTails(db, bus, fail);
  const writer = createLogWriter({ node: 'one:1' });
  writer.start({ db, onError: fail, onStored: tails.publish });
  onTestFinished(() => writer.close());
  return {
    tails,
    log: createLog('silent', { store: (record) => writer.write(record), storeLevel: 'debug' }),
    settled: () => writer.close(),
  };
}

startRedisForTests();

function openBusOf(kind: BusKind): EventBus {
  const bus = kind.open();
  onTestFinished(() => bus.close());
  return bus;
}

const tailSource = `subscription ($filter: LogFilter) {
  logTail(filter: $filter) { id at level message node requestId jobId fields store { code } } }`;

type Tailed = ExecutionResult<{ logTail: { message: string } }>;

async function tail(
  services: { readonly db: TestDatabase['db']; readonly logTails: LogTails },
  viewer: Viewer | null,
  { filter = {}, requestId = 'tail' }: { readonly filter?: object; readonly requestId?: string } = {},
): Promise<AsyncGenerator<Tailed>> {
  const live = new Somebody(viewer ?? {});
  const contextValue = { ...services, viewer, live, requestId, log: pino({ level: 'silent' }) };
  const answer = await subscribe({
    schema,
    document: parse(tailSource),
    variableValues: { filter },
    contextValue,
  });
  if (!(Symbol.asyncIterator in answer)) throw answer.errors?.[0] ?? new Error('No subscription was opened.');
  return answer as AsyncGenerator<Tailed>;
}

const messageOf = async (events: AsyncGenerator<Tailed>): Promise<string | undefined> =>
  ((await events.next()).value as Tailed | undefined)?.data?.logTail.message;

const listSource = `query ($filter: LogFilter, $first: Int) {
  logs(filter: $filter, first: $first) {
    totalCount
    edges { node { id at level message node requestId jobId fields store { code } } } } }`;

const jobId = '0198a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b';

const buildEntry = (
  db: TestDatabase['db'] | Parameters<Parameters<typeof withRollback>[0]>[0],
  values: object = {},
) =>
  db.logEntry.create({
    data: { at: new Date('2030-01-31T12:00:00Z'), level: 30, message: 'said', node: 'one:1', ...values },
  });

test('an admin sees an entry with all that belongs to it, and nothing of what is gone', () =>
  withRollback(async (db) => {
    const store = await buildStore(db);
    const about = { requestId: 'r1', jobId, storeId: store.id, fields: { rows: 3 }, level: 50 };
    await buildEntry(db, { storeId: jobId });
    const { id } = await buildEntry(db, about);
    const { data, errors } = await execute({ db: db }, await signedInAdmin(db), listSource);
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      logs: {
        totalCount: 2,
        edges: [
          {
            node: {
              id: String(id),
              at: '2030-01-31T12:00:00.000Z',
              level: 'ERROR',
              message: 'said',
              node: 'one:1',
              requestId: 'r1',
              jobId: globalIdOf('ImportJob', jobId),
              fields: { rows: 3 },
              store: { code: store.code },
            },
          },
          { node: expect.objectContaining({ level: 'INFO', requestId: null, jobId: null, store: null }) },
        ],
      },
    });
  }));

test('the log is for admins: others are told so, and get no entry', () =>
  withRollback(async (db) => {
    await buildEntry(db);
    const owner = await buildUser(db);
    const staff = await buildUser(db);
    const store = await buildStore(db, { merchantId: (await buildMerchant(db, { ownerId: owner.id })).id });
    await db.storeMember.create({ data: { storeId: store.id, userId: staff.id, role: 'MANAGER' } });
    const services = { db: db as never, logTails: createLogTails(db, openBusOf(buses[0] as BusKind), fail) };
    for (const [user, code] of [
      [null, 'UNAUTHENTICATED'],
      [owner, 'FORBIDDEN'],
      [staff, 'FORBIDDEN'],
    ] as const) {
      const viewer = await signedIn(db, user);
      const { data, errors } = await execute(services, viewer, listSource);
      expect([data, errors?.map(({ extensions }) => extensions['code'])]).toEqual([null, [code]]);
      await expect(tail(services, viewer)).rejects.toMatchObject({ extensions: { code } });
    }
  }));

/** A client that counts what it sends. */
function openCounting(url: string) {
  const adapter = new PrismaPg({ connectionString: url });
  const db = new PrismaClient({ adapter, log: [{ emit: 'event', level: 'query' }] });
  const statements: string[] = [];
  db.$on('query', ({ query }) => statements.push(query));
  onTestFinished(() => db.$disconnect());
  return { db: db as TestDatabase['db'], statements };
}

test('a hundred entries of a hundred stores take as many statements as one', () =>
  withDatabase(async ({ db, url }) => {
    for (let number = 0; number < 100; number++) await buildEntry(db, { storeId: (await buildStore(db)).id });
    const viewer = await signedInAdmin(db);
    const counts: number[] = [];
    for (const first of [1, 100]) {
      const counting = openCounting(url);
      const { data } = await execute<{ logs: { edges: { node: { store: unknown } }[] } }>(
        { db: counting.db },
        viewer,
        listSource,
        { first },
      );
      expect(data?.logs.edges.filter(({ node }) => node.store)).toHaveLength(first);
      counts.push(counting.statements.length);
    }
    expect(counts).toEqual([3, 3]);
  }));

for (const kind of buses) {
  describe.skipIf(kind.missing !== null)(titleOf(kind), () => {
    test('a tail begins with the last 50 entries that are meant, and goes on with what any node writes', () =>
      withDatabase(async ({ db }) => {
        const bus = openBusOf(kind);
        const [node, other] = [
          openNode(db, bus),
          openNode(db, kind.redisUrl === null ? bus : openBusOf(kind)),
        ];
        for (let number = 0; number < 60; number++) await buildEntry(db, { message: `${number}`, level: 40 });
        await buildEntry(db, { message: 'quiet' });
        const viewer = await signedInAdmin(db);
        const events = await tail({ db, logTails: node.tails }, viewer, { filter: { level: 'WARN' } });
        for (let number = 10; number < 60; number++) expect(await messageOf(events)).toBe(`${number}`);
        other.log.info('quiet as well');
        other.log.child({ jobId }).warn({ rows: 3 }, 'loud');
        expect((await events.next()).value).toMatchObject({
          data: {
            logTail: {
              message: 'loud',
              at: expect.any(String),
              level: 'WARN',
              node: 'one:1',
              fields: { rows: 3 },
            },
          },
        });
        await events.return(undefined);
      }));

    test('an entry that is written on behalf of a tail is kept, and makes no further ones', () =>
      withDatabase(async ({ db }) => {
        const { tails, log } = openNode(db, openBusOf(kind));
        const events = await tail({ db, logTails: tails }, await signedInAdmin(db), {
          requestId: 'of the tail',
        });
        log.info('first');
        expect(await messageOf(events)).toBe('first');
        log.child({ requestId: 'of the tail' }).debug('delivered');
        log.child({ requestId: 'another' }).debug('second');
        expect(await messageOf(events)).toBe('second');
        expect(await db.logEntry.count()).toBe(3);
        await events.return(undefined);
        const next = await tail({ db, logTails: tails }, await signedInAdmin(db), { requestId: 'next' });
        expect([await messageOf(next), await messageOf(next)]).toEqual(['first', 'delivered']);
        await next.return(undefined);
      }));

    test('what was missed while the bus was away is read, and nothing comes twice', () =>
      withDatabase(async ({ db }) => {
        const bus = openBusOf(kind);
        const { tails, log } = openNode(db, bus);
        const events = await tail({ db, logTails: tails }, await signedInAdmin(db));
        log.info('heard');
        expect(await messageOf(events)).toBe('heard');
        const since = new Date(Date.now() - 60_000);
        await buildEntry(db, { at: new Date(), message: 'missed' });
        bus.reconnected(since);
        expect(await messageOf(events)).toBe('missed');
        bus.reconnected(since);
        log.info('the next');
        expect(await messageOf(events)).toBe('the next');
        await events.return(undefined);
      }));

    test('however much was missed while the bus was away, none of it is left out', () =>
      withDatabase(async ({ db }) => {
        const bus = openBusOf(kind);
        const { tails } = openNode(db, bus);
        const since = new Date(Date.now() - 60_000);
        const build = (message: string) => buildEntry(db, { at: since, message });
        for (let number = 0; number < 60; number++) await build('of before');
        const events = await tail({ db, logTails: tails }, await signedInAdmin(db));
        for (let number = 10; number < 60; number++) expect(await messageOf(events)).toBe('of before');
        const missed = Array.from({ length: 120 }, (_, number) => `${number}`);
        for (const message of missed) await build(message);
        bus.reconnected(since);
        // What was there before the tail began is not read again.
        for (const message of missed) expect(await messageOf(events)).toBe(message);
        await events.return(undefined);
      }));

    test('a tail is over when its reader is no admin any more', () =>
      withDatabase(async ({ db }) => {
        const { tails, log } = openNode(db, openBusOf(kind));
        const reader = new Somebody({ platformAdmin: true });
        const queue = await tails.open({}, 'r', reader);
        log.info('theirs');
        expect((await queue.next()).value).toMatchObject({ message: 'theirs' });
        reader.become({ platformAdmin: false });
        log.info('theirs no more');
        expect(await queue.next()).toEqual({ done: true, value: undefined });
      }));

    test('a tail that has ended hears nothing any more, and its requests are tailed again', () =>
      withDatabase(async ({ db }) => {
        const bus = openBusOf(kind);
        const { tails } = openNode(db, bus);
        const queue = await tails.open({}, 'r', new Somebody({ platformAdmin: true }));
        const waiting = queue.next();
        await queue.return?.();
        expect(await waiting).toEqual({ done: true, value: undefined });
        const told: (readonly LogEntry[])[] = [];
        await bus.subscribe('log', ({ entries }) => told.push(entries));
        const entry = await buildEntry(db, { requestId: 'r' });
        tails.publish([entry]);
        await vi.waitFor(() => expect(told).toEqual([[entry]]));
      }));
  });
}

describe.skipIf(buses[1]?.missing !== null)('over Redis', () => {
  test('a tail that is opened while Redis is away begins all the same, and hears of other nodes once it is back', () =>
    withDatabase(async ({ db }) => {
      const open = () => openBus({ redisUrl: redis().url, onError: () => undefined });
      await redis().stop();
      const [bus, otherBus] = [open(), open()];
      onTestFinished(async () => void (await Promise.all([bus.close(), otherBus.close()])));
      const [{ tails, log }, other] = [openNode(db, bus), openNode(db, otherBus)];
      await buildEntry(db, { message: 'of before' });
      const queue = await tails.open({}, 'r', new Somebody({ platformAdmin: true }));
      const next = async () => ((await queue.next()).value as LogEntry).message;
      expect(await next()).toBe('of before');
      log.info('of this node');
      expect(await next()).toBe('of this node');
      other.log.info('of another node');
      await other.settled();
      await redis().start();
      expect(await next()).toBe('of another node');
      await queue.return?.();
    }));
});
