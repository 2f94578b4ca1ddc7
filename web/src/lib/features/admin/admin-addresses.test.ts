// @module-tag web
import { expect, test } from 'vitest';
import { importsHref } from './admin-addresses.ts';

test('the way to some imports keeps the period of the totals', () => {
  expect(importsHref()).toBe('/admin/imports');
  expect(importsHref('FAILED')).toBe('/admin/imports?status=FAILED');
  expect(importsHref('FAILED', 'weber-deco', '7')).toBe(
    '/admin/imports?store=weber-deco&status=FAILED&period=7',
  );
  expect(importsHref('', null, '7')).toBe('/admin/imports?period=7');
});
