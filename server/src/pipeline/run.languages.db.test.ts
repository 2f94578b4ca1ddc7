// @module-tag pipeline
// @module-tag db
import { expect, test } from 'vitest';
import { withDatabase } from '../../test/database.ts';
import { importFeed } from '../../test/importing.ts';
import { readVersions } from '../../test/stored.ts';

const french = 'id,titre,prix,marque,couleur\nA,Chaise,5,Durand,rouge\nB,Table,6,Durand,\n';
const german = 'id,Titel,Preis,Marke,Farbe\nA,Stuhl,5,Durand,rot\nB,Tisch,6,Durand,\n';

test('languages stand side by side, with what they share once', () =>
  withDatabase(async (database) => {
    const { storeId } = await importFeed(database, { feed: french, language: 'fr' });
    const { counts, products } = await importFeed(database, { feed: german, language: 'de', storeId });
    expect(counts).toEqual([0, 2, 0, 0, 0]);
    expect(products[0]).toMatchObject({
      shared: { price: 5, brand: 'Durand' },
      translations: { FR: { title: 'Chaise', color: 'rouge' }, DE: { title: 'Stuhl', color: 'rot' } },
    });
  }));

test('French, German and French again changes nothing the third time', () =>
  withDatabase(async (database) => {
    const { storeId } = await importFeed(database, { feed: french, language: 'fr' });
    await importFeed(database, { feed: german, language: 'de', storeId });
    const versions = await readVersions(database, storeId);
    for (const [language, feed] of [
      ['fr', french],
      ['de', german],
      ['fr', french],
    ] as const) {
      expect((await importFeed(database, { feed, language, storeId })).counts).toEqual([0, 0, 2, 0, 0]);
    }
    expect(await readVersions(database, storeId)).toEqual(versions);
  }));

test('a change of one language leaves the others’ texts as they are', () =>
  withDatabase(async (database) => {
    const { storeId } = await importFeed(database, { feed: french, language: 'fr' });
    await importFeed(database, { feed: german, language: 'de', storeId });
    const before = await importFeed(database, {
      feed: german.replace('Stuhl', 'Sessel'),
      language: 'de',
      storeId,
    });
    expect(before.counts).toEqual([0, 1, 1, 0, 0]);
    expect(before.products[0]?.translations).toMatchObject({
      FR: { title: 'Chaise' },
      DE: { title: 'Sessel' },
    });
  }));

test('what is shared belongs to the feed that brought it last', () =>
  withDatabase(async (database) => {
    const { storeId } = await importFeed(database, { feed: french, language: 'fr' });
    const dearer = german.replace('Stuhl,5', 'Stuhl,7').replace('Tisch,6,Durand', 'Tisch,6,');
    const second = await importFeed(database, { feed: dearer, language: 'de', storeId });
    expect(second.products.map(({ shared }) => [shared['price'], shared['brand']])).toEqual([
      [7, 'Durand'],
      [6, undefined],
    ]);
    const third = await importFeed(database, { feed: french, language: 'fr', storeId });
    expect(third.counts).toEqual([0, 2, 0, 0, 0]);
    expect(third.products.map(({ shared }) => [shared['price'], shared['brand']])).toEqual([
      [5, 'Durand'],
      [6, 'Durand'],
    ]);
    expect(third.products[0]?.translations).toMatchObject({
      FR: { title: 'Chaise' },
      DE: { title: 'Stuhl' },
    });
  }));

test('a product of one language alone has no text in the others', () =>
  withDatabase(async (database) => {
    const { storeId } = await importFeed(database, { feed: french, language: 'fr' });
    const { products } = await importFeed(database, {
      feed: 'id,title,price\nC,Lamp,7\n',
      language: 'en',
      storeId,
    });
    expect(products.map(({ id, translations }) => [id, Object.keys(translations)])).toEqual([
      ['A', ['FR']],
      ['B', ['FR']],
      ['C', ['EN']],
    ]);
  }));
