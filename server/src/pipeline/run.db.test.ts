// @module-tag pipeline
// @module-tag db
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { buildStore } from '../../test/builders.ts';
import { withDatabase } from '../../test/database.ts';
import { importFeed, withTask } from '../../test/importing.ts';
import { httpResponse, startFixedServer } from '../../test/loopback-server.ts';
import { readProducts, readVersions } from '../../test/stored.ts';
import { runImport } from './run.ts';

const header = 'id,title,price,brand,link\n';
const url = 'https://shop.example/';

test('products are stored with all that the feed says of them', () =>
  withDatabase(async (database) => {
    const feed = [
      'id,title,price,sale_price,sale_price_effective_date,availability,gtin,shipping,additional_image_link,adult,multipack,Farbton',
      `A1,"Chair, ""red""",12.50 EUR,"9,90 EUR",2030-01-01/2030-01-02,in stock,"4006381333931,036000291452",DE:::4.90 EUR,"${url}1,${url}2",no,3,rot\\blau`,
      'A2,Table,1200,,,,,,,,,',
    ].join('\n');
    const { outcome, counts, errors, products } = await importFeed(database, { feed });
    expect(outcome).toMatchObject({ kind: 'finished', report: { importedCount: 2, totalProcessed: 2 } });
    expect([counts, errors]).toEqual([[2, 0, 0, 0, 0], []]);
    expect(products).toMatchObject([
      {
        id: 'A1',
        shared: {
          ...{ price: 12.5, currency: 'EUR', sale_price: 9.9, availability: 'in_stock' },
          ...{ gtin: '4006381333931', additional_gtin: ['036000291452'], adult: false, multipack: 3 },
          sale_price_effective_from: '2029-12-31T23:00:00+00:00',
          shipping: [{ country: 'DE', price: '4.90 EUR' }],
          additional_image_link: [`${url}1`, `${url}2`],
        },
        translations: { EN: { title: 'Chair, "red"', extra: { Farbton: 'rot\\blau' } } },
      },
      { id: 'A2', shared: { price: 1200, currency: 'EUR' }, translations: { EN: { title: 'Table' } } },
    ]);
  }));

test('every row has one outcome, and errors say where they are', () =>
  withDatabase(async (database) => {
    const feed = `${header}A,a,5,,\n\n,b,5,,\n"C",,x,,\nA,d,5,,\nE,e,x,,\nF,f,5,,,,\nG,g,5,g,ftp://x\n`;
    const { counts, codes, errors, products } = await importFeed(database, { feed, batchSize: 2 });
    expect(counts).toEqual([3, 0, 0, 4, 1]);
    expect(codes).toEqual({
      ...{ MISSING_ID: 1, MISSING_TITLE: 1, PRICE_UNREADABLE: 2, DUPLICATE_ID: 1, URL_UNREADABLE: 1 },
    });
    expect(
      errors.map(({ row, line, ordinal, identifier, code }) => [row, line, ordinal, identifier, code]),
    ).toEqual([
      [2, 4, 0, null, 'MISSING_ID'],
      [3, 5, 0, 'C', 'MISSING_TITLE'],
      [3, 5, 1, 'C', 'PRICE_UNREADABLE'],
      [4, 6, 0, 'A', 'DUPLICATE_ID'],
      [5, 7, 0, 'E', 'PRICE_UNREADABLE'],
      [7, 9, 0, 'G', 'URL_UNREADABLE'],
    ]);
    expect(errors.at(-1)).toMatchObject({
      ...{ type: 'VALIDATION_ERROR', severity: 'WARNING', attribute: 'link' },
      message: expect.stringContaining('"ftp://x" in "link"'),
      data: { id: 'G', title: 'g', price: '5', brand: 'g', link: 'ftp://x' },
    });
    expect(products.map(({ id }) => id)).toEqual(['A', 'F', 'G']);
  }));

test('the same feed again changes nothing, a feed with other values only those', () =>
  withDatabase(async (database) => {
    const feed = `${header}A,a,5,x,\nB,b,5,y,\nC,c,5,z,\nD,d,,,\n`;
    const { storeId, products } = await importFeed(database, { feed });
    const versions = await readVersions(database, storeId);

    const again = await importFeed(database, { feed, storeId });
    expect([again.counts, again.products]).toEqual([[0, 0, 4, 0, 1], products]);
    expect(await readVersions(database, storeId)).toEqual(versions);

    const other = await importFeed(database, {
      feed: `${header}A,a,6,x,\nB,bb,5,y,\nC,c,5,z,\nE,e,5,,\n`,
      storeId,
    });
    expect(other.counts).toEqual([1, 2, 1, 0, 0]);
    const before = new Set(versions);
    const changed = (await readVersions(database, storeId)).filter((version) => !before.has(version));
    expect(changed).toHaveLength(3);
  }));

test.each([
  ['the order of the columns', 'title,id,link,brand,price\na,A,,x,5\n'],
  ['an empty column more', 'id,title,price,brand,link,mpn,Notiz\nA,a,5,x,,,\n'],
  ['quotes and another delimiter', 'id;title;price;brand;link\n"A";"a";"5,00";x;""\n'],
  ['blanks around values', 'id,title,price,brand,link\n A , a , 5 ,x\u00a0,\n'],
  [
    'line ends and the encoding',
    Buffer.from('\uFEFFid,title,price,brand,link\r\nA,a,5 EUR,x,\r\n', 'utf16le'),
  ],
])('%s is no change', (_what, feed) =>
  withDatabase(async (database) => {
    const { storeId } = await importFeed(database, { feed: `${header}A,a,5,x,\n` });
    const versions = await readVersions(database, storeId);
    expect((await importFeed(database, { feed, storeId })).counts.slice(0, 4)).toEqual([0, 0, 1, 0]);
    expect(await readVersions(database, storeId)).toEqual(versions);
  }),
);

