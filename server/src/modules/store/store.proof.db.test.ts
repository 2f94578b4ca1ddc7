// @module-tag store
// @module-tag db
import { expect, test } from 'vitest';
import { buildStore } from '../../../test/builders.ts';
import { withDatabase, withRollback } from '../../../test/database.ts';
import { startDnsServer } from '../../../test/dns-server.ts';
import { createTxtReader } from '../../platform/txt-records.ts';
import { findOpenStore } from '../storefront/storefront.access.ts';
import { addStoreDomain, removeStoreDomain } from './store.domains.ts';
import { proofName, proofValue, verifyStoreDomain } from './store.proof.ts';

const hostname = 'shop.example';
const name = '_marketplace-import.shop.example';

test('a domain is verified once its DNS names the store, and shop pages find the store by it from then on', () =>
  withRollback(async (db) => {
    const { id: storeId, code } = await buildStore(db);
    const domain = await addStoreDomain(db, { storeId, hostname });
    expect(proofName(domain)).toBe(name);
    const dns = await startDnsServer();
    const read = createTxtReader([dns.address]);

    await expect(verifyStoreDomain(db, read, domain)).rejects.toMatchObject({
      code: 'STORE_DOMAIN_RECORD_MISSING',
      message: expect.stringContaining(`There is no TXT record at ${name}.`),
    });
    dns.records.set(name, [['store=other']]);
    await expect(verifyStoreDomain(db, read, domain)).rejects.toMatchObject({
      code: 'STORE_DOMAIN_RECORD_OTHER',
    });
    dns.failing.add(name);
    await expect(verifyStoreDomain(db, read, domain)).rejects.toMatchObject({
      code: 'STORE_DOMAIN_LOOKUP_FAILED',
    });
    expect(await findOpenStore(db, { hostname })).toBeNull();

    dns.failing.clear();
    // Beside another one, and with the quotes that some forms keep.
    dns.records.set(name, [['store=other'], [` "${proofValue(domain)}"`]]);
    expect(await verifyStoreDomain(db, read, domain)).toMatchObject({ id: domain.id, verified: true });
    expect(await findOpenStore(db, { hostname })).toMatchObject({ code });
  }));

test('what was verified stays so, without another look', () =>
  withRollback(async (db) => {
    const { id: storeId } = await buildStore(db);
    const added = await addStoreDomain(db, { storeId, hostname });
    const dns = await startDnsServer({ [name]: proofValue(added) });
    const read = createTxtReader([dns.address]);
    const verified = await verifyStoreDomain(db, read, added);
    dns.records.clear();
    expect(await verifyStoreDomain(db, read, verified)).toEqual(verified);
    expect(dns.asked).toHaveLength(1);
  }));

test('whoever only claims a hostname does not keep it from the store that it belongs to', () =>
  withRollback(async (db) => {
    const squatter = await buildStore(db);
    const claim = await addStoreDomain(db, { storeId: squatter.id, hostname });
    const owner = await buildStore(db);
    const domain = await addStoreDomain(db, { storeId: owner.id, hostname });
    const dns = await startDnsServer({ [name]: proofValue(domain) });
    const read = createTxtReader([dns.address]);
    await expect(verifyStoreDomain(db, read, claim)).rejects.toMatchObject({
      code: 'STORE_DOMAIN_RECORD_OTHER',
    });
    await verifyStoreDomain(db, read, domain);
    expect(await findOpenStore(db, { hostname })).toMatchObject({ code: owner.code });

    const late = await buildStore(db);
    const adding = addStoreDomain(db, { storeId: late.id, hostname });
    await expect(adding).rejects.toMatchObject({ code: 'STORE_DOMAIN_TAKEN', path: ['hostname'] });
  }));

test('a hostname that names two stores is that of the one which was verified first, also at the same moment', () =>
  withDatabase(async ({ db }) => {
    const dns = await startDnsServer();
    const domains = [];
    for (let n = 0; n < 5; n += 1) {
      const { id: storeId } = await buildStore(db);
      domains.push(await addStoreDomain(db, { storeId, hostname }));
    }
    dns.records.set(
      name,
      domains.map((domain) => [proofValue(domain)]),
    );
    const read = createTxtReader([dns.address]);
    const results = await Promise.allSettled(domains.map((domain) => verifyStoreDomain(db, read, domain)));
    const refusals = results.flatMap((result) =>
      result.status === 'rejected' ? (result.reason as Error) : [],
    );
    expect(refusals).toMatchObject(Array(4).fill({ code: 'STORE_DOMAIN_TAKEN', path: ['id'] }));
    expect(await db.storeDomain.count({ where: { hostname, verified: true } })).toBe(1);
  }));

test('a domain that is removed while its name is looked up is gone', () =>
  withRollback(async (db) => {
    const { id: storeId } = await buildStore(db);
    const domain = await addStoreDomain(db, { storeId, hostname });
    const dns = await startDnsServer({ [name]: proofValue(domain) });
    const read = createTxtReader([dns.address]);
    const verifying = verifyStoreDomain(
      db,
      async (asked) => {
        const texts = await read(asked);
        await removeStoreDomain(db, domain);
        return texts;
      },
      domain,
    );
    await expect(verifying).rejects.toMatchObject({ code: 'STORE_DOMAIN_NOT_FOUND' });
  }));
