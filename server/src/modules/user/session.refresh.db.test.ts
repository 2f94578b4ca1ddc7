// @module-tag user
// @module-tag db
import { expect, test } from 'vitest';
import { buildUser } from '../../../test/builders.ts';
import { withDatabase, withRollback } from '../../../test/database.ts';
import type { User } from '../../generated/prisma/client.ts';
import type { Db } from '../../platform/database.ts';
import { endSessions, signOut, signOutEverywhere } from './session.end.ts';
import { refreshSession } from './session.refresh.ts';
import { openSession, type OpenSession } from './session.service.ts';
import { loadViewer } from './viewer.ts';

/** Collects whose access was announced to have changed. */
function listen() {
  const announced: string[] = [];
  return { announced, announce: (userIds: readonly string[]) => announced.push(...userIds) };
}

const quiet = listen();

async function open(db: Db, user?: User): Promise<OpenSession> {
  const session = await openSession(db, user ?? (await buildUser(db)));
  if (!session) throw new Error('No session was opened.');
  return session;
}

const isOpen = async (db: Db, { sessionId }: OpenSession) => (await loadViewer(db, sessionId)) !== null;

/** As if everything that was done with the session had been done so long before. */
const waitFor = (db: Db, ms: number) => db.$executeRaw`
  UPDATE sessions SET expires_at = expires_at - make_interval(secs => ${ms / 1000}),
    replaced_tokens = (
      SELECT coalesce(jsonb_agg(jsonb_set(token, '{at}', to_jsonb((token->>'at')::float8 - ${ms}::float8))), '[]')
      FROM jsonb_array_elements(replaced_tokens) token)`;

const ended = { code: 'SESSION_ENDED' };
const day = 86_400_000;

test('each refresh gives another token, and the session 30 more days', () =>
  withRollback(async (db) => {
    const first = await open(db);
    await waitFor(db, 29 * day);
    const second = await refreshSession(db, quiet, first.refreshToken);
    const third = await refreshSession(db, quiet, second.refreshToken);
    expect(new Set([first, second, third].map(({ refreshToken }) => refreshToken)).size).toBe(3);
    expect(third).toMatchObject({ sessionId: first.sessionId, userId: first.userId });
    expect((third.expiresAt.getTime() - Date.now()) / day).toBeCloseTo(30, 1);
  }));

test('two tabs with one token get the same one, and go on', () =>
  withRollback(async (db) => {
    const first = await open(db);
    const tab = await refreshSession(db, quiet, first.refreshToken);
    await waitFor(db, 9_000);
    const otherTab = await refreshSession(db, quiet, first.refreshToken);
    expect(otherTab.refreshToken).toBe(tab.refreshToken);
    await waitFor(db, 60_000);
    await refreshSession(db, quiet, otherTab.refreshToken);
    expect(await isOpen(db, first)).toBe(true);
  }));

test('a tab that is late by two tokens gets the newest', () =>
  withRollback(async (db) => {
    const first = await open(db);
    const second = await refreshSession(db, quiet, first.refreshToken);
    const third = await refreshSession(db, quiet, second.refreshToken);
    expect((await refreshSession(db, quiet, first.refreshToken)).refreshToken).toBe(third.refreshToken);
  }));

test('any number of tabs at once end with one token that is good', () =>
  withDatabase(async ({ db }) => {
    const first = await open(db);
    const tabs = await Promise.all(
      Array.from({ length: 15 }, () => refreshSession(db, quiet, first.refreshToken)),
    );
    expect(new Set(tabs.map(({ refreshToken }) => refreshToken)).size).toBe(1);
    expect(tabs[0]?.refreshToken).not.toBe(first.refreshToken);
    const next = await refreshSession(db, quiet, tabs[0]?.refreshToken ?? '');
    expect(next.sessionId).toBe(first.sessionId);
  }));

test('an answer that got lost signs nobody out, however late its reader comes back', () =>
  withRollback(async (db) => {
    const first = await open(db);
    await refreshSession(db, quiet, first.refreshToken);
    await waitFor(db, day);
    await refreshSession(db, quiet, first.refreshToken);
    await waitFor(db, day);
    const heard = await refreshSession(db, quiet, first.refreshToken);
    await waitFor(db, day);
    const next = await refreshSession(db, quiet, heard.refreshToken);
    expect(next.sessionId).toBe(first.sessionId);
  }));

test('tabs that come back at once after a lost answer end with one token that is good', () =>
  withDatabase(async ({ db }) => {
    const first = await open(db);
    await refreshSession(db, quiet, first.refreshToken);
    await waitFor(db, day);
    const tabs = await Promise.all(
      Array.from({ length: 15 }, () => refreshSession(db, quiet, first.refreshToken)),
    );
    expect(new Set(tabs.map(({ refreshToken }) => refreshToken)).size).toBe(1);
    await waitFor(db, day);
    const next = await refreshSession(db, quiet, tabs[0]?.refreshToken ?? '');
    expect(next.sessionId).toBe(first.sessionId);
  }));

