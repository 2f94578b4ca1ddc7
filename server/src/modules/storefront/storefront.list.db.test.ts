// @module-tag storefront
// @module-tag db
import { describe, expect, test } from 'vitest';
import { buildMerchant, buildStore } from '../../../test/builders.ts';
import { buildMarketplaceProduct, buildProduct } from '../../../test/catalogue.ts';
import { withRollback } from '../../../test/database.ts';
import { execute } from '../../../test/execute.ts';
import { shopFor } from '../../../test/shopping.ts';

describe('what a shop shows', () => {
  test('is published, switched on, in the time of its offer, and has a price in its currency', () =>
    withRollback(async (db) => {
      const store = await buildStore(db, { code: 'shop' });
      await buildProduct(db, store, 'shown');
      await buildProduct(db, store, 'taken back', { own: { publishedAt: null } });
      await buildProduct(db, store, 'switched off', { own: { isActive: false } });
      await buildProduct(db, store, 'without a price', { feed: { price: null } });
      await buildProduct(db, store, 'in dollars', { feed: { currency: 'USD' } });
      await buildProduct(db, store, 'at an own price', { own: { price: '7.00' }, feed: { price: null } });
      const [past, future] = [new Date(0), new Date(Date.now() + 60_000)];
      await buildProduct(db, store, 'secret', { feed: { disclosureDate: future } });
      await buildProduct(db, store, 'ended', { feed: { expirationDate: past } });
      await buildProduct(db, store, 'on', { feed: { disclosureDate: past, expirationDate: future } });
      await buildMarketplaceProduct(db, store, 'only imported');
      const shop = await shopFor(db, { code: 'shop' });
      expect(shop).toMatchObject({
        numbers: ['shown', 'at an own price', 'on'],
        totalCount: 3,
        totalCountExact: true,
      });
    }));

  test('stands in the order of the store, of equal ones the older first', () =>
    withRollback(async (db) => {
      const store = await buildStore(db, { code: 'shop' });
      for (const [number, displayOrder] of Object.entries({ a: 0, b: -1024, c: 0, d: 1024 }))
        await buildProduct(db, store, number, { own: { displayOrder } });
      expect((await shopFor(db, { code: 'shop' }))?.numbers).toEqual(['b', 'a', 'c', 'd']);
    }));

  test('is its own, however alike another store’s is', () =>
    withRollback(async (db) => {
      const [one, other] = [await buildStore(db, { code: 'one' }), await buildStore(db, { code: 'other' })];
      const product = await buildProduct(db, one, 'A-1', { titles: { EN: 'Lamp of one' } });
      const { id } = await buildMarketplaceProduct(
        db,
        other,
        'A-1',
        { brand: 'B' },
        { EN: 'Lamp of the other' },
      );
      // The same id: the key has the store too.
      await db.product.create({
        data: { id: product.id, storeId: other.id, marketplaceProductId: id, publishedAt: new Date() },
      });
      for (const filter of [{}, { search: 'lamp' }, { search: 'lanp' }]) {
        const titles = async (code: string) =>
          (await shopFor(db, { code, ...filter }, 'title'))?.nodes[0]?.['title'];
        expect([await titles('one'), await titles('other')]).toEqual(['Lamp of one', 'Lamp of the other']);
      }
      expect((await shopFor(db, { code: 'one', brand: ['B'] }))?.numbers).toEqual([]);
    }));
});

