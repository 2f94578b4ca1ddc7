// @module-tag marketplace-product
// @module-tag db
import { expect, test } from 'vitest';
import { buildImportJob, buildStore } from '../../../test/builders.ts';
import { buildMarketplaceProduct } from '../../../test/catalogue.ts';
import { withDatabase, withRollback } from '../../../test/database.ts';
import { signedInAdmin } from '../../../test/execute.ts';
import { buildLampShop, listMarketplaceProducts, numbersOf } from '../../../test/product-lists.ts';
import { listBrands } from './marketplace-product.facets.ts';
import { listProducts } from './marketplace-product.list.ts';

test.each([
  [{}, ['A-1', 'A-2', 'B-1', 'B-2']],
  [{ search: '  ' }, ['A-1', 'A-2', 'B-1', 'B-2']],
  [{ search: 'THEIERE' }, ['A-1']],
  [{ search: 'grosse' }, ['A-2']],
  [{ search: 'lamp' }, ['A-2', 'B-1']],
  [{ search: 'lamp', language: 'EN' }, ['B-1']],
  [{ search: 'b-' }, ['B-1', 'B-2']],
  [{ search: 'B-1' }, ['B-1']],
  [{ search: '4006381333931' }, ['A-1']],
  [{ search: '100%' }, ['B-1']],
  [{ search: 'l_mp' }, []],
  [{ search: "'; DROP TABLE stores; --" }, []],
  [{ search: '(((' }, []],
  [{ search: '\u0000\ud800' }, ['A-1', 'A-2', 'B-1', 'B-2']],
  [{ brand: ['Fontaine'] }, ['A-1']],
  [{ brand: ['Fontaine', 'Ilmenau', 'Nobody\u0000'] }, ['A-1', 'B-1']],
  [{ brand: [] }, ['A-1', 'A-2', 'B-1', 'B-2']],
  [{ availability: ['IN_STOCK', 'BACKORDER'] }, ['A-2', 'B-1', 'B-2']],
  [{ availability: ['IN_STOCK'], search: 'oak' }, ['B-2']],
  [{ language: 'FR' }, ['A-1']],
  [{ marketplaceProductId: 'A-1' }, ['A-1']],
  [{ marketplaceProductId: 'a-1' }, []],
  [{ gtin: '00036000291452' }, ['B-2']],
  [{ gtin: 'none' }, []],
])('the filter %j finds %j', (filter, numbers) =>
  withRollback(async (db) => {
    const store = await buildLampShop(db);
    await buildLampShop(db);
    const found = await listMarketplaceProducts(db, await signedInAdmin(db), {
      storeCode: store.code,
      ...filter,
    });
    expect(found.errors).toBeUndefined();
    expect(numbersOf(found.list)).toEqual(numbers);
    expect(found.list).toMatchObject({ totalCount: numbers.length, totalCountExact: true });
  }),
);

test('pages follow each other without a gap, forwards and backwards', () =>
  withRollback(async (db) => {
    const store = await buildLampShop(db);
    const viewer = await signedInAdmin(db);
    const filter = { storeCode: store.code, availability: ['IN_STOCK', 'BACKORDER'] };
    const first = await listMarketplaceProducts(db, viewer, filter, { first: 2 });
    expect([numbersOf(first.list), first.list?.pageInfo.hasNextPage]).toEqual([['A-2', 'B-1'], true]);
    const second = await listMarketplaceProducts(db, viewer, filter, {
      first: 2,
      after: first.list?.pageInfo.endCursor,
    });
    expect([numbersOf(second.list), second.list?.pageInfo.hasNextPage]).toEqual([['B-2'], false]);
    const back = await listMarketplaceProducts(db, viewer, filter, {
      last: 2,
      before: second.list?.pageInfo.endCursor,
    });
    expect(numbersOf(back.list)).toEqual(['A-2', 'B-1']);
  }));

test('filters find the same by looking up as by walking', () =>
  withDatabase(async ({ db }) => {
    const store = await buildStore(db);
    const keys = { storeId: store.id, storeName: '', marketplace: 'Letzshop', contentHash: '' };
    const { id: lastImportJobId } = await buildImportJob(db, { storeId: store.id });
    await db.marketplaceProduct.createMany({
      data: Array.from({ length: 2_500 }, (_, at) => ({
        ...{ ...keys, lastImportJobId, marketplaceProductId: `P-${String(at).padStart(4, '0')}` },
        brand: at % 1_100 === 0 ? 'Rare' : at % 2 ? 'Odd' : 'Even',
      })),
    });
    for (const { id, marketplaceProductId } of await db.marketplaceProduct.findMany({
      where: { brand: 'Rare' },
    })) {
      const texts = { language: 'EN' as const, title: `Zircon ${marketplaceProductId}`, contentHash: '' };
      await db.marketplaceProductTranslation.create({
        data: { ...texts, productId: id, storeId: store.id, lastImportJobId, productContentHash: '' },
      });
    }
    const viewer = await signedInAdmin(db);
    for (const filter of [
      { brand: ['Rare'] },
      { search: 'zircon' },
      { search: 'zircon', brand: ['Rare', 'Odd'] },
    ]) {
      const found = await listMarketplaceProducts(
        db,
        viewer,
        { storeCode: store.code, ...filter },
        { first: 2 },
      );
      expect(numbersOf(found.list)).toEqual(['P-0000', 'P-1100']);
      expect(found.list).toMatchObject({
        totalCount: 3,
        totalCountExact: true,
        pageInfo: { hasNextPage: true },
      });
      const after = found.list?.pageInfo.endCursor;
      const rest = await listMarketplaceProducts(
        db,
        viewer,
        { storeCode: store.code, ...filter },
        { first: 2, after },
      );
      expect(numbersOf(rest.list)).toEqual(['P-2200']);
    }
  }));

test.each([
  ...['noel', 'NOËL', "d'olive", 'd’olive', 'or', 't-shirt', 'usb-c', 'skoda', 'käse', 'aaa', 'c-3'],
])('the database reads the pattern of %s as it is meant', (search) =>
  withRollback(async (db) => {
    const store = await buildStore(db);
    const title = "Noël, huile d’olive, d'or, T Shirt, USB‑C, Škoda, Kaese, AAA, C 3";
    await buildMarketplaceProduct(db, store, '1', {}, { FR: title });
    const { edges } = await listProducts(db, store.id, { search }, { first: 1 });
    expect(edges).toHaveLength(1);
  }),
);

test('a brand behind thousands of others is found by its name', () =>
  withRollback(async (db) => {
    const { id } = await buildStore(db);
    await db.$executeRaw`
      INSERT INTO marketplace_products (store_id, store_name, marketplace, marketplace_product_id, availability, brand,
        content_hash, last_import_job_id)
      SELECT ${id}::uuid, 'Many', 'Letzshop', n::text, 'in_stock', 'Brand ' || lpad(n::text, 5, '0'), '', gen_random_uuid()
      FROM generate_series(1, 6000) n`;
    await db.$executeRaw`ANALYZE marketplace_products`;
    expect((await listBrands(db, [id], 'brand 05990', 20)).get(id)).toEqual(['Brand 05990']);
    expect((await listBrands(db, [id], 'brand', 2)).get(id)).toEqual(['Brand 00001', 'Brand 00002']);
  }));
