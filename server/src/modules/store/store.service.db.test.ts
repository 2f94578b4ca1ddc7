// @module-tag store
// @module-tag db
import { expect, test } from 'vitest';
import { buildMerchant, buildStore } from '../../../test/builders.ts';
import { buildProduct } from '../../../test/catalogue.ts';
import { withDatabase, withRollback } from '../../../test/database.ts';
import { createStore, updateStore, updateStoreSettings } from './store.service.ts';

const hearing = () => {
  const heard: string[] = [];
  return { heard, news: { announce: (ids: readonly string[]) => void heard.push(...ids) } };
};
const anyAddress = () => Promise.resolve();

test('a new store is on, in euros and in Luxembourg, and its owner hears of it', () =>
  withRollback(async (db) => {
    const { heard, news } = hearing();
    const { id: merchantId, ownerId } = await buildMerchant(db);
    const store = await createStore(db, news, { merchantId, code: 'Maison-Neuve', name: '  Maison Neuve ' });
    expect(store).toMatchObject({
      code: 'maison-neuve',
      name: 'Maison Neuve',
      active: true,
      currency: 'EUR',
      timeZone: 'Europe/Luxembourg',
      autoPublish: false,
    });
    expect(heard).toEqual([ownerId]);
  }));

test('a code belongs to one store, however many ask for it at once', () =>
  withDatabase(async ({ db }) => {
    const { heard, news } = hearing();
    const { id: merchantId } = await buildMerchant(db);
    const creating = [1, 2, 3].map((n) =>
      createStore(db, news, { merchantId, code: 'same', name: `Store ${n}` }),
    );
    const results = await Promise.allSettled(creating);
    const reasons = results.flatMap((result) =>
      result.status === 'rejected' ? [result.reason as unknown] : [],
    );
    const taken = expect.objectContaining({ code: 'STORE_CODE_TAKEN', path: ['code'] }) as unknown;
    expect(reasons).toEqual([taken, taken]);
    expect(heard).toHaveLength(1);
  }));

test('what is not given stays as it is', () =>
  withRollback(async (db) => {
    const before = await buildStore(db, { name: 'Before', currency: 'CHF', timeZone: 'Europe/Zurich' });
    const { active, name, currency, timeZone } = await updateStore(db, before.id, {
      active: false,
      name: null,
    });
    expect({ active, name, currency, timeZone }).toEqual({
      active: false,
      name: 'Before',
      currency: 'CHF',
      timeZone: 'Europe/Zurich',
    });
  }));

test.each([
  ['a currency', { currency: 'EURO' }, 'STORE_CURRENCY_UNKNOWN'],
  ['a time zone', { timeZone: 'Luxembourg/Europe' }, 'STORE_TIME_ZONE_UNKNOWN'],
])('%s that there is not is refused, and nothing changes', (_what, change, code) =>
  withRollback(async (db) => {
    const before = await buildStore(db);
    await expect(updateStore(db, before.id, { name: 'Other', ...change })).rejects.toMatchObject({ code });
    expect(await db.store.findUnique({ where: { id: before.id } })).toEqual(before);
  }),
);

test('the currency stays while products have own prices, which would be other ones', () =>
  withRollback(async (db) => {
    const store = await buildStore(db, { currency: 'EUR' });
    const own = await buildProduct(db, store, 'A', { own: { price: '19.99' } });
    await buildProduct(db, store, 'B', { own: { condition: 'used' } });
    const change = () => updateStore(db, store.id, { name: 'Other', currency: 'CHF' });
    await expect(change()).rejects.toMatchObject({
      ...{ code: 'STORE_OWN_PRICES', path: ['currency'] },
      message: 'The own price of one product is in EUR. Take it back before you change the currency.',
    });
    expect(await db.store.findUnique({ where: { id: store.id } })).toEqual(store);
    expect(await updateStore(db, store.id, { currency: 'EUR', name: 'New' })).toMatchObject({ name: 'New' });
    await db.product.update({
      where: { storeId_id: { storeId: store.id, id: own.id } },
      data: { price: null },
    });
    expect(await change()).toMatchObject({ currency: 'CHF' });
  }));

test('that products have to get a new name is noted with it, and only then', () =>
  withRollback(async (db) => {
    const store = await buildStore(db, { name: 'Before' });
    const same = await updateStoreSettings(db, anyAddress, store, { name: ' Before ', autoPublish: true });
    expect(same).toMatchObject({ autoPublish: true, renamedAt: null });
    const renamed = await updateStoreSettings(db, anyAddress, store, { name: 'After' });
    expect(renamed).toMatchObject({ name: 'After', autoPublish: true, renamedAt: expect.any(Date) as Date });
  }));

test('the addresses of feeds are kept each by itself', () =>
  withRollback(async (db) => {
    const store = await buildStore(db, { letzshopCsvUrlFr: 'https://feeds.example/fr.csv' });
    const url = 'https://user:secret@feeds.example/de.csv';
    const saved = await updateStoreSettings(db, anyAddress, store, { letzshopCsvUrlDe: url });
    expect(saved).toMatchObject({ letzshopCsvUrlFr: store.letzshopCsvUrlFr, letzshopCsvUrlDe: url });
  }));

test('a store that is gone is not found, and its id is not taken for its code', () =>
  withRollback(async (db) => {
    const store = await buildStore(db);
    await db.store.delete({ where: { id: store.id } });
    await expect(updateStore(db, store.id, { active: false })).rejects.toMatchObject({
      ...{ code: 'STORE_NOT_FOUND', message: 'This store is no longer there.' },
    });
  }));
