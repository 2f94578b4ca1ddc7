// @module-tag graphql
import { expect, test } from 'vitest';
import { resolvePage, type PageArgs } from './page.ts';

/** A page of a list of one letter. */
const page = (args: PageArgs) =>
  resolvePage({
    args,
    key: [{ column: 'letter', type: 'text' }],
    descending: false,
    find: async () => ['a'],
    keyOf: (letter) => [letter],
    count: async () => ({ count: 1, exact: true }),
  });

const cursor = (await page({})).edges[0]?.cursor ?? '';

test.each<PageArgs>([
  { first: 0 },
  { last: 101 },
  { first: 1, last: 1 },
  { first: 1, before: cursor },
  { last: 1, after: cursor },
  // The first entries of all, as if there were no cursor, would be another page.
  { before: cursor },
  { after: cursor, before: cursor },
])('%o is no page', async (args) => {
  await expect(page(args)).rejects.toMatchObject({ extensions: { code: 'INVALID_PAGE' } });
});

test.each<PageArgs>([{}, { after: cursor }, { first: 1, after: cursor }, { last: 1, before: cursor }])(
  '%o is one',
  async (args) => {
    expect((await page(args)).edges).toEqual([{ cursor, node: 'a' }]);
  },
);
