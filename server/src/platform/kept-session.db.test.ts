// @module-tag platform
// @module-tag db
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { withDatabase } from '../../test/database.ts';
import { openForgetfulWay } from '../../test/forgetful-way.ts';
import { until } from '../../test/until.ts';
import { keepSession } from './kept-session.ts';

/** What lies before a database, and can take connections without passing on a word. */
async function openRelay(url: string) {
  const sockets = new Set<Socket>();
  let isSilent = false;
  let heldCount = 0;
  const relay = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    if (isSilent) return void (heldCount += 1);
    const other = connect(Number(new URL(url).port), new URL(url).hostname);
    sockets.add(other.on('error', () => undefined));
    socket.pipe(other).pipe(socket);
  }).listen(0, '127.0.0.1');
  await once(relay, 'listening');
  const cut = () => sockets.forEach((socket) => socket.destroy());
  onTestFinished(() => (cut(), void relay.close()));
  const address = new URL(url);
  address.port = String((relay.address() as AddressInfo).port);
  return {
    url: address.href,
    heldCount: () => heldCount,
    speak: () => void (isSilent = false),
    /** Breaks off what is open, and answers nobody any more. */
    fallSilent: () => ((isSilent = true), cut()),
  };
}

async function keep(databaseUrl: string, silenceMs?: number) {
  let opened = 0;
  const session = await keepSession({
    ...{ databaseUrl, name: 'test', onError: () => undefined, reopeningMs: 500 },
    ...(silenceMs === undefined ? {} : { silenceMs }),
    prepare: async () => void (opened += 1),
  });
  return { session, opened: () => opened };
}

test('a session that is opened anew is not waited for where nobody answers', () =>
  withDatabase(async ({ url }) => {
    const relay = await openRelay(url);
    const { session, opened } = await keep(relay.url);
    relay.fallSilent();
    await until(() => relay.heldCount() === 1);
    // The connection that it holds stays as it is.
    relay.speak();
    await until(() => opened() === 2);
    await session.close();
  }));

test('a session that was forgotten on the way is opened anew, and one that answers is not', () =>
  withDatabase(async ({ db, url }) => {
    const way = await openForgetfulWay(url);
    onTestFinished(() => way.close());
    const [silenceMs, forgotten, sound] = [600, await keep(way.url, 600), await keep(url, 600)];
    way.forget();
    await until(() => forgotten.opened() === 2);
    await until(async () => {
      const ages = await db.$queryRaw<{ ms: number }[]>`
        SELECT (extract(epoch FROM now() - backend_start) * 1000)::float8 AS ms
        FROM pg_stat_activity WHERE application_name = 'test'`;
      return ages.some(({ ms }) => ms > 3 * silenceMs);
    });
    expect(sound.opened()).toBe(1);
    await forgotten.session.close();
    await sound.session.close();
  }));
