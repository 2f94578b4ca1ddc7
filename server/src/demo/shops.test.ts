// @module-tag demo
import { expect, test } from 'vitest';
import { demoAccounts, demoMerchants, demoStores } from './shops.ts';

test.each([
  ['admin@example.test', 'demo-admin', []],
  ['owner@example.test', 'demo-owner', ['weber-livres', 'weber-deco']],
  ['staff@example.test', 'demo-staff', ['weber-livres']],
  ['other@example.test', 'demo-other', ['kirchberg-velo']],
])('%s signs in with %s and has the stores %j', (email, password, storeCodes) => {
  const account = demoAccounts.find((candidate) => candidate.email === email);
  const owned = demoMerchants
    .filter(({ ownerEmail }) => ownerEmail === email)
    .flatMap(({ stores }) => stores);
  expect(account?.password).toBe(password);
  expect([...owned.map(({ code }) => code), ...(account?.staffOf ?? [])]).toEqual(storeCodes);
});

test('one account only is an admin, and every merchant has an owner', () => {
  expect(demoAccounts.filter(({ admin }) => admin)).toHaveLength(1);
  const emails = demoAccounts.map(({ email }) => email);
  for (const { ownerEmail } of demoMerchants) expect(emails).toContain(ownerEmail);
});

test('stores trade in euros and Luxembourg’s time, in three languages', () => {
  for (const { currency, timeZone, languages } of demoStores) {
    expect([currency, timeZone, [...languages].sort()]).toEqual([
      'EUR',
      'Europe/Luxembourg',
      ['de', 'en', 'fr'],
    ]);
  }
});
