// @module-tag product-data
import { expect, test } from 'vitest';
import { codeOfLanguage, languageOf, languages } from './language.ts';

test('a language and its code stand for each other', () => {
  expect(languages.map(codeOfLanguage)).toEqual(['EN', 'FR', 'DE']);
  expect(languages.map(codeOfLanguage).map(languageOf)).toEqual(languages);
});

test('a tag with a region is its language', () => {
  expect(languageOf('fr-LU')).toBe('fr');
});

test.each(['', 'lb', 'english', 'constructor'])('%j is none of our languages', (tag) => {
  expect(languageOf(tag)).toBeNull();
});
