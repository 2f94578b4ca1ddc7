// @module-tag web
import { expect, test } from 'vitest';
import type { ProductChangeInput } from '#lib/graphql/generated/graphql.ts';
import type { InventoryProduct } from './inventory-cells.ts';
import { InventoryEdit } from './inventory-edit.svelte.ts';

const product = (id: string, minQuantity = 1): InventoryProduct => ({
  ...{ id, updatedAt: '2026-03-01T12:00:00Z', published: true, availability: 'IN_STOCK' },
  ...{
    minQuantity,
    maxQuantity: null,
    overrides: { availability: null },
    feed: { availability: 'IN_STOCK' },
  },
  marketplaceProduct: {
    ...{ id: `feed ${id}`, marketplaceProductId: id, imageLink: null, missingSince: null, translations: [] },
  },
});

/** A server that saves what it is sent when it is let; `refuses` names the attempts that it refuses, from 0. */
function server(refuses: readonly number[] = []) {
  const asked: { readonly products: readonly ProductChangeInput[]; readonly answer: () => void }[] = [];
  const edit = new InventoryEdit((products) => {
    const refused = refuses.includes(asked.length);
    const answered = Promise.withResolvers<void>();
    asked.push({ products, answer: answered.resolve });
    const changed = products.map(({ id, minQuantity }) => ({
      ...product(String(id), minQuantity ?? 1),
      updatedAt: '2026-03-01T12:00:01Z',
    }));
    const refusal = { __typename: 'InvalidInputError', code: 'INVALID', message: 'No.', path: null } as const;
    const updateProducts = refused
      ? refusal
      : ({ __typename: 'UpdateProductsPayload', products: changed } as const);
    return answered.promise.then(() => ({ data: { updateProducts }, problem: null }) as never);
  });
  return { edit, asked };
}

test.each([
  ['typed back', (edit: InventoryEdit) => edit.set(product('a'), 'minQuantity', '1')],
  ['taken back', (edit: InventoryEdit) => void edit.undo(product('a'), 'minQuantity')],
])('what is %s while it is saved is a change of what was saved', async (_how, takeBack) => {
  const { edit, asked } = server();
  edit.set(product('a'), 'minQuantity', '5');
  const saving = edit.save();
  takeBack(edit);
  expect(edit.textOf(product('a'), 'minQuantity')).toBe('1');
  asked[0]?.answer();
  await saving;
  const stored = edit.latest(product('a'));
  expect(stored.minQuantity).toBe(5);
  expect([edit.textOf(stored, 'minQuantity'), edit.isChanged(stored, 'minQuantity')]).toEqual(['1', true]);
});

test('what is taken back while it is refused is no change any more', async () => {
  const { edit, asked } = server([0]);
  edit.set(product('a'), 'minQuantity', '5');
  const saving = edit.save();
  edit.set(product('a'), 'minQuantity', '1');
  asked[0]?.answer();
  expect(await saving).toBe(false);
  expect([edit.dirty, edit.problem !== null]).toEqual([false, true]);
});

test('more than the API takes at a time are saved in parts', async () => {
  const { edit, asked } = server();
  for (let index = 0; index < 1_001; index += 1) edit.set(product(`p${index}`), 'minQuantity', '2');
  const saving = edit.save();
  for (const part of [0, 1, 2]) {
    await expect.poll(() => asked.length).toBe(part + 1);
    expect(edit.busy).toBe(true);
    asked[part]?.answer();
  }
  expect(await saving).toBe(true);
  expect(asked.map(({ products }) => products.length)).toEqual([500, 500, 1]);
  expect([edit.dirty, edit.savedCount]).toEqual([false, 1_001]);
});

test('a part that is refused and those after it stay changed', async () => {
  const { edit, asked } = server([1]);
  for (let index = 0; index < 1_001; index += 1) edit.set(product(`p${index}`), 'minQuantity', '2');
  const saving = edit.save();
  for (const part of [0, 1]) {
    await expect.poll(() => asked.length).toBe(part + 1);
    asked[part]?.answer();
  }
  expect(await saving).toBe(false);
  expect([asked.length, edit.productCount, edit.savedCount, edit.problem !== null]).toEqual([
    2,
    501,
    0,
    true,
  ]);
  expect(edit.savedBefore).toBe(500);
  expect(edit.isChanged(product('p499'), 'minQuantity')).toBe(false);
  expect(edit.isChanged(product('p500'), 'minQuantity')).toBe(true);
});

test('what is changed before its part is sent is sent as it is then', async () => {
  const { edit, asked } = server();
  for (let index = 0; index < 1_001; index += 1) edit.set(product(`p${index}`), 'minQuantity', '2');
  const saving = edit.save();
  edit.set(product('p600'), 'minQuantity', '7');
  edit.undo(product('p1000'), 'minQuantity');
  for (const part of [0, 1]) {
    await expect.poll(() => asked.length).toBe(part + 1);
    asked[part]?.answer();
  }
  expect(await saving).toBe(true);
  expect(asked[1]?.products.find(({ id }) => id === 'p600')?.minQuantity).toBe(7);
  expect([asked.length, edit.dirty, edit.savedCount]).toEqual([2, false, 1_000]);
});

test('what is discarded before its part is sent is not saved', async () => {
  const { edit, asked } = server();
  for (let index = 0; index < 501; index += 1) edit.set(product(`p${index}`), 'minQuantity', '2');
  const saving = edit.save();
  edit.discard();
  asked[0]?.answer();
  await saving;
  expect([asked.length, edit.dirty]).toEqual([1, false]);
});

test('what has become unreadable before its part is sent is said, and stays', async () => {
  const { edit, asked } = server();
  for (let index = 0; index < 501; index += 1) edit.set(product(`p${index}`), 'minQuantity', '2');
  const saving = edit.save();
  edit.set(product('p500'), 'minQuantity', 'few');
  asked[0]?.answer();
  expect(await saving).toBe(false);
  expect([asked.length, edit.savedBefore]).toEqual([1, 500]);
  expect(edit.faultOf(product('p500'), 'minQuantity')).not.toBeNull();
  expect(edit.textOf(product('p500'), 'minQuantity')).toBe('few');
});
