// @module-tag web
import { expect, test } from 'vitest';
import { Selection } from './selection.svelte.ts';

const ids = (count: number, from = 0) => Array.from({ length: count }, (_, index) => `p${from + index}`);

test('so many can be chosen one by one; the next is not, and that is known', () => {
  const selection = new Selection();
  selection.setPage(ids(999), true);
  expect(selection.full).toBe(false);
  selection.setPage(ids(50, 990), true);
  expect([selection.count, selection.full]).toEqual([1_000, true]);
  selection.toggle('another', []);
  expect([selection.has('another'), selection.count]).toEqual([false, 1_000]);
  selection.toggle('p0', []);
  expect([selection.has('p0'), selection.full]).toEqual([false, false]);
});

test('all that match are never too many', () => {
  const selection = new Selection();
  selection.setPage(ids(1_000), true);
  selection.chooseAll();
  expect([selection.full, selection.has('another')]).toEqual([false, true]);
});

test('of all that match one is left out: what is in sight stays chosen', () => {
  const selection = new Selection();
  selection.chooseAll();
  selection.toggle('p1', ids(3));
  expect([selection.all, ...selection.ids]).toEqual([false, 'p0', 'p2']);
});

test('nothing is chosen of rows that belong to what was asked for before; what is chosen can be let go', () => {
  let held = false;
  const selection = new Selection(() => held);
  selection.toggle('p0', []);
  held = true;
  selection.toggle('p1', []);
  selection.setPage(ids(3), true);
  selection.chooseAll();
  expect([selection.all, ...selection.ids]).toEqual([false, 'p0']);
  selection.clear();
  expect(selection.empty).toBe(true);
});
