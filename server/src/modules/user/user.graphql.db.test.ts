// @module-tag user
// @module-tag db
import { encodeGlobalID } from '@pothos/plugin-relay';
import { expect, test } from 'vitest';
import { buildMerchant, buildStore, buildUser } from '../../../test/builders.ts';
import { withDatabase, withRollback } from '../../../test/database.ts';
import { execute, signedIn } from '../../../test/execute.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import type { Viewer } from '../../graphql/viewer.ts';
import type { Database, Db } from '../../platform/database.ts';

const roles = ['signed out', 'admin', 'owner', 'manager', 'staff', 'other'] as const;
type Role = (typeof roles)[number];

/** A store with its people, and the owner of another merchant. */
async function buildPeople(db: Db) {
  const name = (text: string) => buildUser(db, { name: text, email: `${text}@shop.example` });
  const [owner, manager, staff, other] = [
    await name('owner'),
    await name('manager'),
    await name('staff'),
    await name('other'),
  ];
  const admin = await buildUser(db, { name: 'admin', email: 'admin@shop.example', platformAdmin: true });
  const merchant = await buildMerchant(db, { ownerId: owner.id, name: 'Own merchant' });
  const store = await buildStore(db, { merchantId: merchant.id });
  const otherMerchant = await buildMerchant(db, { ownerId: other.id, name: 'Other merchant' });
  const otherStore = await buildStore(db, { merchantId: otherMerchant.id });
  await db.storeMember.createMany({
    data: [
      { storeId: store.id, userId: manager.id, role: 'MANAGER' },
      { storeId: store.id, userId: staff.id, role: 'STAFF' },
      // Works for both, which neither is to know.
      { storeId: otherStore.id, userId: staff.id, role: 'STAFF' },
    ],
  });
  const users = { 'signed out': null, admin, owner, manager, staff, other };
  const viewers = new Map<Role, Viewer | null>();
  for (const role of roles) viewers.set(role, await signedIn(db, users[role]));
  return { admin, owner, manager, staff, other, store, viewerOf: (role: Role) => viewers.get(role) ?? null };
}

const own = 'name email platformAdmin active createdAt memberships { role } merchants { name }';

test('everybody sees all of themselves, and nobody is somebody', () =>
  withRollback(async (db) => {
    const { viewerOf } = await buildPeople(db);
    for (const role of roles) {
      const { data, errors } = await execute(
        viewerOf(role) ? { db } : { db },
        viewerOf(role),
        `{ viewer { ${own} } }`,
      );
      expect(errors).toBeUndefined();
      const self = {
        name: role,
        email: `${role}@shop.example`,
        active: true,
        platformAdmin: role === 'admin',
      };
      expect(data).toMatchObject({ viewer: role === 'signed out' ? null : self });
    }
  }));

test.each<[Role, string | null]>([
  ['signed out', null],
  ['admin', 'staff'],
  ['owner', null],
  ['manager', null],
  ['staff', 'staff'],
  ['other', null],
])('by the global id of a member of staff, %s finds %s', (role, found) =>
  withRollback(async (db) => {
    const { staff, viewerOf } = await buildPeople(db);
    const id = encodeGlobalID('User', staff.id);
    const source = 'query ($id: ID!) { node(id: $id) { ... on User { name } } nodes(ids: [$id]) { id } }';
    const { data } = await execute<{ node: unknown; nodes: unknown[] }>({ db }, viewerOf(role), source, {
      id,
    });
    expect(data?.node).toEqual(found === null ? null : { name: found });
    expect(data?.nodes).toEqual([found === null ? null : { id }]);
  }),
);

interface Person {
  readonly email: string | null;
  readonly platformAdmin: boolean | null;
  readonly active: boolean | null;
  readonly createdAt: string | null;
  readonly memberships: { store: { code: string } }[];
  readonly merchants: unknown[];
}

/** How the viewer sees the user of a membership. */
async function memberAsSeen(db: Db, viewer: Viewer | null, where: Prisma.StoreMemberWhereInput) {
  const { id } = await db.storeMember.findFirstOrThrow({ where });
  const fields = 'email platformAdmin active createdAt memberships { store { code } } merchants { name }';
  const source = `query ($id: ID!) { node(id: $id) { ... on StoreMember { user { ${fields} } } } }`;
  const variables = { id: encodeGlobalID('StoreMember', id) };
  const result = await execute<{ node: { user: Person } }>({ db }, viewer, source, variables);
  expect(result.errors).toBeUndefined();
  return result.data?.node.user;
}

test.each<['owner' | 'manager']>([['owner'], ['manager']])(
  '%s sees name and email of a member, and nothing of what the member does elsewhere',
  (role) =>
    withRollback(async (db) => {
      const { staff, store, viewerOf } = await buildPeople(db);
      const where = { userId: staff.id, storeId: store.id };
      expect(await memberAsSeen(db, viewerOf(role), where)).toEqual({
        email: staff.email,
        platformAdmin: null,
        active: null,
        createdAt: null,
        memberships: [{ store: { code: store.code } }],
        merchants: [],
      });
    }),
);

