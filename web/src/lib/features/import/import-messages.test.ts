// @module-tag web
import { expect, test } from 'vitest';
import { m } from '#lib/paraglide/messages.js';

test('the result of an import keeps to the number of French words', () => {
  const said = (n: number) => m.import_result_counts({ n, new: String(n), updated: '1' }, { locale: 'fr' });
  expect([0, 1, 2].map(said)).toEqual([
    '0 nouveau, 1 mis à jour',
    '1 nouveau, 1 mis à jour',
    '2 nouveaux, 1 mis à jour',
  ]);
});

test('warnings are counted as warnings: a row may have several', () => {
  expect(m.import_warnings_saved({ n: 6, count: '6' })).toBe(
    '6 warnings. Rows with a warning are saved all the same.',
  );
});
