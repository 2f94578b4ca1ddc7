// @module-tag web
import { expect, test } from 'vitest';
import { shownTexts } from './shown-texts.ts';

test.each([
  ['FR', ['FR', 'EN', 'DE'], 'FR'],
  ['FR', ['DE', 'EN'], 'EN'],
  ['EN', ['DE', 'FR'], 'FR'],
  ['EN', ['DE'], 'DE'],
  ['DE', [], undefined],
] as const)('a shopper who reads %s gets of %j the texts in %s', (wanted, there, shown) => {
  expect(
    shownTexts(
      there.map((language) => ({ language })),
      wanted,
    )?.language,
  ).toBe(shown);
});
