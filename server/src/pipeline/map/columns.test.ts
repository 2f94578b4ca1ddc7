// @module-tag pipeline
import { describe, expect, test } from 'vitest';
import { FeedRefusal } from '../../product-data/feed-refusal.ts';
import { mapColumns } from './columns.ts';

const map = (headers: readonly string[]) => mapColumns(headers, 'EUR');
/** Attribute and the headers that are asked for it, in order. */
const columnsOf = (headers: readonly string[]) => {
  const { attributes, id } = map(headers);
  const named = attributes.map(
    ({ attribute, indexes }) => [attribute.name, indexes.map((at) => headers[at])] as const,
  );
  return { id: id.map((at) => headers[at]), ...Object.fromEntries(named) };
};
test('recognised columns are in the order of the file', () => {
  const headers = ['Preis', 'gtin', 'title', 'ean', 'id'];
  expect([...map(headers).recognised.keys()]).toEqual(headers);
});

const extraOf = (headers: readonly string[]) => map(headers).extra.map((at) => headers[at]);

describe('of several columns for one attribute', () => {
  test.each([
    ['the technical name beats an alias', ['Titel', 'id', 'title'], 'title', ['title']],
    ['an alias beats a last resort', ['name', 'id', 'Titel'], 'title', ['Titel']],
    ['a last resort serves when there is nothing better', ['name', 'id'], 'title', ['name']],
    [
      'columns of the same rank are asked in their order',
      ['id', 'Titel', 'titre'],
      'title',
      ['Titel', 'titre'],
    ],
    [
      'the technical name is found in any spelling',
      ['ID ', 'title', 'Image Link', 'g:image_link'],
      'image_link',
      ['Image Link', 'g:image_link'],
    ],
    [
      'all columns give values to a list',
      ['id', 'title', 'additional_image_link', 'Zusatzbilder'],
      'additional_image_link',
      ['additional_image_link', 'Zusatzbilder'],
    ],
  ])('%s', (_rule, headers, attribute, expected) => {
    expect(columnsOf(headers)).toMatchObject({ [attribute]: expected });
  });

  test.each([
    ['id', ['id', 'sku', 'title']],
    ['id', ['Artikelnummer', 'sku', 'title']],
    ['price', ['id', 'title', 'Preis', 'prix']],
    ['sale_price', ['id', 'title', 'special_price', 'Aktionspreis']],
  ])('another name never lends a row its %s', (attribute, headers) => {
    const asked = columnsOf(headers)[attribute as 'id'];
    expect(asked).toHaveLength(1);
  });

  test('only the very same header, repeated, does', () => {
    expect(columnsOf(['id', 'ID ', 'sku', 'title', 'price', 'Price'])).toMatchObject({
      id: ['id', 'ID '],
      price: ['price', 'Price'],
    });
  });

  test('those that lose are kept as they are', () => {
    expect(extraOf(['id', 'sku', 'title', 'Titel', 'name', 'prix', 'price'])).toEqual([
      'sku',
      'Titel',
      'name',
      'prix',
    ]);
  });
});

test('columns without a name are left out, whatever blanks they are made of', () => {
  expect(extraOf(['id', 'title', '', ' ', '\u200b', '\u00a0', 'x'])).toEqual(['x']);
});

test('two columns that mean the same are said once', () => {
  const { warnings } = map(['id', 'title', 'description', 'Description ', 'description', 'x', 'x']);
  expect(warnings).toMatchObject([{ code: 'COLUMN_REPEATED' }]);
  expect(warnings[0]?.message).toContain('"description"');
});

describe('of two prices with different names', () => {
  test.each([
    ['VK', 'Brutto-VK', 'Brutto-VK'],
    ['Brutto-VK', 'VK', 'Brutto-VK'],
    ['prix', 'prix TTC', 'prix TTC'],
    ['regular_price', 'final_price', 'regular_price'],
  ])('%s and %s, the gross one counts, else the first; and it is said', (one, other, expected) => {
    const headers = ['id', 'title', one, other];
    expect(columnsOf(headers)).toMatchObject({ price: [expected] });
    const { warnings } = map(headers);
    const passedOver = expected === one ? other : one;
    expect(warnings).toMatchObject([{ code: 'COLUMN_PASSED_OVER', columns: [expected, passedOver] }]);
    for (const name of [one, other]) expect(warnings[0]?.message).toContain(`"${name}"`);
  });

  test('nothing is said where one name is surer than the other', () => {
    expect(map(['id', 'title', 'prix TTC', 'price', 'Artikelnummer', 'sku']).warnings).toEqual([]);
  });
});

test('a column for a list that comes twice is no fault', () => {
  expect(map(['id', 'title', 'product_highlight', 'product_highlight', 'gtin', 'ean']).warnings).toEqual([]);
});

test('sub-attributes that a header names give the order of its own cells', () => {
  const { attributes } = map(['id', 'title', 'shipping', 'shipping(country:postal_code:price)']);
  expect(attributes.find(({ attribute }) => attribute.name === 'shipping')?.parts).toEqual(
    new Map([[3, ['country', 'postal_code', 'price']]]),
  );
});

test('the order of attributes does not depend on that of the columns', () => {
  const names = (headers: readonly string[]) =>
    map(headers).attributes.map(({ attribute }) => attribute.name);
  expect(names(['price', 'id', 'brand', 'title'])).toEqual(names(['title', 'brand', 'price', 'id']));
});

test.each([
  [['id', 'title', 'g:price'], 'google'],
  [['ID', 'Title'], 'google'],
  [['id', 'Titel'], 'catalogue'],
  [['sku', 'title'], 'catalogue'],
])('the names %j are those of %s', (headers, format) => {
  expect(map(headers).format).toBe(format);
});

test.each([
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '__defineGetter__',
  'then',
  'length',
])('the header %s is a name like any other', (name) => {
  expect(extraOf(['id', 'title', name])).toEqual([name]);
  expect(map(['id', 'title', name]).recognised.has(name)).toBe(false);
});

describe('a feed without identity is refused', () => {
  const refusal = (headers: readonly string[]) => {
    try {
      return map(headers) && null;
    } catch (error) {
      if (!(error instanceof FeedRefusal)) throw error;
      return error;
    }
  };

  test.each([
    ['NO_ID_COLUMN', ['title', 'price']],
    ['NO_TITLE_COLUMN', ['id', 'price']],
    ['NO_ID_COLUMN', ['Farbe', 'Größe']],
  ])('%s, and says which columns there are', (code, headers) => {
    const error = refusal(headers);
    expect(error?.code).toBe(code);
    for (const header of headers) expect(error?.message).toContain(header);
  });

  test('and names no more than thirty of them, each cut and without control characters', () => {
    const error = refusal([
      'title',
      '\0bad\0',
      'x'.repeat(5000),
      ...Array.from({ length: 100 }, (_, at) => `c${at}`),
    ]);
    expect(error?.message).not.toMatch(/[\0-\x1f]/);
    expect(error?.message).toContain('c20');
    expect(error?.message).not.toContain('c40');
    expect(error?.message.length).toBeLessThan(1500);
  });
});
