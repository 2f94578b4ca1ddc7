// @module-tag marketplace-product
import { describe, expect, test } from 'vitest';
import { attributes } from '../../product-data/attributes.ts';
import { attributeFields } from './marketplace-product.attributes.ts';
import { attributeDescriptions } from './marketplace-product.descriptions.ts';
import { readProductId, textOfProductId } from './marketplace-product.id.ts';
import { followable, followableList, picturesOf, titleIn } from './marketplace-product.texts.ts';

const texts = (...languages: readonly ('EN' | 'FR' | 'DE')[]) =>
  languages.map((language) => ({ language, title: `in ${language}` }));

test.each([
  ['FR', ['EN', 'FR', 'DE'], 'in FR'],
  ['DE', ['EN', 'FR'], 'in EN'],
  ['EN', ['FR', 'DE'], 'in FR'],
  [null, ['DE', 'EN'], 'in EN'],
  [null, ['DE'], 'in DE'],
  ['FR', [], null],
] as const)('a title asked in %s of %j is %s', (language, existing, title) => {
  expect(titleIn(texts(...existing), language)).toBe(title);
});

test.each([
  ['https://shop.example.test/1', 'https://shop.example.test/1'],
  ['HTTP://shop.example.test/', 'HTTP://shop.example.test/'],
  ['javascript:alert(1)', null],
  ['data:text/html,x', null],
  ['//shop.example.test/1', null],
  ['/1', null],
  ['https://user:secret@shop.example.test/', null],
  ['', null],
  [7, null],
])('%j is given as the link %j', (stored, given) => {
  expect(followable(stored)).toBe(given);
});

test('what is stored in place of a list of links gives none', () => {
  expect(followableList({ length: 1 })).toEqual([]);
});

test('pictures come with the main one first, each once, and only those that can be shown', () => {
  const imageLink = 'https://a.example.test/1.jpg';
  const additionalImageLink = ['https://a.example.test/2.jpg', imageLink, 'javascript:alert(1)', null];
  expect(picturesOf({ imageLink, additionalImageLink })).toEqual([imageLink, 'https://a.example.test/2.jpg']);
  expect(picturesOf({ imageLink: null, additionalImageLink: null })).toEqual([]);
});

describe('the id of a product', () => {
  const storeId = '0198c5a0-0000-7000-8000-000000000001';

  test('carries the store', () => {
    const id = textOfProductId({ id: 12n, storeId });
    expect(id).toBe(`${storeId}:12`);
    expect(readProductId(id)).toEqual({ id: 12n, storeId });
  });

  test.each([
    '',
    '12',
    `${storeId}:`,
    `${storeId}:-1`,
    `${storeId}:1e3`,
    `${storeId}:${'9'.repeat(19)}`,
    `x:${storeId}:1`,
  ])('that reads %j finds nothing', (text) => {
    expect(readProductId(text).id).toBe(0n);
  });
});

test('every attribute is described, and nothing else is', () => {
  const described = Object.keys(attributeDescriptions).toSorted();
  const fields = [...attributeFields('shared'), ...attributeFields('translation')];
  expect(fields.map(({ key }) => key).toSorted()).toEqual(described);
  // The title has a field of its own, and the dates of a sale are two.
  expect(fields).toHaveLength(attributes.length - 2 + 4);
});