test.each<[Role, string[] | string]>([
  ['signed out', 'UNAUTHENTICATED'],
  ['admin', ['admin', 'manager', 'other', 'owner', 'staff']],
  ['owner', 'FORBIDDEN'],
  ['manager', 'FORBIDDEN'],
  ['staff', 'FORBIDDEN'],
  ['other', 'FORBIDDEN'],
])('the list of users, as %s: %s', (role, expected) =>
  withRollback(async (db) => {
    const { viewerOf } = await buildPeople(db);
    const source = '{ users(search: "SHOP.ex") { totalCount edges { node { name } } } }';
    const { data, errors } = await execute<List>({ db }, viewerOf(role), source);
    if (typeof expected === 'string') expect(errors).toMatchObject([{ extensions: { code: expected } }]);
    else expect(namesOf(data)).toEqual(expected);
  }),
);

interface List {
  readonly users: {
    readonly totalCount?: number;
    readonly pageInfo: { readonly endCursor: string; readonly hasNextPage: boolean };
    readonly edges: readonly { readonly node: { readonly name: string } }[];
  };
}

const namesOf = (data: List | null | undefined) => data?.users.edges.map(({ node }) => node.name);

test.each([
  ['%', ['100% off']],
  ['_', ['snake_case']],
  ['\\', ['back\\slash']],
  ['ÉLO', ['élodie']],
  ['  ', ['100% off', 'back\\slash', 'snake_case', 'élodie']],
  ['\0', ['100% off', 'back\\slash', 'snake_case', 'élodie']],
  ["' OR true --", []],
])('searching for "%s" finds what has it, character by character', (search, found) =>
  withRollback(async (db) => {
    const names = ['100% off', 'back\\slash', 'snake_case', 'élodie'];
    for (const [at, name] of names.entries()) await buildUser(db, { name, email: `user-${at}@shop.example` });
    const admin = await buildUser(db, { platformAdmin: true, email: 'zz@shop.example', name: 'zz' });
    const source = 'query ($search: String) { users(search: $search) { edges { node { name } } } }';
    const { data } = await execute<List>({ db }, await signedIn(db, admin), source, { search });
    expect(namesOf(data)?.filter((name) => name !== 'zz')).toEqual(found);
  }),
);

test('pages of users have everybody once, forwards and backwards', () =>
  withRollback(async (db) => {
    const admin = await buildUser(db, { platformAdmin: true, name: 'a', email: 'a@shop.example' });
    for (const name of ['b', 'c', 'd', 'e']) await buildUser(db, { name, email: `${name}@shop.example` });
    const viewer = await signedIn(db, admin);
    const page = async (args: string) =>
      (
        await execute<List>(
          { db },
          viewer,
          `{ users(${args}) { totalCount pageInfo { endCursor hasNextPage } edges { node { name } } } }`,
        )
      ).data;
    const first = await page('first: 2');
    const second = await page(`first: 2, after: "${first?.users.pageInfo.endCursor}"`);
    const third = await page(`first: 2, after: "${second?.users.pageInfo.endCursor}"`);
    expect([first, second, third].map(namesOf)).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
    expect(third?.users).toMatchObject({ totalCount: 5, pageInfo: { hasNextPage: false } });
    expect(namesOf(await page('last: 2'))).toEqual(['d', 'e']);
  }));

test('a hundred users with all of theirs take as many statements as one', () =>
  withDatabase(async ({ db }) => {
    const { viewerOf } = await buildPeople(db);
    const count = async (first: number) => {
      let statements = 0;
      const counting = db.$extends({
        query: { $allOperations: ({ args, query }) => (statements++, query(args)) },
      }) as unknown as Database['db'];
      const source = `{ users(first: ${first}) { edges { node { ${own} } } } }`;
      // Measured already: more than one operation may ask for, so that a statement for each would show.
      const services = { db: counting, measured: true };
      const { errors } = await execute(services, viewerOf('admin'), source);
      expect(errors).toBeUndefined();
      return statements;
    };
    const few = await count(1);
    for (let at = 0; at < 100; at++) await buildMerchant(db);
    expect(await count(100)).toBe(few);
  }));

test('a search among very many users reads an index, and so does a deep page', () =>
  withDatabase(async ({ db }) => {
    await db.$executeRaw`
      INSERT INTO users (id, email, password_hash, name)
      SELECT gen_random_uuid(), md5(n::text) || '@shop.example', '!', md5((n + 1)::text) FROM generate_series(1, 20000) n`;
    await db.$executeRaw`ANALYZE users`;
    const planOf = (where: Prisma.Sql) =>
      db.$transaction(async (transaction) => {
        // Of so few rows the planner would rather read all; what counts is that it need not.
        await transaction.$executeRaw`SET LOCAL enable_seqscan = off`;
        return JSON.stringify(
          await transaction.$queryRaw`EXPLAIN SELECT id FROM users WHERE ${where} ORDER BY email ASC LIMIT 21`,
        );
      });
    const searched = await planOf(Prisma.sql`(email ILIKE '%abcdef%' OR name ILIKE '%abcdef%') AND true`);
    expect(searched).toContain('users_email_trgm_idx');
    expect(searched).toContain('users_name_trgm_idx');
    const deep = await planOf(Prisma.sql`true AND (email) > ('f'::text::text)`);
    expect(deep).toContain('Index Scan using users_email_key');
    expect(deep).not.toContain('Sort');
  }));
