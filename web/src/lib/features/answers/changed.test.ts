// @module-tag web
import { expect, test } from 'vitest';
import { changed } from './changed.ts';

const before: { name: string; note: string | null; active: boolean } = {
  name: 'Anna',
  note: null,
  active: true,
};

test.each([
  ['nothing', {}],
  ['a text', { name: 'Anne' }],
  ['a text to none', { name: '' }],
  ['a yes to a no, and none to a text', { note: 'new', active: false }],
])('of facts that were the same but for %s only that is left', (_what, change) => {
  expect(changed(before, { ...before, ...change })).toEqual(change);
});