test('an owner and a thief who both go on, one from the older token, end the session for both', () =>
  withRollback(async (db) => {
    const first = await open(db);
    const ahead = await refreshSession(db, quiet, first.refreshToken);
    await waitFor(db, 10_001);
    const behind = await refreshSession(db, quiet, first.refreshToken);
    expect(behind.refreshToken).not.toBe(ahead.refreshToken);
    const news = listen();
    await expect(refreshSession(db, news, ahead.refreshToken)).rejects.toMatchObject(ended);
    expect(news.announced).toEqual([first.userId]);
    await expect(refreshSession(db, quiet, behind.refreshToken)).rejects.toMatchObject(ended);
    expect(await isOpen(db, first)).toBe(false);
  }));

test.each([
  ['twice, the last time over 10 seconds ago', 2],
  ['several times since, as when a thief refreshes first', 3],
])('a token that was replaced %s ends the session for everybody', (_when, refreshes) =>
  withRollback(async (db) => {
    const first = await open(db);
    let last = first;
    for (let time = 0; time < refreshes; time++) {
      last = await refreshSession(db, quiet, last.refreshToken);
      await waitFor(db, 10_001);
    }
    const news = listen();
    await expect(refreshSession(db, news, first.refreshToken)).rejects.toMatchObject(ended);
    expect(news.announced).toEqual([first.userId]);
    expect(await isOpen(db, first)).toBe(false);
    await expect(refreshSession(db, quiet, last.refreshToken)).rejects.toMatchObject(ended);
  }),
);

test('a client that does nothing but refresh keeps the row small', () =>
  withRollback(async (db) => {
    let session = await open(db);
    for (let time = 0; time < 25; time++) session = await refreshSession(db, quiet, session.refreshToken);
    const { replacedTokens } = await db.session.findUniqueOrThrow({ where: { id: session.sessionId } });
    expect(replacedTokens).toHaveLength(20);
    await waitFor(db, 10_001);
    await refreshSession(db, quiet, session.refreshToken);
    const later = await db.session.findUniqueOrThrow({ where: { id: session.sessionId } });
    expect(later.replacedTokens).toHaveLength(1);
  }));

test.each<[string, (db: Db, session: OpenSession) => Promise<unknown>]>([
  ['a session that was ended', (db, { userId }) => endSessions(db, userId)],
  ['a session that nobody refreshed for 30 days', (db) => waitFor(db, 30 * day + 1000)],
  [
    'a user who is switched off',
    (db, { userId: id }) => db.user.update({ where: { id }, data: { active: false } }),
  ],
  ['a user who is gone', (db, { userId: id }) => db.user.delete({ where: { id } })],
])('the token of %s is refused', (_what, change) =>
  withRollback(async (db) => {
    const session = await open(db);
    await change(db, session);
    await expect(refreshSession(db, quiet, session.refreshToken)).rejects.toMatchObject(ended);
  }),
);

test.each(['', 'x', `${'a'.repeat(22)}.${'b'.repeat(43)}`, 'a\0', 'x'.repeat(1e6)])(
  'a text that is the token of no session is refused, and nothing happens',
  (text) =>
    withRollback(async (db) => {
      const session = await open(db);
      await expect(refreshSession(db, quiet, text)).rejects.toMatchObject(ended);
      expect(await isOpen(db, session)).toBe(true);
    }),
);

test('signing out ends the session of the cookie and that of the access token, once, and no other', () =>
  withRollback(async (db) => {
    const user = await buildUser(db);
    const [one, two, other] = [await open(db, user), await open(db, user), await open(db, user)];
    const replaced = await refreshSession(db, quiet, one.refreshToken);
    const news = listen();
    const own = { sessionId: two.sessionId, refreshToken: one.refreshToken };
    expect(await signOut(db, news, own)).toBe(2);
    expect(new Set(news.announced)).toEqual(new Set([user.id]));
    expect([await isOpen(db, one), await isOpen(db, two), await isOpen(db, other)]).toEqual([
      false,
      false,
      true,
    ]);
    expect(await signOut(db, quiet, own)).toBe(0);
    expect(await signOut(db, quiet, { sessionId: null, refreshToken: null })).toBe(0);
    expect(await signOut(db, quiet, { sessionId: null, refreshToken: 'x' })).toBe(0);
    await expect(refreshSession(db, quiet, replaced.refreshToken)).rejects.toMatchObject(ended);
  }));

test('signing out everywhere ends all sessions of the user, and of nobody else', () =>
  withRollback(async (db) => {
    const user = await buildUser(db);
    const [one, two, strange] = [await open(db, user), await open(db, user), await open(db)];
    const news = listen();
    expect(await signOutEverywhere(db, news, user.id)).toBe(2);
    expect(news.announced).toEqual([user.id]);
    expect([await isOpen(db, one), await isOpen(db, two), await isOpen(db, strange)]).toEqual([
      false,
      false,
      true,
    ]);
  }));

test('a session that is ended while it is refreshed stays ended', () =>
  withDatabase(async ({ db }) => {
    const session = await open(db);
    const refreshing = Array.from({ length: 10 }, () =>
      refreshSession(db, quiet, session.refreshToken).catch(() => null),
    );
    await Promise.all([...refreshing, endSessions(db, session.userId)]);
    expect(await isOpen(db, session)).toBe(false);
  }));
