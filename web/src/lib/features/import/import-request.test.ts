// @module-tag web
import { Client, fetchExchange } from '@urql/core';
import { expect, test } from 'vitest';
import { Format } from '#lib/format/format.svelte.ts';
import type { Api } from '#lib/graphql/api.svelte.ts';
import { ImportRequest } from './import-request.svelte.ts';

const job = { id: 'job' };

/** A request whose server answers when it is let: `asked[0]` is the first check. */
function slowServer() {
  const asked: { readonly sourceUrl: string; readonly answer: (body: object) => Promise<void> }[] = [];
  const client = new Client({
    url: 'http://api.example/graphql',
    preferGetMethod: false,
    exchanges: [fetchExchange],
    fetch: (_url, { body } = {}) => {
      const { variables } = JSON.parse(body as string) as { variables: { input: { sourceUrl: string } } };
      const answered = Promise.withResolvers<Response>();
      asked.push({
        sourceUrl: variables.input.sourceUrl,
        async answer(answer) {
          answered.resolve(Response.json(answer));
          await new Promise((next) => setTimeout(next, 10));
        },
      });
      return answered.promise;
    },
  });
  const startImport = { __typename: 'StartImportPayload', importJob: job };
  const sendLive = () => Promise.resolve({ data: { startImport }, problem: null });
  const format = new Format(() => ({ language: 'de', timeZone: 'UTC' }));
  const request = new ImportRequest({ client, sendLive } as unknown as Api, () => 'a-store', format);
  request.fill('https://shop.example/first.csv', 'EN');
  return { request, asked };
}

const found = { data: { feedCheck: { __typename: 'FeedCheck', rows: 3 } } };

test.each<[string, (request: ImportRequest) => unknown]>([
  ['another language', (request) => ((request.language = 'FR'), request.touch())],
  ['another feed', (request) => request.fill('https://shop.example/second.csv', 'EN')],
  ['the start of the import', (request) => request.start()],
])('%s ends a check, whose answer nobody sees', async (_what, act) => {
  const { request, asked } = slowServer();
  const checking = request.runCheck();
  await expect.poll(() => asked.length).toBe(1);
  await act(request);
  expect(request.checking).toBe(false);
  await asked[0]?.answer(found);
  expect([await checking, request.check, request.problem]).toEqual([false, null, null]);
});

test('the check after one that was ended is the one that counts', async () => {
  const { request, asked } = slowServer();
  const ended = request.runCheck();
  request.fill('https://shop.example/second.csv', 'FR');
  const checking = request.runCheck();
  expect(await ended).toBe(false);
  expect(request.checking).toBe(true);
  await expect.poll(() => asked.at(-1)?.sourceUrl).toBe('https://shop.example/second.csv');
  await asked.at(-1)?.answer(found);
  expect(await checking).toBe(true);
  expect([request.checking, request.check?.rows, request.checkedLanguage]).toEqual([false, 3, 'FR']);
});

test('a size of batches that is out of range is a fault of a start, and no matter of a check', async () => {
  const { request, asked } = slowServer();
  request.batchSize = null;
  expect(await request.start()).toBe(null);
  // In the figures of the reader, as the hint beside it.
  expect(request.faults.batchSize).toMatch(/100 .* 5\.000/);
  const checking = request.runCheck();
  await expect.poll(() => asked.length).toBe(1);
  await asked[0]?.answer(found);
  expect([await checking, request.faults.batchSize]).toEqual([true, undefined]);
});

test('a check that the server has no answer to is said to be so: nothing was to be saved', async () => {
  const { request, asked } = slowServer();
  const checking = request.runCheck();
  await expect.poll(() => asked.length).toBe(1);
  await asked[0]?.answer({
    errors: [{ message: 'No.', extensions: { code: 'INTERNAL', requestId: '7f3a-92c1' } }],
  });
  expect(await checking).toBe(false);
  expect(request.problem).toMatch(/^The server could not answer this.* 7f3a-92c1/);
  expect(request.problem).not.toMatch(/saved|input/);
});

test('what keeps an import from starting is said where its fields are not shown', async () => {
  const { request } = slowServer();
  expect(request.complaint).toBe(null);
  request.batchSize = null;
  await request.start();
  expect([request.problem, request.complaint]).toEqual([null, request.faults.batchSize]);
});