test('a value that a feed no longer has is emptied, a column as much as a cell', () =>
  withDatabase(async (database) => {
    const { storeId } = await importFeed(database, {
      feed: 'id,title,price,brand,color,x\nA,a,5,b,red,y\nB,b,5,c,blue,z\n',
    });
    const { counts, products } = await importFeed(database, {
      feed: 'id,title,price,brand\nA,a,5,\nB,b,5,c\n',
      storeId,
    });
    expect(counts).toEqual([0, 2, 0, 0, 0]);
    expect(
      products.map(({ shared, translations }) => [
        shared['brand'],
        translations['EN']?.['color'],
        translations['EN']?.['extra'],
      ]),
    ).toEqual([
      [undefined, undefined, undefined],
      ['c', undefined, undefined],
    ]);
  }));

test('a product that a feed no longer has stays', () =>
  withDatabase(async (database) => {
    const rows = Array.from({ length: 60 }, (_, at) => `${at},t${at},5,,`).join('\n');
    const { storeId } = await importFeed(database, { feed: header + rows });
    const { counts, products } = await importFeed(database, { feed: `${header}1,t1,5,,\n`, storeId });
    expect([counts, products.length]).toEqual([[0, 0, 1, 0, 0], 60]);
  }));

test('two stores may carry the same id, and neither takes the other’s product', () =>
  withDatabase(async (database) => {
    const one = await importFeed(database, { feed: `${header}A,one,5,,\n` });
    const versions = await readVersions(database, one.storeId);
    const other = await importFeed(database, { feed: `${header}A,other,6,,\n` });
    expect([other.counts, other.products.length]).toEqual([[1, 0, 0, 0, 0], 1]);
    expect(await readVersions(database, one.storeId)).toEqual(versions);
  }));

test('a feed that is refused as a whole stores nothing; one that breaks off, the rows before', () =>
  withDatabase(async (database) => {
    const { id: storeId } = await buildStore(database.db);
    const refused = await importFeed(database, { feed: 'title,price\na,5\n', storeId });
    expect(refused).toMatchObject({ refused: 'NO_ID_COLUMN', counts: [0, 0, 0, 0, 0], products: [] });
    const broken = await importFeed(database, {
      feed: `${header}A,a,5,,\nB,b,5,,\nC,"c,5,,\nD,d,5,,\n`,
      storeId,
      batchSize: 1,
      connections: 2,
    });
    expect(broken).toMatchObject({ refused: 'UNCLOSED_QUOTE', counts: [2, 0, 0, 0, 0] });
    expect(broken.products.map(({ id }) => id)).toEqual(['A', 'B']);
  }));

test('the job knows what was found out about the file', () =>
  withDatabase(async (database) => {
    const feed = 'Artikelnummer;Titel;Preis;Preis\nA;a;5;\n';
    const { jobId, outcome } = await importFeed(database, { feed: Buffer.from(feed, 'latin1') });
    const job = await database.db.marketplaceImportJob.findUniqueOrThrow({ where: { id: jobId } });
    expect(job).toMatchObject({
      encoding: 'utf-8',
      delimiter: ';',
      format: 'catalogue',
      headerWarnings: [{ code: 'COLUMN_REPEATED', columns: ['Preis', 'Preis'] }],
      bytesTotal: BigInt(feed.length),
    });
    expect(job.sourceSha256).toMatch(/^[\da-f]{64}$/);
    expect(outcome?.kind).toBe('finished');
  }));

test('a feed of the same bytes as the last import is not read', () =>
  withDatabase(async (database) => {
    const feed = `${header}A,a,5,,\n`;
    const { storeId, jobId } = await importFeed(database, { feed });
    const { sourceSha256, encoding } = await database.db.marketplaceImportJob.findUniqueOrThrow({
      where: { id: jobId },
    });
    const previous = { etag: null, sha256: sourceSha256 ?? '', encoding: encoding ?? '' };
    const again = await importFeed(database, { feed, storeId, previous });
    expect([again.outcome?.kind, again.counts]).toEqual(['nothingNew', [0, 0, 0, 0, 0]]);
    const other = await importFeed(database, { feed: `${feed}B,b,5,,\n`, storeId, previous });
    expect(other.counts).toEqual([1, 0, 1, 0, 0]);
  }));

test('the feed that an earlier attempt has left here is not read when another node has read a newer one since', () =>
  withDatabase(async (database) => {
    const newer = `${header}B,b,5,,\n`;
    const web = await startFixedServer(httpResponse(200, newer));
    await withTask(database, { feed: `${header}A,a,5,,\n` }, async (task) => {
      const sourceSha256 = createHash('sha256').update(newer).digest('hex');
      const served = { sourceUrl: `${web.origin}/feed.csv`, allowedAddresses: '127.0.0.1:*' };
      await runImport({ ...task, ...served, sourceSha256 }, () => undefined, new AbortController().signal);
      expect((await readProducts(database, task.storeId)).map(({ id }) => id)).toEqual(['B']);
    });
  }));
