// @module-tag web
import { expect, test } from 'vitest';
import { attributes } from '../../../../../server/src/product-data/attributes.ts';
import { attributeGroups, isGiven, textAttributes } from './attribute-groups.ts';

/** Stored in one attribute, given by the API in two. */
const split: Readonly<Record<string, readonly string[]>> = {
  salePriceEffectiveDate: ['salePriceEffectiveFrom', 'salePriceEffectiveUntil'],
  gtin: ['gtin', 'additionalGtin'],
};
const keysOf = (scope: 'shared' | 'translation') =>
  attributes.filter((one) => one.scope === scope).flatMap(({ key }) => split[key] ?? [key]);

test('each attribute that languages share is in one group', () => {
  const shown = attributeGroups.flatMap((group) => group.attributes.map(({ key }) => String(key)));
  expect(shown.toSorted()).toEqual(keysOf('shared').toSorted());
});

test('each text is shown with its language', () => {
  const shown = ['title', 'description', ...textAttributes.map(({ key }) => String(key))];
  expect(shown.toSorted()).toEqual(keysOf('translation').toSorted());
});

test.each([
  [null, false],
  ['', false],
  [[], false],
  [0, true],
  [false, true],
  [['a'], true],
])('%j is something that a feed said: %j', (value, given) => {
  expect(isGiven(value)).toBe(given);
});
