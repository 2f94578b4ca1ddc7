// @module-tag user
// @module-tag db
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { buildUser } from '../../../test/builders.ts';
import { withDatabase, withRollback } from '../../../test/database.ts';
import type { Db } from '../../platform/database.ts';
import { LoginGuard } from './login-guard.ts';
import { hashPassword, isPassword } from './password.ts';
import { openSession } from './session.service.ts';
import { changePassword, updateUser } from './user.update.ts';
import { loadViewers } from './viewer.ts';

const password = 'correct horse battery';
const passwordHash = await hashPassword(password);
const another = 'another horse battery';
const address = '192.0.2.1';
const quiet = { announce: () => {} };
const buildAdmin = (db: Db) => buildUser(db, { platformAdmin: true });
const openCount = (db: Db, userId: string) => db.session.count({ where: { userId, revokedAt: null } });

test('what is given is changed, and the rest stays', () =>
  withRollback(async (db) => {
    const user = await buildUser(db, { passwordHash });
    await openSession(db, user);
    const changes = { name: ' New name ', email: 'NEW@shop.example', platformAdmin: true, active: null };
    const changed = await updateUser(db, quiet, user.id, changes);
    const expected = { name: 'New name', email: 'new@shop.example', platformAdmin: true };
    expect(changed).toMatchObject({ ...user, ...expected, updatedAt: changed.updatedAt });
    expect(await openCount(db, user.id)).toBe(1);
  }));

test.each([
  ['another password', { password: another }],
  ['being switched off', { active: false }],
])('%s ends all sessions of the user, and says so', (_what, changes) =>
  withRollback(async (db) => {
    const [user, other] = [await buildUser(db), await buildUser(db)];
    for (const who of [user, user, other]) await openSession(db, who);
    const announced: string[] = [];
    await updateUser(db, { announce: (ids) => announced.push(...ids) }, user.id, changes);
    expect([await openCount(db, user.id), await openCount(db, other.id)]).toEqual([0, 1]);
    expect(announced).toEqual([user.id]);
  }),
);

test.each([
  ['an address that is none', { email: 'a@b' }, 'EMAIL_MALFORMED'],
  ['an address that somebody has', { email: 'TAKEN@shop.example' }, 'EMAIL_TAKEN'],
  ['a weak password', { password: 'password' }, 'PASSWORD_TOO_WEAK'],
  [
    'the new address as password',
    { email: 'newcomer@shop.example', password: 'newcomer@shop.example' },
    'PASSWORD_TOO_WEAK',
  ],
])('%s is refused, and nothing is changed', (_what, changes, code) =>
  withDatabase(async ({ db }) => {
    await buildUser(db, { email: 'taken@shop.example' });
    const user = await buildUser(db);
    const updating = updateUser(db, quiet, user.id, { name: 'New name', ...changes });
    await expect(updating).rejects.toMatchObject({ code });
    expect(await db.user.findUnique({ where: { id: user.id } })).toEqual(user);
  }),
);

test('there is no user of a strange id', () =>
  withRollback(async (db) => {
    const updating = updateUser(db, quiet, randomUUID(), { name: 'x' });
    await expect(updating).rejects.toMatchObject({ code: 'USER_NOT_FOUND' });
  }));

test.each([
  ['active', { active: false }],
  ['platformAdmin', { platformAdmin: false }],
])('the last active admin stays one (%s)', (field, changes) =>
  withRollback(async (db) => {
    const admin = await buildAdmin(db);
    await buildUser(db, { platformAdmin: true, active: false });
    await buildUser(db);
    const updating = updateUser(db, quiet, admin.id, changes);
    await expect(updating).rejects.toMatchObject({ code: 'LAST_ADMIN', path: [field] });
    const second = await buildAdmin(db);
    await updateUser(db, quiet, admin.id, changes);
    await expect(updateUser(db, quiet, second.id, changes)).rejects.toMatchObject({ code: 'LAST_ADMIN' });
  }),
);

test('somebody who is no active admin can be switched off, whoever else there is', () =>
  withRollback(async (db) => {
    await buildAdmin(db);
    const off = await buildUser(db, { platformAdmin: true, active: false });
    expect((await updateUser(db, quiet, off.id, { platformAdmin: false })).platformAdmin).toBe(false);
    const user = await buildUser(db);
    expect((await updateUser(db, quiet, user.id, { active: false })).active).toBe(false);
  }));

test('of admins who demote each other at once, one is left', () =>
  withDatabase(async ({ db }) => {
    const admins = await Promise.all(Array.from({ length: 6 }, () => buildAdmin(db)));
    const demoting = admins.map(({ id }) => updateUser(db, quiet, id, { platformAdmin: false }));
    const results = await Promise.allSettled(demoting);
    const refused = results.flatMap((result) =>
      result.status === 'rejected' ? [result.reason as unknown] : [],
    );
    expect(refused).toEqual([expect.objectContaining({ code: 'LAST_ADMIN' })]);
    expect(await db.user.count({ where: { platformAdmin: true } })).toBe(1);
  }));

const services = () => ({ accessNews: quiet, loginGuard: new LoginGuard() });
const change = { currentPassword: password, password: another, address };

test('who changes the own password goes on in a new session, and in no other', () =>
  withRollback(async (db) => {
    const user = await buildUser(db, { passwordHash });
    const before = await openSession(db, user);
    const session = await changePassword(db, services(), { ...change, userId: user.id });
    const open = await loadViewers(db, [session.sessionId, before?.sessionId ?? '']);
    expect([...open.keys()]).toEqual([session.sessionId]);
    const stored = await db.user.findUniqueOrThrow({ where: { id: user.id } });
    expect(await isPassword(another, stored.passwordHash)).toBe(true);
  }));

test('of two who change it at once, one does', () =>
  withDatabase(async ({ db }) => {
    const user = await buildUser(db, { passwordHash });
    const changing = ['one horse battery', 'two horse battery'].map((next) =>
      changePassword(db, services(), { ...change, password: next, userId: user.id }),
    );
    const results = await Promise.allSettled(changing);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await openCount(db, user.id)).toBe(1);
  }));

test.each([
  ['a wrong current password', { currentPassword: another }, 'WRONG_PASSWORD'],
  ['a weak new one', { password: 'weak' }, 'PASSWORD_TOO_WEAK'],
])('%s changes nothing, and ends no session', (_what, wrong, code) =>
  withRollback(async (db) => {
    const user = await buildUser(db, { passwordHash });
    await openSession(db, user);
    const changing = changePassword(db, services(), { ...change, ...wrong, userId: user.id });
    await expect(changing).rejects.toMatchObject({ code });
    expect(await openCount(db, user.id)).toBe(1);
  }),
);

test('the current password cannot be guessed either', () =>
  withRollback(async (db) => {
    const user = await buildUser(db, { passwordHash });
    const shared = services();
    const guess = () => changePassword(db, shared, { ...change, currentPassword: 'wrong', userId: user.id });
    const codes: unknown[] = [];
    for (let time = 0; time < 11; time++) await guess().catch(({ code }) => codes.push(code));
    expect(codes.filter((code) => code === 'WRONG_PASSWORD')).toHaveLength(10);
    expect(codes.at(-1)).toBe('TOO_MANY_ATTEMPTS');
  }));
