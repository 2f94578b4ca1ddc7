// @module-tag demo
import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { recogniseHeader } from '../product-data/header-aliases.ts';
import type { Language } from '../product-data/language.ts';
import { columnsOf } from './feed-cells.ts';
import { demoFeed, demoFeedNames, demoFeedSummary, demoFeedVersion, findDemoFeed } from './feeds.ts';
import { demoStores, type DemoStoreCode } from './shops.ts';

type Row = readonly string[];
interface ReadFeed {
  readonly bytes: Buffer;
  readonly text: string;
  readonly header: Row;
  readonly rows: readonly Row[];
  /** Rows that have as many cells as the header, by id, the first of each. */
  readonly byId: ReadonlyMap<string, Row>;
  readonly cell: (row: Row, column: string) => string;
}

/** Said once more, and not taken from the generator: a wrong dialect has to be noticed. */
const dialects: Record<DemoStoreCode, Record<Language, readonly [charset: string, delimiter: string]>> = {
  'weber-livres': { fr: ['utf8', ';'], en: ['utf8', ','], de: ['win1252', ';'] },
  'weber-deco': { fr: ['utf8', '\t'], en: ['utf8', ','], de: ['win1252', ';'] },
  'kirchberg-velo': { fr: ['win1252', ';'], en: ['utf8', ','], de: ['utf16le', '\t'] },
};
const feeds = demoStores.flatMap(({ code, languages }) =>
  languages.map((language) => [code, language] as const),
);

const readOnce = new Map<string, ReadFeed>();

function readFeed(code: DemoStoreCode, language: Language): ReadFeed {
  const known = readOnce.get(code + language);
  if (known) return known;
  const [charset, delimiter] = dialects[code][language];
  const bytes = Buffer.concat([...demoFeed(code, language)]);
  const text = iconv.decode(bytes, charset);
  const records = parse(text, { delimiter, relax_column_count: true });
  const [header = [], ...rows] = records.filter(([first]) => !first?.startsWith('#'));
  const byId = new Map<string, Row>();
  for (const row of rows) {
    const [id = ''] = row;
    if (id !== '' && row.length === header.length && !byId.has(id)) byId.set(id, row);
  }
  const columns = columnsOf(code);
  const cell = (row: Row, column: string) => row[columns.indexOf(column)] ?? '';
  const feed = { bytes, text, header, rows, byId, cell };
  readOnce.set(code + language, feed);
  return feed;
}

const price = /^\d{1,3}(?:[.,\u00a0\u202f]?\d{3})*[.,]\d\d(?:[ \u00a0](?:EUR|€))?$/;
const centsOf = (cell: string) => Number(cell.replaceAll(/\D/g, ''));
/** Weights 1, 3, 1, 3 … from the left give a multiple of ten (GS1 General Specifications 7.9). */
const isGtin13 = (digits: string) =>
  /^\d{13}$/.test(digits) &&
  [...digits].reduce((sum, digit, i) => sum + Number(digit) * (i % 2 ? 3 : 1), 0) % 10 === 0;

describe.each(feeds)('the feed of %s in %s', (code, language) => {
  const summary = demoFeedSummary(code, language);

  test('is the same each time it is made', () => {
    expect(Buffer.concat([...demoFeed(code, language)]).equals(readFeed(code, language).bytes)).toBe(true);
  });

  test('holds a few thousand products', () => {
    const { rows } = readFeed(code, language);
    expect(summary.products).toBeGreaterThanOrEqual(3000);
    expect(summary.products).toBeLessThanOrEqual(5000);
    expect(rows).toHaveLength(summary.rows);
  });

  test('has every character that its encoding can hold, and is in no other encoding', () => {
    const { bytes, text } = readFeed(code, language);
    const isUtf8 = Buffer.from(bytes.toString('utf8'), 'utf8').equals(bytes) && !bytes.includes(0);
    expect(isUtf8).toBe(dialects[code][language][0] === 'utf8');
    // A question mark without a blank or another sign before it stands for a character that got lost.
    expect(text).not.toMatch(/[\ufffd]|\p{L}\?\p{L}|Ã|â€/u);
    if (language === 'fr') expect(text).toMatch(/é[^]*à[^]*ê[^]*’/);
    if (language === 'de') expect(text).toMatch(/ä[^]*ö[^]*ü[^]*ß/);
  });

  test('has headers that are known, all but the one of the shop', () => {
    const { header } = readFeed(code, language);
    expect(header.map((name) => recogniseHeader(name)?.attribute ?? 'own')).toEqual(columnsOf(code));
  });

  test('has rows of every type of error, as many as its summary says', () => {
    const { rows, header, cell } = readFeed(code, language);
    const framed = rows.filter((row) => row.length <= header.length);
    const titled = framed.filter((row) => cell(row, 'title').trim() !== '');
    const ids = rows.map((row) => cell(row, 'id')).filter((id) => id !== '');
    const prices = framed.map((row) => cell(row, 'price')).filter((cell) => cell !== '');
    expect(summary.errors).toEqual({
      PARSE_ERROR: rows.length - framed.length,
      MISSING_ID: rows.length - ids.length,
      MISSING_TITLE: framed.length - titled.length,
      DUPLICATE_ID: ids.length - new Set(ids).size,
      VALIDATION_ERROR: prices.filter((cell) => !price.test(cell)).length,
    });
    const refused = Object.values(summary.errors);
    expect(Math.min(...refused)).toBeGreaterThan(0);
    expect(refused.reduce((sum, count) => sum + count) / rows.length).toBeCloseTo(0.01, 2);
  });

  test('has GTINs of its own that are right, but for those spoilt on purpose', () => {
    const { byId, rows, cell } = readFeed(code, language);
    const wrong = rows.filter((row) => row.length <= columnsOf(code).length && !isGtin13(cell(row, 'gtin')));
    const { GTIN_CHECK_DIGIT = 0, GTIN_DAMAGED = 0, GTIN_MALFORMED = 0, GTIN_REPAIRED = 0 } = summary.codes;
    expect(wrong).toHaveLength(GTIN_CHECK_DIGIT + GTIN_DAMAGED + GTIN_MALFORMED + GTIN_REPAIRED);
    const right = [...byId.values()].map((row) => cell(row, 'gtin')).filter(isGtin13);
    expect(new Set(right).size).toBe(right.length);
  });

  test('has a title of its own for each product', () => {
    const { byId, cell } = readFeed(code, language);
    const titles = [...byId.values()].map((row) => cell(row, 'title').trim()).filter((title) => title !== '');
    expect(new Set(titles).size).toBe(titles.length);
  });

  test('begins with rows that are right', () => {
    const { rows, header, cell } = readFeed(code, language);
    for (const row of rows.slice(0, 10)) {
      expect(row).toHaveLength(header.length);
      expect(cell(row, 'title')).not.toBe('');
      expect(cell(row, 'price')).toMatch(price);
      expect(isGtin13(cell(row, 'gtin'))).toBe(true);
    }
  });
});

