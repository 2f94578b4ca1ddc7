// @module-tag storefront
// @module-tag db
import { describe, expect, test } from 'vitest';
import { buildStore } from '../../../test/builders.ts';
import { buildProduct } from '../../../test/catalogue.ts';
import { withDatabase, withRollback } from '../../../test/database.ts';
import { execute } from '../../../test/execute.ts';
import { globalIdOf } from '../../../test/global-id.ts';
import { shopFor, shopProductFor } from '../../../test/shopping.ts';
import { recordStatements } from '../../../test/statements.ts';
import { schema } from '../../schema.ts';

describe('a product', () => {
  test('has the values that are in effect', () =>
    withRollback(async (db) => {
      const store = await buildStore(db, { code: 'shop' });
      await buildProduct(db, store, 'A-1', {
        own: {
          price: '9.5',
          salePrice: '8',
          availability: 'backorder',
          condition: 'used',
          minQuantity: 2,
          maxQuantity: 6,
        },
        feed: {
          gtin: '4006381333931',
          brand: 'Altmühl',
          mpn: 'M',
          itemGroupId: 'G',
          costOfGoodsSold: '1.00',
        },
      });
      const values =
        'price salePrice currency availability condition brand gtin mpn itemGroupId featured minQuantity maxQuantity';
      expect(await shopProductFor(db, 'shop', { number: 'A-1' }, values)).toEqual({
        ...{
          price: '9.50',
          salePrice: '8.00',
          currency: 'EUR',
          availability: 'BACKORDER',
          condition: 'USED',
        },
        ...{ brand: 'Altmühl', gtin: '4006381333931', mpn: 'M', itemGroupId: 'G', featured: false },
        ...{ minQuantity: 2, maxQuantity: 6 },
      });
    }));

  test('is shown in one language, the asked one or the next that there is', () =>
    withRollback(async (db) => {
      const store = await buildStore(db, { code: 'shop' });
      await buildProduct(db, store, 'all', { titles: { EN: 'Lamp', FR: 'Lampe', DE: 'Leuchte' } });
      await buildProduct(db, store, 'two', { titles: { DE: 'Leuchte', FR: 'Lampe' } });
      await buildProduct(db, store, 'none', { titles: {} });
      const titles = async (language?: string) =>
        (await shopFor(db, { code: 'shop', language }, 'title language'))?.nodes.map(
          ({ title, language }) => [title, language],
        );
      expect(await titles('DE')).toEqual([
        ['Leuchte', 'DE'],
        ['Leuchte', 'DE'],
        [null, null],
      ]);
      expect(await titles('EN')).toEqual([
        ['Lamp', 'EN'],
        ['Lampe', 'FR'],
        [null, null],
      ]);
      expect(await titles()).toEqual([
        ['Lamp', 'EN'],
        ['Lampe', 'FR'],
        [null, null],
      ]);
    }));

  test('has long texts of that language, as they are', () =>
    withRollback(async (db) => {
      const store = await buildStore(db, { code: 'shop' });
      const { marketplaceProductId: productId } = await buildProduct(db, store, 'A-1', {
        titles: { FR: '<b>Lampe</b>', DE: 'X' },
      });
      const key = { productId_storeId_language: { productId, storeId: store.id, language: 'FR' as const } };
      await db.marketplaceProductTranslation.update({
        where: key,
        data: {
          description: '<script>alert(1)</script>',
          productHighlight: ['Bright', 3],
          productDetail: [
            { section_name: 'Size', attribute_name: 'Height', attribute_value: '12 cm' },
            ...[{ attribute_name: 'Weight', attribute_value: '1 kg' }, { attribute_name: 'Nothing' }, null],
          ],
          link: 'javascript:alert(1)',
          productType: ['Home > Lamps'],
        },
      });
      await db.marketplaceProduct.update({
        where: { id_storeId: { id: productId, storeId: store.id } },
        data: {
          imageLink: 'data:text/html,x',
          additionalImageLink: [
            'https://images.example/1.jpg',
            'file:///etc/passwd',
            4,
            'https://images.example/1.jpg',
          ],
        },
      });
      const fields = 'title description highlights details { section name value } productType link pictures';
      expect(await shopProductFor(db, 'shop', { number: 'A-1', language: 'EN' }, fields)).toEqual({
        ...{ title: '<b>Lampe</b>', description: '<script>alert(1)</script>', highlights: ['Bright'] },
        details: [
          { section: 'Size', name: 'Height', value: '12 cm' },
          { section: null, name: 'Weight', value: '1 kg' },
        ],
        ...{ productType: ['Home > Lamps'], link: null, pictures: ['https://images.example/1.jpg'] },
      });
    }));

  test('is found by its id or number in its own shop, while it is shown', () =>
    withRollback(async (db) => {
      const store = await buildStore(db, { code: 'shop' });
      const other = await buildStore(db, { code: 'other' });
      const product = await buildProduct(db, store, 'A-1');
      await buildProduct(db, other, 'B-1');
      const id = String((await shopFor(db, { code: 'shop' }, 'id'))?.nodes[0]?.['id']);
      const found = { number: 'A-1' };
      expect(await shopProductFor(db, 'shop', { id })).toEqual(found);
      expect(await shopProductFor(db, 'shop', { number: 'A-1' })).toEqual(found);
      expect([
        await shopProductFor(db, 'other', { id }),
        await shopProductFor(db, 'other', { number: 'A-1' }),
      ]).toEqual([null, null]);
      const unusable = [
        '',
        'nonsense',
        String(product.id),
        globalIdOf('Product', `${store.id}:${product.id}`),
      ];
      for (const text of unusable) expect(await shopProductFor(db, 'shop', { id: text })).toBeNull();
      for (const number of ['', 'a-1', '\0', 'A-1\0'])
        expect(await shopProductFor(db, 'shop', { number })).toBeNull();
      const nothing = async () => {
        const answers = [{ id }, { number: 'A-1' }].map((which) => shopProductFor(db, 'shop', which));
        expect(await Promise.all(answers)).toEqual([null, null]);
      };
      const where = { storeId: store.id };
      await db.marketplaceProduct.updateMany({ where, data: { expirationDate: new Date(0) } });
      await nothing();
      await db.marketplaceProduct.updateMany({ where, data: { expirationDate: null } });
      expect(await shopProductFor(db, 'shop', { id })).toEqual(found);
      await db.product.updateMany({ where, data: { isActive: false } });
      await nothing();
    }));

  test.each([{}, { id: 'x', number: 'y' }])('has to be asked for by one of both, not by %j', (which) =>
    withRollback(async (db) => {
      await buildStore(db, { code: 'shop' });
      await expect(shopProductFor(db, 'shop', which)).rejects.toThrow(
        'Give either the id of a product or its number.',
      );
    }),
  );

  test('says nothing that is the store’s own business', () => {
    const typesOf = (name: string) =>
      Object.keys((schema.getType(name) as { getFields?(): object }).getFields?.() ?? {});
    const secret =
      /override|feed|drift|cost|job|hash|publish|active|withdrawn|missing|extra|created|updated|merchant|store$/i;
    for (const name of ['Storefront', 'StorefrontProduct', 'StorefrontDetail'])
      expect(typesOf(name).filter((field) => secret.test(field))).toEqual([]);
  });
});

