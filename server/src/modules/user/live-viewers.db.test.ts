// @module-tag user
// @module-tag db
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { buildStore, buildUser } from '../../../test/builders.ts';
import { withDatabase } from '../../../test/database.ts';
import { signedIn } from '../../../test/execute.ts';
import type { Viewer } from '../../graphql/viewer.ts';
import { createDb, type Database } from '../../platform/database.ts';
import { LiveViewers } from './live-viewers.ts';
import { endSessions } from './session.end.ts';

type Client = Database['db'];

interface Bench {
  readonly db: Client;
  readonly live: LiveViewers;
  /** How often the viewers were read, or tried to be. */
  readonly readCount: () => number;
  readonly errors: unknown[];
}

/** With a timer that does not come, unless a test sets it. */
const withLive = (use: (bench: Bench) => Promise<void>, everyMs = 600_000) =>
  withDatabase(async ({ db }) => {
    let reads = 0;
    const counting = db.$extends({
      query: { $queryRaw: ({ args, query }) => (reads++, query(args)) },
    }) as unknown as Client;
    const errors: unknown[] = [];
    const live = new LiveViewers(counting, { everyMs, onError: (error) => errors.push(error) });
    await use({ db, live, readCount: () => reads, errors }).finally(() => live.close());
  });

async function viewerOf(db: Client): Promise<Viewer> {
  const viewer = await signedIn(db, await buildUser(db));
  if (!viewer) throw new Error('Nobody is signed in.');
  return viewer;
}

test('a member who is removed is one no more as soon as it is announced', () =>
  withLive(async ({ db, live }) => {
    const store = await buildStore(db);
    const user = await buildUser(db);
    await db.storeMember.create({ data: { userId: user.id, storeId: store.id, role: 'STAFF' } });
    const viewer = await signedIn(db, user);
    const opened = live.open(viewer as Viewer);
    expect(opened.current()?.storeRoles.get(store.id)).toBe('STAFF');
    await db.storeMember.deleteMany();
    await live.refreshUsers([user.id]);
    expect(opened.current()).toMatchObject({ id: user.id, storeRoles: new Map() });
    expect(opened.ended.aborted).toBe(false);
  }));

test('a session that has ended ends all that is open in it, and nothing else', () =>
  withLive(async ({ db, live }) => {
    const [viewer, other] = [await viewerOf(db), await viewerOf(db)];
    const opened = [live.open(viewer), live.open(viewer)];
    const strange = live.open(other);
    await endSessions(db, viewer.id);
    await live.refreshUsers([viewer.id, other.id]);
    for (const { current, ended } of opened) expect([current(), ended.aborted]).toEqual([null, true]);
    expect([strange.current(), strange.ended.aborted]).toEqual([other, false]);
    expect(live.sessionCount).toBe(1);
  }));

test('the end of a session shows without an announcement, too', () =>
  withLive(async ({ db, live }) => {
    const viewer = await viewerOf(db);
    const { ended } = live.open(viewer);
    await endSessions(db, viewer.id);
    await once(ended, 'abort');
  }, 20));

test('however many are open, one statement reads them, and none when nothing is open', () =>
  withLive(async ({ db, live, readCount }) => {
    const viewers = await Promise.all(Array.from({ length: 50 }, () => viewerOf(db)));
    const opened = viewers.map((viewer) => live.open(viewer));
    await live.refreshUsers(viewers.map(({ id }) => id));
    expect(readCount()).toBe(1);
    await live.refreshUsers(['nobody']);
    for (const { close } of [...opened, ...opened]) close();
    await live.refreshUsers(viewers.map(({ id }) => id));
    expect(readCount()).toBe(1);
    expect(live.sessionCount).toBe(0);
  }));

test('what is announced while a read runs is read by the next, together', () =>
  withLive(async ({ db, live, readCount }) => {
    const viewers = await Promise.all(Array.from({ length: 10 }, () => viewerOf(db)));
    const opened = viewers.map((viewer) => live.open(viewer));
    const first = live.refreshUsers([viewers[0]?.id ?? '']);
    for (const { id } of viewers) await endSessions(db, id);
    await Promise.all([first, ...viewers.map(({ id }) => live.refreshUsers([id]))]);
    expect(opened.map(({ current }) => current())).toEqual(viewers.map(() => null));
    expect(readCount()).toBeLessThanOrEqual(3);
  }));

test('who is unchanged stays the same object', () =>
  withLive(async ({ db, live }) => {
    const viewer = await viewerOf(db);
    const { current } = live.open(viewer);
    await live.refreshUsers([viewer.id]);
    expect(current()).toBe(viewer);
  }));

test('the other of two subscriptions goes on when one is closed', () =>
  withLive(async ({ db, live }) => {
    const viewer = await viewerOf(db);
    const [one, other] = [live.open(viewer), live.open(viewer)];
    one.close();
    await endSessions(db, viewer.id);
    await live.refreshSessions([viewer.sessionId]);
    expect([one.ended.aborted, other.ended.aborted]).toEqual([false, true]);
  }));

test('a database that is away ends nothing, is reported, and is asked again', () =>
  withDatabase(async ({ db }) => {
    const viewer = await viewerOf(db);
    const away = createDb('postgresql://nobody@127.0.0.1:1/nothing');
    const errors: unknown[] = [];
    const live = new LiveViewers(away.db, { everyMs: 20, onError: (error) => errors.push(error) });
    const { current, ended } = live.open(viewer);
    await expect.poll(() => errors.length).toBeGreaterThan(1);
    expect([current(), ended.aborted]).toEqual([viewer, false]);
    await live.close();
    await away.close();
  }));

test('closing ends everything, and what is opened afterwards is over from the start', () =>
  withLive(async ({ db, live }) => {
    const viewer = await viewerOf(db);
    const opened = live.open(viewer);
    await live.close();
    const late = live.open(viewer);
    for (const { current, ended } of [opened, late]) expect([current(), ended.aborted]).toEqual([null, true]);
  }));
