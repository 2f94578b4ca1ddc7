// @module-tag product-data
import { describe, expect, test } from 'vitest';
import { attributes, attributesByName } from './attributes.ts';
import { readValue } from './read-value.ts';

const context = { timeZone: 'Europe/Luxembourg' };

function read(name: string, raw: string, more: Partial<Parameters<typeof readValue>[2]> = {}) {
  const attribute = attributesByName.get(name);
  if (!attribute) throw new Error(`no attribute ${name}`);
  return readValue(attribute, raw, { ...context, ...more });
}

test.each([
  ['title', ' Lamp <b>', 'Lamp <b>'],
  ['google_product_category', 'Home &amp; Garden &gt; Lighting', 'Home & Garden > Lighting'],
  ['description', 'a &amp; b', 'a &amp; b'],
  ['link', 'https://shop.example/?a=1,2', 'https://shop.example/?a=1,2'],
  ['image_link', 'https://shop.example/1,2.jpg', 'https://shop.example/1,2.jpg'],
  ['image_link', 'https://a.example/1;w=2|3?a=1;b|c d', 'https://a.example/1;w=2|3?a=1;b|c d'],
  ['image_link', 'https://a.example/?u=https://b.example/', 'https://a.example/?u=https://b.example/'],
  [
    'additional_image_link',
    'https://a.example/1, https://a.example/2',
    '["https://a.example/1","https://a.example/2"]',
  ],
  ['product_type', '"Home, Garden",Lamps', '["Home, Garden","Lamps"]'],
  ['availability', 'Auf Lager', 'in_stock'],
  ['availability_date', '2030-02-24', '2030-02-23T23:00:00.000Z'],
  ['identifier_exists', 'Nein', 'false'],
  ['multipack', '06', '6'],
  ['unit_pricing_measure', '0,75l', '0.75 l'],
  ['condition', 'neuf', 'new'],
  ['age_group', 'Kinder', 'kids'],
  ['gender', 'Damen', 'female'],
  ['ships_from_country', 'lu', 'LU'],
  ['shopping_ads_excluded_country', 'lu, DE, LU', '["LU","DE"]'],
  ['installment', '6:50 BRL', '{"months":"6","amount":"50 BRL"}'],
  ['shipping', 'LU:::4.90 EUR', '[{"country":"LU","price":"4.90 EUR"}]'],
])('a cell of %s, %j, is stored as %s', (name, raw, value) => {
  expect(read(name, raw)).toEqual({ ok: true, value });
});

test.each(attributes.map(({ name }) => name))('a blank cell of %s is null without a warning', (name) => {
  for (const raw of ['', ' ', '\u00a0\u200b']) expect(read(name, raw)).toEqual({ ok: true, value: null });
});

test.each(['mpn', 'brand', 'color', 'condition', 'availability_date', 'link', 'shipping'])(
  'a placeholder in %s is null without a warning',
  (name) => {
    for (const raw of ['N/A', '-', 'keine', 'aucun'])
      expect(read(name, raw)).toEqual({ ok: true, value: null });
  },
);

test('a title may read like a placeholder', () => {
  expect(read('title', 'None')).toEqual({ ok: true, value: 'None' });
});

describe('a value that was changed says so', () => {
  test.each([
    ['TEXT_TOO_LONG', 'brand', 'x'.repeat(101), 'x'.repeat(100)],
    ['TEXT_TOO_LONG', 'custom_label_0', `${'x'.repeat(99)}👍`, 'x'.repeat(99)],
    ['TEXT_TOO_LONG', 'promotion_id', `a,${'x'.repeat(60)}`, `["a","${'x'.repeat(50)}"]`],
    ['TOO_MANY_VALUES', 'size_type', 'regular,petite,tall', '["regular","petite"]'],
    ['TOO_MANY_VALUES', 'image_link', 'https://a.example/1,https://a.example/2', 'https://a.example/1'],
    ['TOO_MANY_VALUES', 'image_link', 'https://a.example/1|https://a.example/2', 'https://a.example/1'],
    ['TOO_MANY_VALUES', 'image_link', 'https://a.example/1; http://a.example/2', 'https://a.example/1'],
    ['TOO_MANY_VALUES', 'image_link', 'https://a.example/1 https://a.example/2', 'https://a.example/1'],
    ['CONTROL_CHARACTERS', 'mpn', 'A\0B\x1b', 'AB'],
    ['CONTROL_CHARACTERS', 'product_highlight', 'A\ud800B', '["AB"]'],
  ])('%s in %s', (warning, name, raw, value) => {
    expect(read(name, raw)).toEqual({ ok: true, value, warning });
  });

  test.each([
    [
      'URL_UNREADABLE',
      'additional_image_link',
      '1.jpg,https://a.example/2',
      '["https://a.example/2"]',
      '1.jpg',
    ],
    ['COUNTRY_UNKNOWN', 'shopping_ads_excluded_country', 'LU,Mars,Pluto', '["LU"]', 'Mars, Pluto'],
    ['TOO_MANY_VALUES', 'image_link', 'https://a.example/1,/2', 'https://a.example/1', undefined],
  ])('%s in %s, of which the others are kept', (warning, name, raw, value, lost) => {
    expect(read(name, raw)).toEqual({ ok: true, value, warning, lost });
  });

  test('and a hundred thousand images are ten', () => {
    const raw = 'https://a.example/1.jpg,'.repeat(40_000);
    const images = read('additional_image_link', raw);
    expect(images).toMatchObject({ ok: true, warning: 'TOO_MANY_VALUES' });
    expect(images.ok && JSON.parse(images.value ?? '')).toHaveLength(10);
  });
});

test.each([
  ['URL_UNREADABLE', 'link', 'javascript:alert(1)'],
  ['URL_UNREADABLE', 'image_link', '1.jpg'],
  ['URL_UNREADABLE', 'additional_image_link', '1.jpg,2.jpg'],
  ['DATE_UNREADABLE', 'expiration_date', 'now'],
  ['BOOLEAN_UNREADABLE', 'adult', 'maybe'],
  ['INTEGER_UNREADABLE', 'multipack', '-2'],
  ['MEASURE_UNREADABLE', 'shipping_weight', '12'],
  ['AVAILABILITY_UNKNOWN', 'availability', 'soon'],
  ['AGE_GROUP_UNKNOWN', 'age_group', '40+'],
  ['GENDER_UNKNOWN', 'gender', 'x'],
  ['COUNTRY_UNKNOWN', 'ships_from_country', 'Mars'],
  ['STRUCTURE_UNREADABLE', 'product_detail', 'blue'],
])('%s for a cell of %s that holds %j', (code, name, raw) => {
  expect(read(name, raw)).toEqual({ ok: false, code });
});

test('a condition that cannot be read is not left out: then the product would pass for new', () => {
  const unknown = { ok: true, value: 'unknown', warning: 'CONDITION_UNKNOWN' };
  for (const text of ['excellent', 'unknown', 'Unbekannt', 'inconnu'])
    expect(read('condition', text)).toEqual(unknown);
});

test('the parts of a cell are those of its header, also after another feed', () => {
  const parts = ['country', 'price'];
  expect(read('shipping', 'LU:::4.90 EUR')).toMatchObject({ ok: true });
  expect(read('shipping', 'LU:::4.90 EUR', { parts })).toEqual({ ok: false, code: 'STRUCTURE_UNREADABLE' });
  expect(read('shipping', 'LU:4 EUR', { parts })).toEqual({
    ok: true,
    value: '[{"country":"LU","price":"4 EUR"}]',
  });
});