describe('which shop', () => {
  test('is named by its code, or by a verified domain in any case', () =>
    withRollback(async (db) => {
      const store = await buildStore(db, { code: 'shop' });
      await db.storeDomain.create({ data: { storeId: store.id, hostname: 'shop.example', verified: true } });
      await db.storeDomain.create({ data: { storeId: store.id, hostname: 'not-yet.example' } });
      await buildProduct(db, store, 'A-1');
      const found = { numbers: ['A-1'] };
      expect(await shopFor(db, { code: 'shop' })).toMatchObject(found);
      expect(await shopFor(db, { hostname: 'shop.example' })).toMatchObject(found);
      expect(await shopFor(db, { hostname: 'SHOP.Example.' })).toMatchObject(found);
      const others = [
        'not-yet.example',
        'other.example',
        'shop',
        '127.0.0.1',
        'shop.example:80',
        '',
        '\0',
        'a'.repeat(5000),
      ];
      for (const hostname of others) expect(await shopFor(db, { hostname })).toBeNull();
      for (const code of ['SHOP', 'other', '', '\0', "' OR true --"])
        expect(await shopFor(db, { code })).toBeNull();
    }));

  test.each([
    ['the store', { active: false }, {}],
    ['its merchant', {}, { active: false }],
  ])('is none when %s is switched off', (_what, ofStore, ofMerchant) =>
    withRollback(async (db) => {
      const merchant = await buildMerchant(db, ofMerchant);
      const store = await buildStore(db, { code: 'shop', merchantId: merchant.id, ...ofStore });
      await db.storeDomain.create({ data: { storeId: store.id, hostname: 'shop.example', verified: true } });
      await buildProduct(db, store, 'A-1');
      expect(await shopFor(db, { code: 'shop' })).toBeNull();
      expect(await shopFor(db, { hostname: 'shop.example' })).toBeNull();
    }),
  );

  test.each([{}, { code: 'shop', hostname: 'shop.example' }])(
    'has to be asked for by one of both, not by %j',
    (address) =>
      withRollback(async (db) => {
        await expect(shopFor(db, address)).rejects.toThrow(
          'Give either the code of a store or one of its domains.',
        );
      }),
  );
});

describe('a filter', () => {
  test('looks at values as they are in effect', () =>
    withRollback(async (db) => {
      const store = await buildStore(db, { code: 'shop', goneFromFeed: 'OUT_OF_STOCK' });
      await buildProduct(db, store, 'in stock', { own: { isFeatured: true }, feed: { brand: 'A' } });
      await buildProduct(db, store, 'sold out', { feed: { availability: 'out_of_stock', brand: 'A' } });
      await buildProduct(db, store, 'said to be sold out', {
        own: { availability: 'out_of_stock' },
        feed: { brand: 'B' },
      });
      await buildProduct(db, store, 'gone', { feed: { missingSince: new Date() } });
      await buildProduct(db, store, 'back on order', {
        own: { availability: 'backorder' },
        feed: { missingSince: new Date() },
      });
      const numbers = async (filter: object) => (await shopFor(db, { code: 'shop', ...filter }))?.numbers;
      expect(await numbers({ availability: ['OUT_OF_STOCK'] })).toEqual([
        'sold out',
        'said to be sold out',
        'gone',
      ]);
      expect(await numbers({ availability: ['IN_STOCK', 'BACKORDER'] })).toEqual([
        'in stock',
        'back on order',
      ]);
      expect(await numbers({ brand: ['A', 'B'], availability: ['OUT_OF_STOCK'] })).toEqual([
        ...['sold out', 'said to be sold out'],
      ]);
      expect(await numbers({ brand: [], availability: [] })).toHaveLength(5);
      expect(await numbers({ featured: true })).toEqual(['in stock']);
      expect(await numbers({ featured: false })).toHaveLength(4);
      expect(await numbers({ brand: ['a'] })).toEqual([]);
    }));

  test('of words finds titles in every language, whatever accents and case', () =>
    withRollback(async (db) => {
      const store = await buildStore(db, { code: 'shop' });
      await buildProduct(db, store, 'kettle', {
        titles: { EN: 'Tea kettle', FR: 'Théière en fonte', DE: 'Teekessel' },
        feed: { gtin: '4006381333931' },
      });
      await buildProduct(db, store, 'shelf', { titles: { DE: 'Regal für Bücher', FR: 'Étagère' } });
      await buildProduct(db, store, 'unpublished', {
        own: { publishedAt: null },
        titles: { EN: 'Tea kettle' },
      });
      const numbers = async (search: string) =>
        (await shopFor(db, { code: 'shop', search, language: 'FR' }))?.numbers;
      for (const search of [
        'kettle',
        'THEIERE',
        'fonte théière',
        'teekessel',
        '4006381333931',
        'kettel',
        'théièer',
      ])
        expect([search, await numbers(search)]).toEqual([search, ['kettle']]);
      for (const search of ['buecher', 'étagère', 'etagere', 'regla', 'bucherr'])
        expect([search, await numbers(search)]).toEqual([search, ['shelf']]);
      for (const blank of [' ', '\0', '\u200b']) expect(await numbers(blank)).toEqual(['kettle', 'shelf']);
      for (const search of ['kettle lamp', 'ket.*', '%', "'", '\\', '(', '4006381333932']) {
        expect([search, await numbers(search)]).toEqual([search, []]);
      }
    }));

  test('forgives nothing while the very word is found', () =>
    withRollback(async (db) => {
      const store = await buildStore(db, { code: 'shop' });
      await buildProduct(db, store, 'hand', { titles: { DE: 'Handtuch' } });
      await buildProduct(db, store, 'wand', { titles: { DE: 'Wandtuch' } });
      const page = await shopFor(db, { code: 'shop', search: 'wandtuch', first: 1 });
      expect(page).toMatchObject({ numbers: ['wand'], totalCount: 1 });
      const next = await shopFor(db, { code: 'shop', search: 'wandtuch', after: page?.pageInfo.endCursor });
      expect(next).toMatchObject({ numbers: [], totalCount: 1 });
      expect(await shopFor(db, { code: 'shop', search: 'mandtuch' })).toMatchObject({ totalCount: 2 });
    }));

  test.each([
    [{ search: 'a'.repeat(101) }, 'at most 100 characters'],
    [{ brand: Array.from({ length: 21 }, (_, at) => `b${at}`) }, 'at most 20 brands'],
    [{ brand: ['b'.repeat(201)] }, 'at most 200 characters'],
    [{ first: 101 }, '1 to 100'],
    [{ after: 'nonsense' }, 'no cursor'],
    [{ after: Buffer.from('["0","1e9"]').toString('base64url') }, 'no cursor'],
  ])('that nobody could mean is refused: %j', (variables, message) =>
    withRollback(async (db) => {
      await buildStore(db, { code: 'shop' });
      await expect(shopFor(db, { code: 'shop', ...variables })).rejects.toThrow(message);
    }),
  );
});