describe.each(demoStores.map(({ code }) => code))('the three feeds of %s', (code) => {
  const [fr, en, de] = [readFeed(code, 'fr'), readFeed(code, 'en'), readFeed(code, 'de')];

  test('have the same products in the same order', () => {
    const idsOf = ({ rows }: ReadFeed) => rows.map(([id]) => id);
    expect(idsOf(fr)).toEqual(idsOf(en));
    expect(idsOf(de)).toEqual(idsOf(en));
  });

  test.each([
    ...['image_link', 'additional_image_link', 'brand', 'mpn', 'google_product_category', 'item_group_id'],
    ...['shipping', 'custom_label_0', 'own'],
  ])('write %s alike', (column) => {
    for (const [id, row] of en.byId) {
      const others = [fr, de].map(({ byId, cell }) => cell(byId.get(id) ?? row, column));
      const value = en.cell(row, column);
      if (column === 'image_link' && !value.startsWith('https://')) continue;
      expect(others).toEqual([value, value]);
    }
  });

  test.each(['price', 'sale_price', 'gtin'])('mean the same %s', (column) => {
    for (const [id, row] of en.byId) {
      const value = en.cell(row, column);
      if (column !== 'gtin' && value !== '' && !price.test(value)) continue;
      const others = [fr, de].map(({ byId, cell }) => centsOf(cell(byId.get(id) ?? row, column)));
      expect(others).toEqual([centsOf(value), centsOf(value)]);
    }
  });

  test.each(['title', 'description', 'link', 'product_type'])('have their own %s', (column) => {
    const [id = '', row = []] = [...en.byId][0] ?? [];
    const others = [fr, de].map(({ byId, cell }) => cell(byId.get(id) ?? [], column));
    expect(new Set([en.cell(row, column), ...others]).size).toBe(3);
  });
});

describe('the names of feeds', () => {
  test('are the last parts of the addresses that demo stores have', () => {
    expect(demoFeedNames).toHaveLength(9);
    expect(demoFeedNames).toContain('weber-livres-fr.csv');
    expect(findDemoFeed('kirchberg-velo-de.csv')).toMatchObject({
      storeCode: 'kirchberg-velo',
      language: 'de',
    });
  });

  test.each([
    '',
    'weber-livres-fr',
    'WEBER-LIVRES-FR.CSV',
    '../weber-livres-fr.csv',
    'weber-livres-lb.csv',
    '__proto__',
  ])('do not include %j', (name) => expect(findDemoFeed(name)).toBeUndefined());

  test('come with entity tags, one each', () => {
    const tags = demoFeedNames.map((name) => findDemoFeed(name)?.etag);
    expect(new Set(tags).size).toBe(9);
    for (const tag of tags) expect(tag).toMatch(/^"[\da-f]{24}"$/);
  });

  test('keep their version only while no byte of a feed changes', () => {
    const hash = createHash('sha256');
    for (const [code, language] of feeds) hash.update(readFeed(code, language).bytes);
    // When the feeds are meant to change: raise demoFeedVersion, and put the new pair here.
    expect([demoFeedVersion, hash.digest('hex').slice(0, 16)]).toEqual([2, 'bdab5b2ea966b935']);
  });
});
