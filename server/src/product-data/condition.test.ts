// @module-tag product-data
import { expect, test } from 'vitest';
import { readCondition } from './condition.ts';

test.each([
  ['new', ['new', 'NEW', 'https://schema.org/NewCondition', 'Neu', 'neuf', 'Neuve']],
  ['refurbished', ['refurbished', 'generalueberholt', 'Überholt', 'reconditionné', 'remis à neuf']],
  ['used', ['used', 'used_like_new', 'DamagedCondition', 'gebraucht', 'D’occasion', "d'occasion", 'usage']],
])('%s has many names', (value, texts) => {
  expect(texts.map(readCondition)).toEqual(texts.map(() => ({ ok: true, value })));
});

test.each(['EXCELLENT', 'B-Ware', 'constructor', 'newer'])(
  'the condition %j is not taken for new',
  (text) => {
    expect(readCondition(text)).toEqual({ ok: false, code: 'CONDITION_UNKNOWN' });
  },
);
