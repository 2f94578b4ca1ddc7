// @module-tag web
import { expect, test } from 'vitest';
import { parentOf } from './shell-keys.ts';

const place = '/store/a';

test.each([
  ['a part of the place', [{ label: 'Products' }], `${place}/products`, place],
  ['a page of a part', [{ label: 'Import', href: '/i' }, { label: 'Monday' }], '/i/1', '/i'],
  ['one whose name is not known yet', [{ label: 'Products', href: '/p' }], '/p/1', '/p'],
  ['the place itself', [{ label: 'Overview' }], place, null],
])('from %s Esc leads to the page above', (_what, crumbs, path, parent) => {
  expect(parentOf({ current: null, crumbs }, place, path)).toBe(parent);
});
