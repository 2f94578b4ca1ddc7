// @module-tag demo
// @module-tag db
import pg from 'pg';
import { expect, test } from 'vitest';
import { buildImportJob } from '../../test/builders.ts';
import { buildMarketplaceProduct } from '../../test/catalogue.ts';
import { withDatabase } from '../../test/database.ts';
import { insertManyProducts } from '../../test/many-products.ts';
import { countCatalogues } from '../modules/product/product.counts.ts';
import { fillDemoCatalogue } from './own-values.ts';
import { seedDemo } from './seed.ts';

test('the first demo store has a catalogue with own values and drift; what a user made of it stays', () =>
  withDatabase(async ({ db }) => {
    await seedDemo(db, 'http://127.0.0.1:4000');
    await fillDemoCatalogue(db);
    const store = await db.store.findUniqueOrThrow({ where: { code: 'weber-livres' } });
    for (let at = 100; at < 170; at++) await buildMarketplaceProduct(db, store, `P-${at}`);
    await fillDemoCatalogue(db);
    const counts = async () => (await countCatalogues(db, [store.id])).get(store.id);
    expect(await counts()).toEqual({ published: 70, unpublished: 0, drifted: 3, missing: 0 });
    expect(await db.product.count({ where: { isFeatured: true } })).toBe(3);
    await db.product.updateMany({ data: { publishedAt: null, price: null } });
    await fillDemoCatalogue(db);
    expect(await counts()).toEqual({ published: 0, unpublished: 70, drifted: 0, missing: 0 });
  }));

test('a store that somebody has filled with more than the demo has is published by a job, without own values', () =>
  withDatabase(async ({ db, url }) => {
    await seedDemo(db, 'http://127.0.0.1:4000');
    const store = await db.store.findUniqueOrThrow({ where: { code: 'weber-livres' } });
    const { id: lastImportJobId } = await buildImportJob(db, { storeId: store.id });
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await insertManyProducts(client, { storeId: store.id, count: 5_001, prefix: 'P-', lastImportJobId });
    await client.end();
    await fillDemoCatalogue(db);
    expect(await db.publicationJob.findMany()).toMatchObject([{ status: 'PENDING', action: 'PUBLISH' }]);
    expect(await db.product.count()).toBe(0);
  }));
