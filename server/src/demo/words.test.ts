// @module-tag demo
import { expect, test } from 'vitest';
import { combination, randomOf, shuffled } from './random.ts';
import { fill, slug, typeset, words } from './words.ts';

test('a word table has a row for each line that is not blank', () => {
  expect(words('\n  un | one | eins\n\n  deux | two | zwei\n')).toEqual([
    { fr: 'un', en: 'one', de: 'eins' },
    { fr: 'deux', en: 'two', de: 'zwei' },
  ]);
});

test('a word table with a line that lacks a translation is refused', () => {
  expect(() => words('un | one')).toThrow('un | one');
});

test('a template is filled, and refused when it names what nobody knows', () => {
  expect(fill('{n} pages, {n}!', { n: 12 })).toBe('12 pages, 12!');
  expect(() => fill('{pages}', { n: 12 })).toThrow('{pages}');
});

test.each([
  ['fr', 'Vase « Alzette » : 12 €', 'Vase «\u00a0Alzette\u00a0»\u00a0: 12\u00a0€'],
  ['en', 'Vase: 12 €', 'Vase: 12 €'],
  ['de', 'Vase „Alzette“: 12 €', 'Vase „Alzette“: 12 €'],
] as const)('typesets %s as it is used to', (language, text, set) => {
  expect(typeset(language, text)).toBe(set);
});

test.each([
  ['L’Été des hirondelles (broché)', 'l-ete-des-hirondelles-broche'],
  ['Straße & Œuvre, 28"', 'strasse-oeuvre-28'],
  ['', ''],
])('makes of %j the part %j of an address', (text, part) => {
  expect(slug(text)).toBe(part);
});

test('every combination comes once', () => {
  const lengths = [7, 4, 9];
  const all = Array.from({ length: 252 }, (_, index) => combination(index, lengths).join());
  expect(new Set(all).size).toBe(252);
  expect(() => combination(252, lengths)).toThrow(RangeError);
});

test('the same names draw the same, other names something else', () => {
  const draw = (...names: (string | number)[]) => {
    const random = randomOf(...names);
    return Array.from({ length: 20 }, () => random.between(1, 1000));
  };
  expect(draw('book', 1)).toEqual(draw('book', 1));
  expect(draw('book', 2)).not.toEqual(draw('book', 1));
  expect(Math.min(...draw('x'))).toBeGreaterThanOrEqual(1);
});

test('shuffling keeps every element and leaves the list itself alone', () => {
  const list = Array.from({ length: 50 }, (_, i) => i);
  const mixed = shuffled(list, randomOf('shuffle'));
  expect(mixed).not.toEqual(list);
  expect(mixed.toSorted((a, b) => a - b)).toEqual(list);
});
