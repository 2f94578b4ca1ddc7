// @module-tag product-data
import { expect, test } from 'vitest';
import { readCondition } from './condition.ts';

test.each([
  ['new', ['new', 'NEW', 'https://schema.org/NewCondition', 'Neu', 'neuf', 'Neuve']],
  ['refurbished', ['refurbished', 'generalueberholt', 'Überholt', 'reconditionné', 'remis à neuf']],
  ['used', ['used', 'used_like_new', 'DamagedCondition', 'gebraucht', 'D’occasion', "d'occasion", 'usage']],
  ['used', ['Like new', 'wie neu', 'comme neuf', 'Comme neuve', 'open-box', 'openbox', 'B-Ware', 'B-Stock']],
  ['used', ['defekt', 'bon état', 'Très bon état', 'état correct', 'TRES BON ETAT']],
  ['used', ['gebraucht - gut', 'Gebraucht – sehr gut', 'gebraucht - wie neu']],
])('%s has many names', (value, texts) => {
  expect(texts.map(readCondition)).toEqual(texts.map(() => ({ ok: true, value })));
});

test.each(['EXCELLENT', 'A-Ware', 'constructor', 'newer', 'neu - gut'])(
  'the condition %j is not taken for new',
  (text) => {
    expect(readCondition(text)).toEqual({ ok: false, code: 'CONDITION_UNKNOWN' });
  },
);
