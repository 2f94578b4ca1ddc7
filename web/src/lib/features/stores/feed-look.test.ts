// @module-tag web
import { Client, fetchExchange } from '@urql/core';
import { expect, test } from 'vitest';
import type { Api } from '#lib/graphql/api.svelte.ts';
import { FeedLook } from './feed-look.svelte.ts';

/** A look whose request is answered like this. */
function lookAt(answer: () => Promise<Response>): FeedLook {
  const url = 'http://api.example/graphql';
  const client = new Client({ url, preferGetMethod: false, exchanges: [fetchExchange], fetch: answer });
  const look = new FeedLook({ client } as unknown as Api);
  look.look({ storeCode: 'a-store', sourceUrl: 'https://shop.example/feed.csv', language: 'EN' });
  return look;
}
const fault = { message: 'No.', extensions: { code: 'INTERNAL', requestId: '7f3a-92c1' } };

test.each([
  ['nobody can be reached', () => Promise.reject(new TypeError('No.')), /^The server cannot be reached/],
  ['the server fails', () => Promise.resolve(Response.json({ errors: [fault] })), /7f3a-92c1/],
])('a look at a feed when %s saves nothing, and does not speak of it', async (_what, answer, words) => {
  const look = lookAt(answer);
  await expect.poll(() => look.problem).toMatch(words);
  expect([look.busy, look.check]).toEqual([false, null]);
  expect(look.problem).not.toMatch(/saved|sent|input/);
});
