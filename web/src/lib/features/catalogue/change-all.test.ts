// @module-tag web
import { expect, test } from 'vitest';
import { changeAll, chosenIds, mostChanged } from './change-all.ts';

type Send = Parameters<typeof changeAll>[0]['sendLive'];
type Read = Parameters<typeof chosenIds>[0]['read'];

const ids = Array.from({ length: 1_200 }, (_, index) => `p${index}`);
/** A server that answers the parts of a change with these, one after the other. */
function answering(...updateProducts: readonly object[]) {
  const sent: number[] = [];
  const sendLive = (_document: unknown, { input }: { input: { products: readonly unknown[] } }) => {
    const answer = { data: { updateProducts: updateProducts[sent.length] }, problem: null };
    sent.push(input.products.length);
    return Promise.resolve(answer);
  };
  return { sent, api: { sendLive: sendLive as unknown as Send } };
}
const done = { __typename: 'UpdateProductsPayload', products: [] };
const refused = { __typename: 'StoreNotFoundError', code: 'STORE_NOT_FOUND', message: 'Gone.', path: [] };

test('products are changed in parts', async () => {
  const { api, sent } = answering(done, done, done);
  expect(await changeAll(api, 'a-store', ids, { isActive: true })).toEqual({ count: 1_200, refusal: null });
  expect(sent).toEqual([500, 500, 200]);
});

test('a part that is refused ends it, and what was changed before is counted', async () => {
  const { api, sent } = answering(done, refused);
  const { count, refusal } = await changeAll(api, 'a-store', ids, { isActive: true });
  expect([count, refusal !== null, sent.length]).toEqual([500, true, 2]);
});

test('products that cannot be read are not said to be unsaved', async () => {
  const problem = { kind: 'fault', requestId: '7f3a-92c1' };
  const read = (() => Promise.resolve({ data: null, problem })) as unknown as Read;
  const { ids: none, refusal } = await chosenIds({ read }, { storeCode: 'a-store' }, { count: String });
  expect([none, refusal]).toEqual([[], expect.stringMatching(/^The server could not answer.* 7f3a-92c1/)]);
});

test('too many are said in the figures of the reader', async () => {
  const edges = ids.map((id) => ({ node: { id } }));
  const products = { edges, pageInfo: { hasNextPage: true, endCursor: 'next' } };
  const read = (() => Promise.resolve({ data: { products }, problem: null })) as unknown as Read;
  const found = await chosenIds({ read }, { storeCode: 'a-store' }, { count: (count) => `<${count}>` });
  expect(found).toEqual({ ids: [], refusal: expect.stringContaining(`<${mostChanged}>`) });
});
