// @module-tag http
// @module-tag db
import { once } from 'node:events';
import { SignJWT } from 'jose';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { openApiServer, type ApiServer } from '../../test/api-server.ts';
import { buildImportJob, buildStore, buildUser } from '../../test/builders.ts';
import { buses, startRedisForTests, titleOf, type BusKind } from '../../test/buses.ts';
import { withDatabase } from '../../test/database.ts';
import { testKeys } from '../../test/execute.ts';
import { until } from '../../test/until.ts';
import type { User } from '../generated/prisma/client.ts';
import { watchedJobParts } from '../modules/import-job/import-job.record.ts';
import { ImportWatch } from '../modules/import-job/import-job.watch.ts';
import { signAccessToken, type AccessClaims } from '../modules/user/access-token.ts';
import { openSession } from '../modules/user/session.service.ts';
import { parseSigningKeys } from '../modules/user/signing-keys.ts';
import type { EventBus } from '../platform/bus.ts';
import type { Database } from '../platform/database.ts';

interface World {
  readonly db: Database['db'];
  readonly bus: EventBus;
  readonly server: ApiServer;
  readonly user: User;
  readonly claims: AccessClaims;
}

const minute = 60_000;

const inProcess = buses[0] as BusKind;
startRedisForTests();

/** A server with an admin who has signed in. */
const withServer = (use: (world: World) => Promise<void>, kind = inProcess) =>
  withDatabase(async ({ db }) => {
    const faults: unknown[] = [];
    const onError = (error: unknown) => faults.push(error);
    const bus = kind.open(onError);
    const importWatch = new ImportWatch({ db, bus, onError });
    const server = await openApiServer({ db, services: { importWatch } });
    const user = await buildUser(db, { platformAdmin: true });
    const session = await openSession(db, user);
    if (!session) throw new Error('No session.');
    try {
      await use({ db, bus, server, user, claims: session });
    } finally {
      await server.close();
      await importWatch.close();
      await bus.close();
    }
    expect(faults).toEqual([]);
  });

const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
const minutesAgo = (minutes: number) => Date.now() - minutes * minute;

/** A token as ours, but for what is said. */
const forge = ({ userId, sessionId }: AccessClaims, audience: string, secret = testKeys.signing.secret) =>
  new SignJWT({ sid: sessionId })
    .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: testKeys.signing.id })
    .setSubject(userId)
    .setIssuer('marketplace-import')
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime('5 min')
    .sign(secret);

const api = 'marketplace-import/api';
const otherKey = parseSigningKeys(`test:${'B'.repeat(43)}`).signing.secret;

const refused: readonly [string, (world: World) => Promise<string>][] = [
  [
    'without a signature',
    async ({ claims: { userId, sessionId } }) => {
      const payload = { sub: userId, sid: sessionId, iss: 'marketplace-import', aud: api, iat: 1, exp: 9e9 };
      return `${encoded({ alg: 'none', typ: 'at+jwt', kid: testKeys.signing.id })}.${encoded(payload)}.`;
    },
  ],
  ['signed with another key', ({ claims }) => forge(claims, api, otherKey)],
  ['for another audience', ({ claims }) => forge(claims, 'another/api')],
  [
    'that has expired',
    async ({ claims }) => (await signAccessToken(testKeys, claims, minutesAgo(16))).accessToken,
  ],
  [
    'of a session that was ended',
    async ({ db, claims }) => {
      await db.session.update({ where: { id: claims.sessionId }, data: { revokedAt: new Date() } });
      return tokenOf(claims);
    },
  ],
  [
    'of somebody who is switched off',
    async ({ db, user, claims }) => {
      await db.user.update({ where: { id: user.id }, data: { active: false } });
      return tokenOf(claims);
    },
  ],
  ['that is none', async () => 'x'],
];

const tokenOf = async (claims: AccessClaims) => (await signAccessToken(testKeys, claims)).accessToken;