test('a shop says in which languages its products are', () =>
  withRollback(async (db) => {
    const store = await buildStore(db, { code: 'shop', name: 'The shop' });
    await buildStore(db, { code: 'empty' });
    await buildProduct(db, store, 'A-1', { titles: { FR: 'Lampe' } });
    await buildProduct(db, store, 'A-2', { titles: { DE: 'Leuchte', FR: 'Lampe' } });
    await buildProduct(db, store, 'A-3', { own: { publishedAt: null }, titles: { EN: 'Lamp' } });
    const query =
      '{ shop: storefront(code: "shop") { code name currency languages } empty: storefront(code: "empty") { languages } }';
    expect((await execute({ db }, null, query)).data).toEqual({
      shop: { code: 'shop', name: 'The shop', currency: 'EUR', languages: ['FR', 'DE'] },
      empty: { languages: [] },
    });
  }));

test('a page takes as many statements with twenty products as with one', () =>
  withDatabase(async ({ db }) => {
    const store = await buildStore(db, { code: 'shop' });
    const count = async () => {
      const fields = 'title pictures description highlights details { name } productType price';
      const { statements } = await recordStatements(() => shopFor(db, { code: 'shop' }, fields));
      return statements.length;
    };
    await buildProduct(db, store, '0');
    const one = await count();
    for (let at = 1; at < 20; at++) await buildProduct(db, store, `${at}`);
    expect(await count()).toBe(one);
    // Store and merchant, keys, products, long texts, total.
    expect(one).toBeLessThanOrEqual(6);
  }));
