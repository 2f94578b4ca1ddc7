// @module-tag product
// @module-tag db
import { expect, test } from 'vitest';
import { buildStore } from '../../../test/builders.ts';
import { buildProduct } from '../../../test/catalogue.ts';
import { withRollback } from '../../../test/database.ts';
import { randomOf } from '../../demo/random.ts';
import type { Product, Store } from '../../generated/prisma/client.ts';
import type { Database, Db } from '../../platform/database.ts';
import { ProductNotFoundError } from './product.errors.ts';
import { moveProduct, type Place } from './product.order.ts';

const inOrder = async (db: Db, { id: storeId }: Store) => {
  const orderBy = [{ displayOrder: 'asc' }, { id: 'asc' }] as const;
  const products = await db.product.findMany({ where: { storeId }, orderBy: [...orderBy] });
  return products.map(({ id }) => id);
};

/** A transaction inside another one is a savepoint. */
const move = (db: Db, store: Store, place: Place) => moveProduct(db as Database['db'], store.id, place);

async function buildList(db: Db, count: number, numbers: readonly number[] = []) {
  const store = await buildStore(db);
  const products: Product[] = [];
  for (let at = 0; at < count; at++) {
    const own = { displayOrder: numbers[at] ?? 0 };
    products.push(await buildProduct(db, store, `P-${at}`, { own, titles: {} }));
  }
  return { store, ids: products.map(({ id }) => id) };
}

test('whatever is moved wherever, the list is as if it were moved in a list of names', () =>
  withRollback(async (db) => {
    const { store, ids } = await buildList(db, 7);
    const random = randomOf('moves');
    let expected = [...ids];
    for (let at = 0; at < 60; at++) {
      const [id, beside] = [random.pick(ids), random.pick(ids)];
      const before = random.chance(0.5);
      await move(db, store, { id, beside: before ? { before: beside } : { after: beside } });
      if (id !== beside) {
        expected = expected.filter((other) => other !== id);
        expected.splice(expected.indexOf(beside) + (before ? 0 : 1), 0, id);
      }
      expect(await inOrder(db, store)).toEqual(expected);
    }
  }));

test('products that nobody has moved keep their number, so that new ones come behind them', () =>
  withRollback(async (db) => {
    const { store, ids } = await buildList(db, 5);
    await move(db, store, { id: ids[4] ?? 0n, beside: { before: ids[1] ?? 0n } });
    const { id: added } = await buildProduct(db, store, 'new');
    const [first, second, third, fourth, fifth] = ids;
    expect(await inOrder(db, store)).toEqual([first, fifth, second, third, fourth, added]);
  }));

test('a move within a gap changes no other product', () =>
  withRollback(async (db) => {
    const { store, ids } = await buildList(db, 3, [0, 1024, 2048]);
    await move(db, store, { id: ids[2] ?? 0n, beside: { before: ids[1] ?? 0n } });
    const products = await db.product.findMany({ where: { storeId: store.id }, orderBy: { id: 'asc' } });
    expect(products.map(({ displayOrder }) => displayOrder)).toEqual([0, 1024, 512]);
  }));

test('a product that stands there already is not written', () =>
  withRollback(async (db) => {
    const { store, ids } = await buildList(db, 3);
    for (const beside of [{ after: ids[0] ?? 0n }, { before: ids[2] ?? 0n }, { before: ids[1] ?? 0n }]) {
      await move(db, store, { id: ids[1] ?? 0n, beside });
    }
    const products = await db.product.findMany({ where: { storeId: store.id } });
    expect(products.map(({ displayOrder }) => displayOrder)).toEqual([0, 0, 0]);
  }));

test.each([
  ['at the front', [-899_999_999, 0, 1], { before: 0 }],
  ['at the end', [0, 1, 899_999_999], { after: 2 }],
  ['between two without a gap', [-899_999_999, -899_999_998, 0], { after: 0 }],
] as const)('when numbers run out %s, the store is numbered anew', (_where, numbers, beside) =>
  withRollback(async (db) => {
    const { store, ids } = await buildList(db, 4, [...numbers, 5]);
    const [moved = 0n] = [...ids].sort().filter((_id, at) => at === 1);
    const place =
      'before' in beside ? { before: ids[beside.before] ?? 0n } : { after: ids[beside.after] ?? 0n };
    const before = (await inOrder(db, store)).filter((id) => id !== moved);
    await move(db, store, { id: moved, beside: place });
    const after = await inOrder(db, store);
    expect(after.filter((id) => id !== moved)).toEqual(before);
    const at = after.indexOf(moved);
    expect('before' in place ? after[at + 1] : after[at - 1]).toBe(Object.values(place)[0]);
  }),
);

test('two products of different stores are never beside each other', () =>
  withRollback(async (db) => {
    const { store, ids } = await buildList(db, 2);
    const other = await buildList(db, 1);
    const [first = 0n, foreign = 0n] = [ids[0], other.ids[0]];
    await expect(move(db, store, { id: first, beside: { before: foreign } })).rejects.toMatchObject({
      path: ['before'],
    });
    await expect(move(db, store, { id: foreign, beside: { after: first } })).rejects.toThrow(
      ProductNotFoundError,
    );
  }));
