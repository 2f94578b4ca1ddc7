// @module-tag product-data
import { expect, test } from 'vitest';
import { readAgeGroup, readGender } from './audience.ts';

test.each([
  ['newborn', ['newborn', 'Neugeborene', 'nouveau-né']],
  ['infant', ['infant', 'Säuglinge', 'Saeuglinge', 'nourrisson']],
  ['toddler', ['toddler', 'Kleinkinder', 'tout-petit']],
  ['kids', ['kids', 'Kinder', 'enfants']],
  ['teen', ['teen']],
  ['adult', ['Adult', 'Erwachsene', 'adultes']],
  ['all ages', ['all ages', 'All_Ages']],
])('the age group %s has many names', (value, texts) => {
  expect(texts.map(readAgeGroup)).toEqual(texts.map(() => ({ ok: true, value })));
});

test.each([
  ['male', ['male', 'Men', 'Herren', 'männlich', 'Homme']],
  ['female', ['female', 'Women', 'Damen', 'weiblich', 'femme']],
  ['unisex', ['Unisex', 'mixte']],
])('the gender %s has many names', (value, texts) => {
  expect(texts.map(readGender)).toEqual(texts.map(() => ({ ok: true, value })));
});

test('anything else is not guessed', () => {
  expect(readAgeGroup('40+')).toEqual({ ok: false, code: 'AGE_GROUP_UNKNOWN' });
  expect(readGender('constructor')).toEqual({ ok: false, code: 'GENDER_UNKNOWN' });
});
