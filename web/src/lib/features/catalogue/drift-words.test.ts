// @module-tag web
import { expect, test } from 'vitest';
import { Format } from '#lib/format/format.svelte.ts';
import { leftNotice } from './drift-words.ts';

const format = new Format(() => ({ language: 'en', timeZone: 'UTC' }));

test('when all are dropped there is nothing to say of any that stay', () => {
  expect(leftNotice({ resolvedCount: 3, leftCount: 0 }, format)).toBe(null);
});

test('own prices that stay are counted, with why; and what became of the others', () => {
  expect(leftNotice({ resolvedCount: 3, leftCount: 1 }, format)).toMatchObject({
    title: '1 own price stays',
    text: 'The feed gives none there, and what is published needs one. Everywhere else the values of the feed are used again.',
  });
});

test('when none was dropped there are no others', () => {
  expect(leftNotice({ resolvedCount: 0, leftCount: 1_200 }, format)).toMatchObject({
    title: '1,200 own prices stay',
    text: 'The feed gives none there, and what is published needs one.',
  });
});
