// @module-tag user
// @module-tag db
import { expect, test } from 'vitest';
import { buildUser } from '../../../test/builders.ts';
import { withDatabase, withRollback } from '../../../test/database.ts';
import type { Db } from '../../platform/database.ts';
import { LoginGuard } from './login-guard.ts';
import { hashPassword } from './password.ts';
import { endSessions } from './session.end.ts';
import { nobodysPasswordHash, openSession, signIn } from './session.service.ts';
import { loadViewer } from './viewer.ts';

const password = 'correct horse battery';
const passwordHash = await hashPassword(password);
const email = 'boss@shop.example';
const address = '192.0.2.1';

const signInAs = (db: Db, change: { email?: string; password?: string } = {}, guard = new LoginGuard()) =>
  signIn(db, guard, { email, password, address, ...change });

test('the right password opens a session of 30 days, of whose cookie only hashes are stored', () =>
  withRollback(async (db) => {
    const user = await buildUser(db, { email, passwordHash });
    const session = await signInAs(db, { email: ' BOSS@shop.example' });
    const days = (session.expiresAt.getTime() - Date.now()) / 86_400_000;
    expect(days).toBeCloseTo(30, 1);
    expect((await loadViewer(db, session.sessionId))?.id).toBe(user.id);
    const stored = JSON.stringify(await db.session.findMany());
    for (const part of session.refreshToken.split('.')) expect(stored).not.toContain(part);
  }));

test.each([
  ['a wrong password', { password: `${password} ` }, {}],
  ['an account that nobody has', { email: 'nobody@shop.example' }, {}],
  ['an address that is none', { email: 'a\0b' }, {}],
  ['an account that is switched off', {}, { active: false }],
  ['an account without a password', {}, { passwordHash: '!' }],
])('%s is refused, with the same words', (_what, change, values) =>
  withRollback(async (db) => {
    await buildUser(db, { email, passwordHash, ...values });
    await expect(signInAs(db, change)).rejects.toMatchObject({
      code: 'INVALID_CREDENTIALS',
      message: 'No active account has this email address and this password.',
      path: null,
    });
    expect(await db.session.count()).toBe(0);
  }),
);

test('a refusal takes as long without an account as with one', () =>
  withRollback(async (db) => {
    await buildUser(db, { email, passwordHash });
    await buildUser(db, { email: 'off@shop.example', passwordHash: '!', active: false });
    const timeOf = async (who: string) => {
      const started = performance.now();
      await signInAs(db, { email: who, password: 'wrong' }).catch(() => {});
      return performance.now() - started;
    };
    const fastest = async (who: string) => Math.min(await timeOf(who), await timeOf(who), await timeOf(who));
    const known = await fastest(email);
    expect(await fastest('nobody@shop.example')).toBeGreaterThan(known / 2);
    expect(await fastest('off@shop.example')).toBeGreaterThan(known / 2);
    const costs = (hash: string) => hash.split('$').slice(0, 4);
    expect(costs(nobodysPasswordHash)).toEqual(costs(passwordHash));
  }));

test('an account is locked after 10 failures, whether anybody has it or not, for the right password too', () =>
  withRollback(async (db) => {
    await buildUser(db, { email, passwordHash });
    const guard = new LoginGuard();
    for (const who of [email, 'nobody@shop.example']) {
      const attempts = Array.from({ length: 11 }, () => ({ email: who, password: 'wrong' }));
      const codes: unknown[] = [];
      for (const attempt of attempts)
        await signInAs(db, attempt, guard).catch(({ code }) => codes.push(code));
      expect(codes).toEqual([...Array<string>(10).fill('INVALID_CREDENTIALS'), 'TOO_MANY_ATTEMPTS']);
    }
    await expect(signInAs(db, {}, guard)).rejects.toMatchObject({ code: 'TOO_MANY_ATTEMPTS' });
  }));

/** Resolves when some statement of this database waits for a lock. */
async function someoneWaits(db: Db): Promise<void> {
  const waiting = async () => {
    const [row] = await db.$queryRaw<{ count: bigint }[]>`
      SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    return row?.count;
  };
  await expect.poll(waiting).toBe(1n);
}

test.each([
  ['with a password that is being changed', { passwordHash: 'another' }],
  ['for an account that is being switched off', { active: false }],
])('no session is opened %s', (_what, data) =>
  withDatabase(async ({ db }) => {
    const user = await buildUser(db, { passwordHash });
    const opening = await db.$transaction(async (transaction) => {
      await transaction.user.update({ where: { id: user.id }, data });
      await endSessions(transaction, user.id);
      const opened = openSession(db, user);
      await Promise.race([opened, someoneWaits(db)]);
      return { opened };
    });
    expect(await opening.opened).toBeNull();
    expect(await db.session.count()).toBe(0);
  }),
);

test('sessions that ended over a day ago are forgotten when their user signs in', () =>
  withRollback(async (db) => {
    const user = await buildUser(db, { email, passwordHash });
    const days = (count: number) => new Date(Date.now() + count * 86_400_000);
    const sessions = [
      { refreshTokenHash: 'expired', expiresAt: days(-2) },
      { refreshTokenHash: 'ended', expiresAt: days(20), revokedAt: days(-2) },
      { refreshTokenHash: 'ended today', expiresAt: days(20), revokedAt: days(-0.1) },
      { refreshTokenHash: 'open', expiresAt: days(20) },
    ];
    await db.session.createMany({ data: sessions.map((session) => ({ ...session, userId: user.id })) });
    const { sessionId } = await signInAs(db);
    const left = await db.session.findMany({ where: { id: { not: sessionId } } });
    expect(left.map(({ refreshTokenHash }) => refreshTokenHash).sort()).toEqual(['ended today', 'open']);
  }));
