// @module-tag import-job
// @module-tag db
import type { Client } from 'graphql-ws';
import { describe, expect, test } from 'vitest';
import { openApiServer } from '../../../test/api-server.ts';
import { buildImportJob, buildMerchant, buildStore, buildUser } from '../../../test/builders.ts';
import { buses, startRedisForTests, titleOf, type BusKind } from '../../../test/buses.ts';
import { withDatabase, type TestDatabase } from '../../../test/database.ts';
import { signedIn, testKeys } from '../../../test/execute.ts';
import { openFollowingNode, type FollowingNode } from '../../../test/following.ts';
import { globalIdOf } from '../../../test/global-id.ts';
import { until } from '../../../test/until.ts';
import { recordStatements } from '../../../test/statements.ts';
import type { User } from '../../generated/prisma/client.ts';
import { signAccessToken } from '../user/access-token.ts';
import { LiveViewers } from '../user/live-viewers.ts';

startRedisForTests();

const progress = `subscription ($id: ID!) {
  importJobProgress(id: $id) {
    id status totalProcessed progress { phase fraction } phases { phase state } updatedAt
    store { code name } createdBy { name }
  }
}`;
const changed =
  'subscription ($code: String) { importJobsChanged(storeCode: $code) { totalProcessed store { code } } }';

interface Site {
  readonly database: TestDatabase;
  readonly node: FollowingNode;
  readonly connect: (user: User | null) => Promise<Client>;
}

/** The real server with its websocket, on a database of its own. */
function withSite(kind: BusKind, use: (site: Site) => Promise<void>): Promise<void> {
  return withDatabase(async (database) => {
    const { db } = database;
    const node = await openFollowingNode(kind, db);
    // No statement of its own while statements are counted.
    const liveViewers = new LiveViewers(db, { everyMs: 3600_000, onError: () => undefined });
    const services = { importWatch: node.watch, jobs: node.jobs };
    const server = await openApiServer({ db, services, liveViewers });
    const connect = async (user: User | null) => {
      const viewer = await signedIn(db, user);
      if (!viewer) return server.connect();
      const { accessToken } = await signAccessToken(testKeys, {
        userId: viewer.id,
        sessionId: viewer.sessionId,
      });
      return server.connect(accessToken);
    };
    try {
      await use({ database, node, connect });
    } finally {
      await server.close();
      await liveViewers.close();
    }
  });
}

interface Heard {
  readonly events: { readonly [field: string]: Record<string, unknown> }[];
  readonly codes: unknown[];
  done: boolean;
}

/** What a client hears of a subscription. */
function hear(client: Client, query: string, variables: Record<string, unknown> = {}): Heard {
  const heard: Heard = { events: [], codes: [], done: false };
  client.subscribe<Heard['events'][number]>(
    { query, variables },
    {
      next: ({ data, errors }) => {
        if (data) heard.events.push(data);
        heard.codes.push(...(errors ?? []).map(({ extensions }) => extensions?.['code']));
      },
      error: (error) => {
        const errors = Array.isArray(error) ? (error as { extensions?: { code?: string } }[]) : [];
        heard.codes.push(...errors.map(({ extensions }) => extensions?.code));
        heard.done = true;
      },
      complete: () => (heard.done = true),
    },
  );
  return heard;
}

const idOf = (id: string) => globalIdOf('ImportJob', id);
const member = { role: 'STAFF' } as const;

