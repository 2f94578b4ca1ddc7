// @module-tag http
import { expect, test } from 'vitest';
import { DocumentCache } from './document-cache.ts';

test('what was not used for longest goes first, when all texts together are too long', () => {
  const cache = new DocumentCache<number>(6);
  cache.set('aa', 1);
  cache.set('bb', 2);
  cache.set('cc', 3);
  expect(cache.get('aa')).toBe(1);
  cache.set('dd', 4);
  expect(['aa', 'bb', 'cc', 'dd'].map((text) => cache.get(text))).toEqual([1, undefined, 3, 4]);
});

test('a text that is too long by itself is not kept, and drives nothing out', () => {
  const cache = new DocumentCache<number>(6);
  cache.set('aa', 1);
  cache.set('x'.repeat(7), 2);
  expect([cache.get('aa'), cache.get('x'.repeat(7))]).toEqual([1, undefined]);
});