test('more searches at a time than a page has are refused', () =>
  withRollback(async (db) => {
    await buildStore(db, { code: 'shop' });
    const ask = async (count: number) => {
      const searches = Array.from(
        { length: count },
        (_, at) => `s${at}: products(search: "lamp ${at}") { totalCount }`,
      );
      const { errors } = await execute(
        { db },
        null,
        `{ storefront(code: "shop") { ${searches.join(' ')} } }`,
      );
      return errors?.[0]?.extensions['code'];
    };
    expect([await ask(8), await ask(12)]).toEqual([undefined, 'QUERY_TOO_COMPLEX']);
  }));

test('pages follow each other in both directions, whatever is published and moved meanwhile', () =>
  withRollback(async (db) => {
    const store = await buildStore(db, { code: 'shop' });
    for (const number of ['1', '2', '3', '4', '5', '6', '7'])
      await buildProduct(db, store, number, { titles: { EN: 'Table lamp' } });
    const page = (args: object) => shopFor(db, { code: 'shop', search: 'lampe table', ...args });
    // Each with a typo, so that the second attempt is the one that finds.
    const first = await page({ search: 'tabel lamp', first: 3 });
    await buildProduct(db, store, '0', { own: { displayOrder: -1 }, titles: { EN: 'Table lamp' } });
    const second = await page({ search: 'tabel lamp', first: 3, after: first?.pageInfo.endCursor });
    const back = await page({ search: 'tabel lamp', last: 2, before: second?.pageInfo.startCursor });
    const last = await page({ search: 'tabel lamp', first: 3, after: second?.pageInfo.endCursor });
    expect([first, second, back, last].map((one) => one?.numbers)).toEqual([
      ...[['1', '2', '3'], ['4', '5', '6'], ['2', '3'], ['7']],
    ]);
    expect(last?.pageInfo.hasNextPage).toBe(false);
  }));