for (const kind of buses) {
  describe.skipIf(kind.missing !== null)(titleOf(kind), () => {
    test('a client sees the import as it is, each change, and the end', () =>
      withSite(kind, async ({ database: { db }, node, connect }) => {
        const user = await buildUser(db);
        const store = await buildStore(db, { members: { create: { userId: user.id, ...member } } });
        const job = await buildImportJob(db, {
          storeId: store.id,
          createdById: user.id,
          status: 'PROCESSING',
        });
        const heard = hear(await connect(user), progress, { id: idOf(job.id) });
        const { events, codes } = heard;
        await until(() => events.length === 1);
        expect(events[0]?.['importJobProgress']).toMatchObject({
          ...{ id: idOf(job.id), status: 'PROCESSING', totalProcessed: 0, progress: null },
          updatedAt: job.updatedAt.toISOString(),
          store: { code: store.code, name: store.name },
          createdBy: { name: user.name },
        });
        await node.change(job.id, { phase: 'rows', totalProcessed: 7, bytesRead: 5, bytesTotal: 10 });
        await until(() => events.length === 2);
        expect(events[1]?.['importJobProgress']).toMatchObject({
          totalProcessed: 7,
          progress: { phase: 'ROWS', fraction: 0.5 },
          createdBy: { name: user.name },
        });
        await node.change(job.id, { status: 'COMPLETED' });
        await until(() => heard.done);
        expect(events[2]?.['importJobProgress']).toMatchObject({ status: 'COMPLETED', progress: null });
        expect([events.length, codes]).toEqual([3, []]);
      }));

    test('everybody follows what they may see, and finds nothing else', () =>
      withSite(kind, async ({ database: { db }, node, connect }) => {
        const [owner, manager, staff, stranger] = await Promise.all([1, 2, 3, 4].map(() => buildUser(db)));
        const admin = await buildUser(db, { platformAdmin: true });
        const merchant = await buildMerchant(db, { ownerId: owner?.id ?? '' });
        await buildMerchant(db, { ownerId: stranger?.id ?? '' });
        const members = [
          { userId: manager?.id ?? '', role: 'MANAGER' },
          { userId: staff?.id ?? '', role: 'STAFF' },
        ] as const;
        const store = await buildStore(db, { merchantId: merchant.id, members: { create: [...members] } });
        const job = await buildImportJob(db, { storeId: store.id, status: 'PROCESSING' });
        const who = [owner, manager, staff, admin, stranger, null];
        const clients = await Promise.all(who.map((user) => connect(user ?? null)));
        const following = clients.map((client) => hear(client, progress, { id: idOf(job.id) }));
        const lists = clients.map((client) => hear(client, changed));
        const ofStore = clients.map((client) => hear(client, changed, { code: store.code }));
        const all = [following, lists, ofStore];
        await until(() => following.every(({ events, done }) => done || events.length === 1));
        // Changes until all of them have come to listen.
        await until(async () => {
          await node.change(job.id, { totalProcessed: { increment: 1 } });
          return all.every((each) => each.slice(0, 4).every(({ events }) => events.length > 1));
        });
        const none = ['NOT_FOUND', 'UNAUTHENTICATED'];
        expect(all.map((each) => each.flatMap(({ codes }) => codes))).toEqual([
          none,
          ['UNAUTHENTICATED'],
          none,
        ]);
        expect(all.map((each) => each[4]?.events)).toEqual([[], [], []]);
      }));

    test('an id that is none, or of something else, is not found', () =>
      withSite(kind, async ({ database: { db }, connect }) => {
        const client = await connect(await buildUser(db, { platformAdmin: true }));
        const store = await buildStore(db);
        const ids = ['', 'x', idOf('x'), idOf(store.id), globalIdOf('Store', store.id)];
        const heard = ids.map((id) => hear(client, progress, { id }));
        heard.push(hear(client, changed, { code: 'no-such-store' }));
        await until(() => heard.every(({ done }) => done));
        expect(heard.flatMap(({ codes }) => codes)).toEqual(heard.map(() => 'NOT_FOUND'));
      }));

    test('events cost no statement, however many subscribers there are', () =>
      withSite(kind, async ({ database: { db }, node, connect }) => {
        const admins = await Promise.all([1, 2, 3, 4].map(() => buildUser(db, { platformAdmin: true })));
        const job = await buildImportJob(db, { status: 'PROCESSING', createdById: admins[0]?.id ?? null });
        const clients = await Promise.all(admins.map((user) => connect(user)));
        const heard = clients.flatMap((client) =>
          Array.from({ length: 20 }, (_, at) =>
            hear(client, at % 2 ? progress : changed, { id: idOf(job.id) }),
          ),
        );
        const followers = heard.filter((_, at) => at % 2 === 1);
        await until(() => followers.every(({ events }) => events.length === 1));
        await until(() => node.watch.size === heard.length);
        let state = await node.change(job.id, {});
        await until(() => heard.every(({ events }) => events.length > 0));
        await node.jobs.settled();
        const { statements } = await recordStatements(async () => {
          for (let rows = 1; rows <= 10; rows++) {
            state = { ...state, revision: state.revision + 1, totalProcessed: rows };
            await node.bus.publish('importJob', state);
            await until(() =>
              heard.every(({ events }) => Object.values(events.at(-1) ?? {})[0]?.['totalProcessed'] === rows),
            );
          }
        });
        expect(statements).toEqual([]);
      }));
  });
}
