// @module-tag web
import { expect, test } from 'vitest';
import { moveOf, placeAt, withMoved } from './product-order.ts';
import { Reorder } from './reorder.svelte.ts';

const before = ['a', 'b', 'c', 'd'];

test.each([
  ['down, behind the one that is before it then', 'a', 2, ['b', 'c', 'a', 'd'], { id: 'a', after: 'c' }],
  ['to the very beginning', 'c', 0, ['c', 'a', 'b', 'd'], { id: 'c', before: 'a' }],
  ['beyond the end, to the end', 'b', 99, ['a', 'c', 'd', 'b'], { id: 'b', after: 'd' }],
  ['before the beginning, to the beginning', 'b', -1, ['b', 'a', 'c', 'd'], { id: 'b', before: 'a' }],
  ['to where it stands', 'b', 1, before, null],
])('a product is moved %s', (_name, id, index, after, move) => {
  expect(withMoved(before, id, index)).toEqual(after);
  expect(moveOf(before, after, id)).toEqual(move);
});

const box = (left: number, top: number) => ({ left, top, right: left + 10, bottom: top + 10 });

test('below the middle of a row, or right of the middle of a card of its line, is behind it', () => {
  const rows = [box(0, 0), box(0, 10), box(0, 20)];
  expect([4, 6, 14, 16, 99].map((y) => placeAt(rows, 0, y, false))).toEqual([0, 1, 1, 2, 3]);
  const cards = [box(0, 0), box(10, 0), box(0, 10), box(10, 10)];
  expect(placeAt(cards, 4, 5, true)).toBe(0);
  expect(placeAt(cards, 16, 5, true)).toBe(2);
  expect(placeAt(cards, 16, 15, true)).toBe(4);
});

test('a product that is held by a key and then by hand is told from where it stood first', () => {
  const reorder = new Reorder(() => before);
  reorder.grab('a');
  reorder.moveTo(2);
  reorder.grab('a');
  expect(reorder.drop()).toEqual({ id: 'a', after: 'c' });
});

test('an order that the server had meanwhile counts once the product is put back', () => {
  let read: readonly string[] = before;
  const reorder = new Reorder(() => read);
  reorder.grab('b');
  reorder.moveTo(3);
  read = ['d', 'a', 'b', 'c'];
  reorder.forget();
  expect(reorder.order).toEqual(['a', 'c', 'd', 'b']);
  reorder.cancel();
  expect(reorder.order).toEqual(read);
});

test('a move that is refused while the next product is held is not shown any more', () => {
  const reorder = new Reorder(() => before);
  reorder.grab('a');
  reorder.moveTo(3);
  reorder.drop();
  reorder.grab('c');
  reorder.forget();
  expect(reorder.drop()).toBeNull();
  expect(reorder.order).toEqual(before);
});