/** How a socket with that token is closed. */
async function closeCodeOf(server: ApiServer, token: string): Promise<number> {
  const socket = new WebSocket(`${server.origin.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  onTestFinished(() => socket.terminate());
  await once(socket, 'open');
  const payload = { authorization: `Bearer ${token}` };
  socket.send(JSON.stringify({ type: 'connection_init', payload }));
  const [code] = (await once(socket, 'close')) as [number];
  return code;
}

test.each(refused)('a token %s is refused, on HTTP and on the socket', (_what, make) =>
  withServer(async (world) => {
    const token = await make(world);
    const { status, data, errors } = await world.server.ask('{ __typename viewer { name } }', {}, token);
    expect([status, data, errors?.[0]?.extensions?.['code']]).toEqual([401, undefined, 'UNAUTHENTICATED']);
    expect(await closeCodeOf(world.server, token)).toBe(4403);
  }),
);

test('a token that is good shows who has signed in, on HTTP and on the socket', () =>
  withServer(async ({ server, user, claims }) => {
    const token = await tokenOf(claims);
    const viewer = { viewer: { name: user.name } };
    expect(await server.ask('{ viewer { name } }', {}, token)).toMatchObject({ status: 200, data: viewer });
    for await (const result of server.connect(token).iterate({ query: '{ viewer { name } }' })) {
      expect(result).toEqual({ data: viewer });
    }
  }));

const follow = 'subscription { importJobsChanged { status } }';

async function announceJob({ db, bus }: World): Promise<void> {
  const { id } = await buildImportJob(db, { storeId: (await buildStore(db)).id });
  const job = await db.marketplaceImportJob.findUniqueOrThrow({ where: { id }, include: watchedJobParts });
  await bus.publish('importJob', job);
}

/** What comes of a subscription, and how its socket is closed. */
function subscribe({ server }: World, token: string) {
  const client = server.connect(token);
  const results: unknown[] = [];
  const closed = new Promise<number>((settle) => {
    client.on('closed', (event) => settle((event as CloseEvent).code));
  });
  const opened = new Promise<void>((settle) => void client.on('connected', () => settle()));
  const over = new Promise<void>((settle) => {
    client.subscribe(
      { query: follow },
      { next: (result) => results.push(result), error: () => settle(), complete: settle },
    );
  });
  return { results, closed, opened, over };
}

for (const kind of buses) {
  describe.skipIf(kind.missing !== null)(titleOf(kind), () => {
    test('an open subscription ends within 5 seconds of its session, though nothing happens', () =>
      withServer(async (world) => {
        const { results, closed, opened, over } = subscribe(world, await tokenOf(world.claims));
        await opened;
        await until(() => world.server.liveViewers.sessionCount === 1);
        // Behind the back of every service: nobody announces it.
        await world.db.session.update({
          where: { id: world.claims.sessionId },
          data: { revokedAt: new Date() },
        });
        const began = performance.now();
        await over;
        expect(await closed).toBe(4401);
        expect(performance.now() - began).toBeLessThan(5_000);
        expect(results).toMatchObject([{ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] }]);
      }, kind));

    test('a subscription by server-sent events ends with its session too', () =>
      withServer(async (world) => {
        const response = await world.server.fetch({
          method: 'POST',
          headers: {
            'Content-Type': 'application/json',
            Accept: 'text/event-stream',
            Authorization: `Bearer ${await tokenOf(world.claims)}`,
          },
          body: JSON.stringify({ query: follow }),
        });
        await until(() => world.server.liveViewers.sessionCount === 1);
        await world.db.session.update({
          where: { id: world.claims.sessionId },
          data: { revokedAt: new Date() },
        });
        const text = await response.text();
        expect(text).toContain('UNAUTHENTICATED');
        expect(text).toMatch(/event: complete\ndata:\n\n$/);
        expect(world.server.liveViewers.sessionCount).toBe(0);
      }, kind));

    test('a subscription outlives its access token', () =>
      withServer(async (world) => {
        const token = await tokenOf(world.claims);
        const { results, opened } = subscribe(world, token);
        await opened;
        await until(() => world.server.liveViewers.sessionCount === 1);
        vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 16 * minute });
        onTestFinished(() => void vi.useRealTimers());
        expect((await world.server.ask('{ viewer { name } }', {}, token)).status).toBe(401);
        await announceJob(world);
        await until(() => results.length > 0);
        expect(results).toEqual([{ data: { importJobsChanged: { status: 'PENDING' } } }]);
      }, kind));

    test('each event is shown to the viewer as they are then', () =>
      withServer(async (world) => {
        const { results, opened } = subscribe(world, await tokenOf(world.claims));
        await opened;
        await until(() => world.server.liveViewers.sessionCount === 1);
        await world.db.user.update({ where: { id: world.user.id }, data: { platformAdmin: false } });
        await world.server.liveViewers.refreshUsers([world.user.id]);
        await announceJob(world);
        await world.db.user.update({ where: { id: world.user.id }, data: { platformAdmin: true } });
        await world.server.liveViewers.refreshUsers([world.user.id]);
        // The stream follows its viewer into more stores within a second.
        await until(async () => (await announceJob(world), results.length > 0));
        const { length } = await world.db.marketplaceImportJob.findMany();
        expect(results.length).toBeLessThan(length);
      }, kind));
  });
}
