// @module-tag product-data
import { expect, test } from 'vitest';
import { attributesByName } from './attributes.ts';
import { readStructure, readStructures } from './structures.ts';

const partsOf = (name: string) => attributesByName.get(name)?.parts ?? [];
const read = (name: string, text: string, parts = partsOf(name)) => readStructures(text, parts);

test.each([
  ['in its own order', 'shipping', 'LU:::4.90 EUR', [{ country: 'LU', price: '4.90 EUR' }]],
  [
    'with all parts',
    'shipping',
    'US:CA:Ground:9.99 USD',
    [{ country: 'US', region: 'CA', service: 'Ground', price: '9.99 USD' }],
  ],
  ['with a price alone', 'shipping', '4,90 €', [{ price: '4,90 €' }]],
  ['with a country and a price', 'shipping', 'LU:0 EUR', [{ country: 'LU', price: '0 EUR' }]],
  [
    'several',
    'shipping',
    'LU:::4.90 EUR, DE:::5.90 EUR;FR:::6 EUR',
    [
      { country: 'LU', price: '4.90 EUR' },
      { country: 'DE', price: '5.90 EUR' },
      { country: 'FR', price: '6 EUR' },
    ],
  ],
  [
    'with decimal commas that nobody quoted',
    'shipping',
    'LU:::4,90 EUR,DE:::5,90 EUR',
    [
      { country: 'LU', price: '4,90 EUR' },
      { country: 'DE', price: '5,90 EUR' },
    ],
  ],
  [
    'with thousands that are grouped',
    'shipping',
    'LU:::1.299,00 EUR,DE:::1.000.299,5 EUR',
    [
      { country: 'LU', price: '1.299,00 EUR' },
      { country: 'DE', price: '1.000.299,5 EUR' },
    ],
  ],
  [
    'with quoted parts',
    'product_detail',
    'General:"Size: outside":"1, 2 or 3 ""inch"""',
    [{ section_name: 'General', attribute_name: 'Size: outside', attribute_value: '1, 2 or 3 "inch"' }],
  ],
  [
    'wrapped as a whole',
    'product_detail',
    '"General:Colour:red, green",General:Size:XL',
    [
      { section_name: 'General', attribute_name: 'Colour', attribute_value: 'red, green' },
      { section_name: 'General', attribute_name: 'Size', attribute_value: 'XL' },
    ],
  ],
  [
    'with a colon in its prose',
    'product_detail',
    'General:Care:Wash: 30 °C,General:Size:XL',
    [
      { section_name: 'General', attribute_name: 'Care', attribute_value: 'Wash: 30 °C' },
      { section_name: 'General', attribute_name: 'Size', attribute_value: 'XL' },
    ],
  ],
  [
    'with empty ones between',
    'certification',
    ',EC:EPREL:123456,,',
    [{ certification_authority: 'EC', certification_name: 'EPREL', certification_code: '123456' }],
  ],
])('a structure %s (%s)', (_how, name, text, value) => {
  expect(read(name, text)).toEqual({ ok: true, value });
});

test.each([
  ['fewer parts', 'installment', '6:50,00 BRL', { months: '6', amount: '50,00 BRL' }],
  [
    'prose',
    'structured_title',
    'trained_algorithmic_media:Lamp: red, and "bright"',
    { digital_source_type: 'trained_algorithmic_media', content: 'Lamp: red, and "bright"' },
  ],
  [
    'quotes around it',
    'structured_title',
    '"default:Lamp: red"',
    { digital_source_type: 'default', content: 'Lamp: red' },
  ],
])('one structure with %s', (_what, name, text, value) => {
  expect(readStructure(text, partsOf(name))).toEqual({ ok: true, value });
});

test.each(['6', '', ':::', '"6"', '1:2:3:4:5:6:7'])('%j is no structure', (text) => {
  expect(readStructure(text, partsOf('installment'))).toEqual({ ok: false, code: 'STRUCTURE_UNREADABLE' });
});

test('a header gives another order', () => {
  expect(read('shipping', 'US:80302:6.49 USD', ['country', 'postal_code', 'price'])).toEqual({
    ok: true,
    value: [{ country: 'US', postal_code: '80302', price: '6.49 USD' }],
  });
});

test.each([
  ['more parts than names', 'shipping', 'DE:BY:10115:Standard:5 EUR'],
  ['parts left out that cannot be told', 'shipping', 'DE:Standard:5 EUR'],
  ['no parts', 'shipping', 'free'],
  ['one part of several', 'product_detail', 'General'],
  ['nothing', 'shipping', ',;'],
])('%s cannot be taken apart', (_what, name, text) => {
  expect(read(name, text)).toEqual({ ok: false, code: 'STRUCTURE_UNREADABLE' });
});

test('the name of a part is nothing but data', () => {
  const read = readStructures('a:b', ['constructor', 'toString']);
  expect(JSON.stringify(read.ok && read.value)).toBe('[{"constructor":"a","toString":"b"}]');
});

test('a megabyte of colons is given up early', () => {
  const started = performance.now();
  for (const part of [':', ',', ':,', '"', '":', '1,']) readStructures(part.repeat(300_000), ['a', 'b']);
  expect(performance.now() - started).toBeLessThan(3000);
});
