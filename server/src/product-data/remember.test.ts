// @module-tag product-data
import { expect, test } from 'vitest';
import { remembering, rememberingFor } from './remember.ts';

test('a text is read once', () => {
  const texts: string[] = [];
  const read = remembering((text: string) => texts.push(text));
  expect([read('a'), read('b'), read('a')]).toEqual([1, 2, 1]);
  expect(texts).toEqual(['a', 'b']);
});

test('long texts and old ones are forgotten', () => {
  let count = 0;
  const read = remembering(() => ++count);
  read('x'.repeat(1000));
  read('x'.repeat(1000));
  expect(count).toBe(2);
  for (let index = 0; index < 10_000; index++) read(String(index));
  read('0');
  expect(count).toBe(10_003);
});

test('what depends on something else is read anew when that changes', () => {
  const read = rememberingFor((text, zone: string) => `${text} in ${zone}`);
  expect([read('noon', 'Lisbon'), read('noon', 'Athens')]).toEqual(['noon in Lisbon', 'noon in Athens']);
});
