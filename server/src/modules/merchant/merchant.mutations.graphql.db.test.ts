// @module-tag merchant
// @module-tag db
import { expect, test } from 'vitest';
import { buildMerchant, buildUser } from '../../../test/builders.ts';
import { withRollback } from '../../../test/database.ts';
import { execute, signedInAdmin } from '../../../test/execute.ts';
import { globalIdOf } from '../../../test/global-id.ts';
import { mutate } from '../../../test/mutating.ts';
import { createLog } from '../../platform/log.ts';

const createSource = `mutation ($input: CreateMerchantInput!) { createMerchant(input: $input) {
  ... on UserError { code path }
  ... on CreateMerchantPayload { merchant { name contactEmail vatNumber active owner { name } stores { totalCount } } } } }`;

test('a merchant is made for an owner by email or by id', () =>
  withRollback(async (db) => {
    const owner = await buildUser(db, { name: 'Owner' });
    for (const by of [{ ownerEmail: owner.email }, { ownerId: globalIdOf('User', owner.id) }]) {
      const input = { name: 'Maison', contactEmail: 'office@maison.example', vatNumber: 'lu12345678', ...by };
      const { data } = await execute({ db }, await signedInAdmin(db), createSource, { input });
      expect(data).toEqual({
        createMerchant: {
          merchant: {
            ...{ name: 'Maison', contactEmail: 'office@maison.example', vatNumber: 'LU12345678' },
            ...{ active: true, owner: { name: 'Owner' }, stores: { totalCount: 0 } },
          },
        },
      });
    }
  }));

test.each([
  ['no owner', {}, 'INVALID_INPUT', ['ownerEmail']],
  ['two owners', { ownerId: 'x', ownerEmail: 'a@maison.example' }, 'INVALID_INPUT', ['ownerEmail']],
  ['an owner who is no user', { ownerId: globalIdOf('Store', 'x') }, 'MERCHANT_OWNER_NOT_FOUND', ['ownerId']],
  [
    'an owner who is not there',
    { ownerEmail: 'a@maison.example' },
    'MERCHANT_OWNER_NOT_FOUND',
    ['ownerEmail'],
  ],
])('a merchant with %s is refused', (_what, owner, code, path) =>
  withRollback(async (db) => {
    const input = { name: 'Maison', contactEmail: 'office@maison.example', ...owner };
    const { data } = await execute({ db }, await signedInAdmin(db), createSource, { input });
    expect(data).toEqual({ createMerchant: { code, path } });
    expect(await db.merchant.count()).toBe(0);
  }),
);

test('the log tells who owns a merchant from then on, whether it is on, and who said so', () =>
  withRollback(async (db) => {
    const viewer = await signedInAdmin(db);
    const [owner, next] = [await buildUser(db), await buildUser(db)];
    const lines: string[] = [];
    const services = { db, log: createLog('info', { write: (line) => lines.push(line) }) };
    const made = { name: 'Maison', contactEmail: 'office@maison.example', ownerEmail: owner.email };
    await mutate(services, viewer, 'createMerchant', made, '__typename');
    const { id: merchantId } = await db.merchant.findFirstOrThrow();
    for (const change of [{ name: 'Atelier' }, { ownerEmail: next.email }, { active: false }])
      await mutate(
        services,
        viewer,
        'updateMerchant',
        { id: globalIdOf('Merchant', merchantId), ...change },
        '__typename',
      );
    const said = { level: 30, merchantId, byUserId: viewer?.id };
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { ...said, msg: 'merchant created', ownerId: owner.id },
      { ...said, msg: 'owner or state of a merchant changed', ownerId: next.id, active: true },
      { ...said, msg: 'owner or state of a merchant changed', ownerId: next.id, active: false },
    ]);
  }));

test('merchants are found by a part of their name or of their contact address', () =>
  withRollback(async (db) => {
    await buildMerchant(db, { name: 'Maison Weber', contactEmail: 'hello@weber.example' });
    await buildMerchant(db, { name: 'Ateliers', contactEmail: 'office@kirchberg.example' });
    const viewer = await signedInAdmin(db);
    const search = async (text: string) => {
      const source = `{ merchants(search: "${text}") { totalCount edges { node { name } } } }`;
      const { data } = await execute<{ merchants: { edges: { node: { name: string } }[] } }>(
        { db },
        viewer,
        source,
      );
      return data?.merchants.edges.map(({ node }) => node.name);
    };
    expect(await search('WEBER')).toEqual(['Maison Weber']);
    expect(await search('kirch')).toEqual(['Ateliers']);
    expect(await search('')).toEqual(['Ateliers', 'Maison Weber']);
    expect(await search('%')).toEqual([]);
  }));
