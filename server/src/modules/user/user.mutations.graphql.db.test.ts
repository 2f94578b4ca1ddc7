// @module-tag user
// @module-tag db
import { encodeGlobalID } from '@pothos/plugin-relay';
import { expect, test } from 'vitest';
import { buildMerchant, buildStore, buildUser } from '../../../test/builders.ts';
import { withRollback } from '../../../test/database.ts';
import { execute, signedIn } from '../../../test/execute.ts';
import { mutate } from '../../../test/mutating.ts';
import type { User } from '../../generated/prisma/client.ts';
import type { Db } from '../../platform/database.ts';
import { createLog } from '../../platform/log.ts';
import { isPassword } from './password.ts';

type Role = 'signed out' | 'admin' | 'owner' | 'self';
const password = 'another horse battery';

/** A member of staff, who is to be changed, and those around. */
async function buildPeople(db: Db): Promise<Record<Role, User | null> & { readonly self: User }> {
  const [admin, owner, self] = [
    await buildUser(db, { platformAdmin: true }),
    await buildUser(db),
    await buildUser(db),
  ];
  const merchant = await buildMerchant(db, { ownerId: owner.id });
  const store = await buildStore(db, { merchantId: merchant.id });
  await db.storeMember.create({ data: { storeId: store.id, userId: self.id, role: 'STAFF' } });
  return { 'signed out': null, admin, owner, self };
}

/** The code of what the mutation gave: of the refusal or of the fault; `done` for its payload. */
async function outcome(db: Db, user: User | null, name: string, input: object): Promise<string> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const source = `mutation ($input: ${type}Input!) { ${name}(input: $input) { __typename ... on UserError { code } ... on ${type}Payload { user { id email } } } }`;
  const { data, errors } = await execute<Record<string, { __typename: string; code?: string }>>(
    { db },
    await signedIn(db, user),
    source,
    { input },
  );
  if (errors) return String(errors[0]?.extensions['code']);
  return data?.[name]?.code ?? 'done';
}

test('the log tells which accounts and members changed, who did it, and no password', () =>
  withRollback(async (db) => {
    const { admin, owner } = await buildPeople(db);
    const viewer = await signedIn(db, admin);
    const lines: string[] = [];
    const services = { db, log: createLog('info', { write: (line) => lines.push(line) }) };
    await mutate(services, viewer, 'createUser', { ...newUser, platformAdmin: true }, '__typename');
    const id = encodeGlobalID('User', owner?.id ?? '');
    await mutate(services, viewer, 'updateUser', { id, password, active: false }, '__typename');
    const { code: storeCode } = await buildStore(db);
    const member = { storeCode, email: newUser.email, role: 'STAFF' };
    await mutate(services, viewer, 'addStoreMember', member, '__typename');
    const said = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(said).toMatchObject([
      { msg: 'account created', platformAdmin: true },
      { msg: 'account changed', userId: owner?.id, active: false, changed: ['active', 'password'] },
      { msg: 'member added to a store', role: 'STAFF' },
    ]);
    for (const line of said) expect(line).toMatchObject({ level: 30, byUserId: admin?.id });
    expect(lines.join()).not.toContain(password);
  }));

const newUser = { email: 'New@shop.example', name: ' New ', password };

test.each<[Role, string]>([
  ['signed out', 'UNAUTHENTICATED'],
  ['admin', 'done'],
  ['owner', 'FORBIDDEN'],
  ['self', 'FORBIDDEN'],
])('createUser as %s: %s', (role, expected) =>
  withRollback(async (db) => {
    const people = await buildPeople(db);
    expect(await outcome(db, people[role], 'createUser', newUser)).toBe(expected);
    const made = await db.user.findUnique({ where: { email: 'new@shop.example' } });
    if (expected !== 'done') expect(made).toBeNull();
    else expect(made).toMatchObject({ name: 'New', platformAdmin: false, active: true });
  }),
);

test.each([
  ['an address that is none', { email: 'x' }, 'EMAIL_MALFORMED'],
  ['an address of control characters', { email: 'a\0@shop.example' }, 'INVALID_INPUT'],
  ['a weak password', { password: 'short' }, 'PASSWORD_TOO_WEAK'],
  ['a password of 2 MB', { password: 'long '.repeat(4e5) }, 'PASSWORD_TOO_WEAK'],
  ['a blank name', { name: ' ' }, 'INVALID_INPUT'],
  ['a long name', { name: 'x'.repeat(101) }, 'INVALID_INPUT'],
])('createUser with %s is refused', (_what, change, code) =>
  withRollback(async (db) => {
    const { admin } = await buildPeople(db);
    expect(await outcome(db, admin, 'createUser', { ...newUser, ...change })).toBe(code);
  }),
);

test('an address is given to one account', () =>
  withRollback(async (db) => {
    const { admin } = await buildPeople(db);
    await outcome(db, admin, 'createUser', newUser);
    expect(await outcome(db, admin, 'createUser', newUser)).toBe('EMAIL_TAKEN');
  }));

const name = { name: 'Another' };

test.each<[Role, object, string]>([
  ['signed out', name, 'UNAUTHENTICATED'],
  ['admin', name, 'done'],
  ['owner', name, 'USER_NOT_FOUND'],
  ['self', name, 'done'],
  ['self', { ...name, email: null, active: null, platformAdmin: null, password: null }, 'done'],
  ['self', { platformAdmin: true }, 'FORBIDDEN'],
  ['self', { active: true }, 'FORBIDDEN'],
  ['self', { email: 'self@shop.example' }, 'FORBIDDEN'],
  ['self', { password }, 'FORBIDDEN'],
  ['owner', { active: false }, 'USER_NOT_FOUND'],
  ['admin', { active: false, platformAdmin: true, email: 'self@shop.example' }, 'done'],
  ['admin', { email: 'self' }, 'EMAIL_MALFORMED'],
])('updateUser as %s with %j: %s', (role, changes, expected) =>
  withRollback(async (db) => {
    const people = await buildPeople(db);
    const id = encodeGlobalID('User', people.self.id);
    expect(await outcome(db, people[role], 'updateUser', { id, ...changes })).toBe(expected);
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== null));
    const stored = await db.user.findUniqueOrThrow({ where: { id: people.self.id } });
    expect(stored).toMatchObject(expected === 'done' ? given : people.self);
  }),
);

test('an admin can give somebody another password, and cannot switch the last admin off', () =>
  withRollback(async (db) => {
    const { admin, self } = await buildPeople(db);
    const id = encodeGlobalID('User', self.id);
    expect(await outcome(db, admin, 'updateUser', { id, password })).toBe('done');
    const { passwordHash } = await db.user.findUniqueOrThrow({ where: { id: self.id } });
    expect(await isPassword(password, passwordHash)).toBe(true);
    const own = { id: encodeGlobalID('User', admin?.id ?? ''), active: false };
    expect(await outcome(db, admin, 'updateUser', own)).toBe('LAST_ADMIN');
  }));

test.each([
  '',
  'x',
  encodeGlobalID('Store', '0198aaaa-0000-7000-8000-000000000000'),
  encodeGlobalID('User', 'x'),
])('the id "%s" is of no user', (id) =>
  withRollback(async (db) => {
    const { admin } = await buildPeople(db);
    expect(await outcome(db, admin, 'updateUser', { id, ...name })).toBe('USER_NOT_FOUND');
  }),
);
