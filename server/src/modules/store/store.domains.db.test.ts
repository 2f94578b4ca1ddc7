// @module-tag store
// @module-tag db
import { expect, test } from 'vitest';
import { buildStore } from '../../../test/builders.ts';
import { withDatabase, withRollback } from '../../../test/database.ts';
import type { Db } from '../../platform/database.ts';
import {
  addStoreDomain,
  maxStoreDomains,
  removeStoreDomain,
  setPrimaryStoreDomain,
} from './store.domains.ts';

const domainsOf = async (db: Db, storeId: string) => {
  const domains = await db.storeDomain.findMany({ where: { storeId }, orderBy: { hostname: 'asc' } });
  return domains.map(({ hostname, primary }) => (primary ? `${hostname} *` : hostname));
};
const refusals = (results: readonly PromiseSettledResult<unknown>[]) =>
  results.flatMap((result) =>
    result.status === 'rejected' ? [(result.reason as { code: string }).code] : [],
  );

test('the first domain is the primary one, and it is not verified', () =>
  withRollback(async (db) => {
    const { id: storeId } = await buildStore(db);
    expect(await addStoreDomain(db, { storeId, hostname: 'BÜCHER.example' })).toMatchObject({
      hostname: 'xn--bcher-kva.example',
      primary: true,
      verified: false,
    });
    await addStoreDomain(db, { storeId, hostname: 'b.example' });
    expect(await domainsOf(db, storeId)).toEqual(['b.example', 'xn--bcher-kva.example *']);
  }));

test("a hostname that was shown to be a store's belongs to that one only", () =>
  withRollback(async (db) => {
    const own = await buildStore(db, { hostname: 'shop.example' });
    const other = await buildStore(db);
    await db.storeDomain.updateMany({ where: { storeId: own.id }, data: { verified: true } });
    const taken = { code: 'STORE_DOMAIN_TAKEN', path: ['hostname'] };
    const adding = addStoreDomain(db, { storeId: other.id, hostname: 'SHOP.example' });
    await expect(adding).rejects.toMatchObject({
      ...taken,
      message: 'Another store already uses shop.example.',
    });
    const again = addStoreDomain(db, { storeId: own.id, hostname: 'shop.example.' });
    await expect(again).rejects.toMatchObject({ ...taken, message: 'This store uses shop.example already.' });
  }));

test('a hostname added many times at once is there once, and first domains added at once have one primary', () =>
  withDatabase(async ({ db }) => {
    const { id: storeId } = await buildStore(db);
    const hostnames = ['same.example', 'same.example', 'same.example', 'a.example', 'b.example'];
    const results = await Promise.allSettled(
      hostnames.map((hostname) => addStoreDomain(db, { storeId, hostname })),
    );
    expect(refusals(results)).toEqual(['STORE_DOMAIN_TAKEN', 'STORE_DOMAIN_TAKEN']);
    expect(await db.storeDomain.count({ where: { storeId, primary: true } })).toBe(1);
  }));

test('another one becomes primary in one step, and asking twice changes nothing', () =>
  withRollback(async (db) => {
    const { id: storeId } = await buildStore(db);
    await addStoreDomain(db, { storeId, hostname: 'a.example' });
    const second = await addStoreDomain(db, { storeId, hostname: 'b.example' });
    for (const domain of [second, second]) {
      expect(await setPrimaryStoreDomain(db, domain)).toMatchObject({ primary: true });
      expect(await domainsOf(db, storeId)).toEqual(['a.example', 'b.example *']);
    }
  }));

test('all of them made primary at once leave one', () =>
  withDatabase(async ({ db }) => {
    const { id: storeId } = await buildStore(db);
    const names = ['a', 'b', 'c', 'd'].map((name) => `${name}.example`);
    const domains = [];
    for (const hostname of names) domains.push(await addStoreDomain(db, { storeId, hostname }));
    await Promise.all(domains.map((domain) => setPrimaryStoreDomain(db, domain)));
    expect(await db.storeDomain.count({ where: { storeId, primary: true } })).toBe(1);
  }));

test('when the primary one goes, the oldest one left takes its place', () =>
  withRollback(async (db) => {
    const { id: storeId } = await buildStore(db);
    const first = await addStoreDomain(db, { storeId, hostname: 'c.example' });
    await addStoreDomain(db, { storeId, hostname: 'b.example' });
    const last = await addStoreDomain(db, { storeId, hostname: 'a.example' });
    await removeStoreDomain(db, first);
    expect(await domainsOf(db, storeId)).toEqual(['a.example', 'b.example *']);
    await removeStoreDomain(db, last);
    expect(await domainsOf(db, storeId)).toEqual(['b.example *']);
    await expect(removeStoreDomain(db, last)).rejects.toMatchObject({ code: 'STORE_DOMAIN_NOT_FOUND' });
    await expect(setPrimaryStoreDomain(db, last)).rejects.toMatchObject({ code: 'STORE_DOMAIN_NOT_FOUND' });
  }));

test('a store has a limited number of domains', () =>
  withRollback(async (db) => {
    const { id: storeId } = await buildStore(db);
    const hostnames = Array.from({ length: maxStoreDomains }, (_, n) => `d${n}.example`);
    await db.storeDomain.createMany({ data: hostnames.map((hostname) => ({ storeId, hostname })) });
    const adding = addStoreDomain(db, { storeId, hostname: 'one-more.example' });
    await expect(adding).rejects.toMatchObject({ code: 'STORE_DOMAINS_LIMIT' });
  }));
