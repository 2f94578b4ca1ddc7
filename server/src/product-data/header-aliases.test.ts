// @module-tag product-data
import { describe, expect, test } from 'vitest';
import { attributes, attributesByName } from './attributes.ts';
import { headerAliases, lastResortHeaders } from './header-alias-table.ts';
import { recogniseHeader } from './header-aliases.ts';

test.each(['id', 'currency', ...attributes.map(({ name }) => name)])(
  'the technical name %s is exact',
  (attribute) => {
    expect(recogniseHeader(attribute)).toEqual({ attribute, rank: 'exact' });
  },
);

test.each([
  ...[
    'image link',
    'Image Link',
    'IMAGE_LINK',
    'imageLink',
    'g:image_link',
    'g_image_link',
    'image_link ',
    'image-link',
  ],
  ...[
    '\ufeffimage_link',
    '"image link"',
    'Image link [image_link]',
    '\u00a0image_link',
    'ｉｍａｇｅ_ｌｉｎｋ',
  ],
])('%j is the technical name too', (header) => {
  expect(recogniseHeader(header)).toEqual({ attribute: 'image_link', rank: 'exact' });
});

const tables = [
  ['alias', headerAliases],
  ['lastResort', lastResortHeaders],
] as const;
const aliases = tables.flatMap(([rank, table]) =>
  Object.entries(table).flatMap(([attribute, names]) => names.map((name) => ({ attribute, name, rank }))),
);

test('every alias stands for an attribute, and for one only', () => {
  const wrong = aliases.filter(({ attribute, name, rank }) => {
    const recognised = recogniseHeader(name);
    return recognised?.attribute !== attribute || (recognised.rank !== rank && recognised.rank !== 'exact');
  });
  expect(wrong).toEqual([]);
  const known = aliases.filter(
    ({ attribute }) => attributesByName.has(attribute) || /^(id|currency)$/.test(attribute),
  );
  expect(known).toHaveLength(aliases.length);
});

test.each([
  ['Art.-Nr.', 'id'],
  ['Größe', 'size'],
  ['Größe'.normalize('NFD'), 'size'],
  ['Groesse', 'size'],
  ['GRÖSSE', 'size'],
  ['Verfuegbarkeit', 'availability'],
  ['Disponibilite', 'availability'],
  ['état', 'condition'],
  ['etat'.normalize('NFD'), 'condition'],
  ['En stock ?', 'availability'],
  ['Body (HTML)', 'description'],
  ['Google Shopping / Age Group', 'age_group'],
  ['imageUrl(s)', 'image_link'],
  ['deliveryCosts_dhl', 'shipping'],
])('%s means %s', (header, attribute) => {
  expect(recogniseHeader(header)).toMatchObject({ attribute });
});

describe('a name that is too general', () => {
  test.each(['name', 'Nom', 'Référence', 'Category', 'IMAGE', 'url', 'Product ID', 'Name *', 'Reference #'])(
    '%s is a last resort',
    (header) => {
      expect(recogniseHeader(header)).toMatchObject({ rank: 'lastResort' });
    },
  );

  test.each(['Type', 'code', 'date', 'Status', 'Option1 Value', 'Price (%)', 'Tags', 'Quantity', 'value'])(
    '%s is not guessed',
    (header) => {
      expect(recogniseHeader(header)).toBeNull();
    },
  );
});

test.each([
  ['additional_image_link_2', 'additional_image_link'],
  ['additional image link 3', 'additional_image_link'],
  ['image[0].url', 'image_link'],
  ['image[1].url', 'additional_image_link'],
  ['imageUrl1', 'image_link'],
  ['imageUrl2', 'additional_image_link'],
  ['video[0].url', 'video_link'],
  ['product_type_2', 'product_type'],
  ['ads_labels[4]', 'ads_labels'],
  ['EAN 2', 'gtin'],
  ['gtin_2', 'gtin'],
  ['gtin[0]', 'gtin'],
  ['custom label 3', 'custom_label_3'],
])('the numbered column %s belongs to %s', (header, attribute) => {
  expect(recogniseHeader(header)).toMatchObject({ attribute });
});

test.each(['title_2', 'custom_label_7', 'price 3', 'brand[0]'])(
  'the number of %s has no meaning',
  (header) => {
    expect(recogniseHeader(header)).toBeNull();
  },
);

test('a header may give the order of the parts of its cells', () => {
  expect(recogniseHeader('Shipping (country:postal code:price)')).toEqual({
    attribute: 'shipping',
    rank: 'exact',
    parts: ['country', 'postal_code', 'price'],
  });
});

test.each(['shipping(country:__proto__)', 'shipping(country:country)', 'shipping()', 'title(a:b)'])(
  'the parts of %s are refused',
  (header) => {
    expect(recogniseHeader(header)).toBeNull();
  },
);

test.each(['Preis (EUR)', 'Preis in €', 'Variant Price EUR', 'prix_eur', 'Preis [EUR]'])(
  'the price in one currency, %s, counts in a store with that currency only',
  (header) => {
    expect(recogniseHeader(header, 'EUR')).toEqual({ attribute: 'price', rank: 'alias', currency: 'EUR' });
    expect(recogniseHeader(header, 'CHF')).toBeNull();
    expect(recogniseHeader(header)).toBeNull();
  },
);

test.each([
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'then',
  'length',
  '',
  ' ',
  '[]',
  '[0]',
])('the header %j is nothing but data', (header) => {
  expect(recogniseHeader(header)).toBeNull();
});

test('a header of a megabyte is not looked at for long', () => {
  const started = performance.now();
  for (const part of ['a', '(', '[', ' 1', '_', ':']) expect(recogniseHeader(part.repeat(1e6))).toBeNull();
  expect(performance.now() - started).toBeLessThan(100);
});
