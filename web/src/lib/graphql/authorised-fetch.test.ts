// @module-tag web
import { expect, test } from 'vitest';
import { authorisedFetch } from './authorised-fetch.ts';

const answer = (body: unknown) => new Response(JSON.stringify(body), { status: 200 });
const refused = () => answer({ data: null, errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });

/** A session whose refreshing gives the next of these tokens, and a server that accepts `good` alone. */
function around(tokens: readonly (string | null)[], good: string) {
  let at = 0;
  const sent: (string | null)[] = [];
  const fetching = authorisedFetch(
    {
      freshToken: () => Promise.resolve(tokens[at] ?? null),
      refresh: () => Promise.resolve(tokens[(at += 1)] !== null),
    },
    (_input, init) => {
      const header = new Headers(init?.headers).get('authorization');
      sent.push(header);
      return Promise.resolve(header === `Bearer ${good}` ? answer({ data: { ok: true } }) : refused());
    },
  );
  return { fetching, sent };
}

test('a request carries the token', async () => {
  const { fetching, sent } = around(['one'], 'one');
  expect(await (await fetching('/graphql', { method: 'POST' })).json()).toEqual({ data: { ok: true } });
  expect(sent).toEqual(['Bearer one']);
});

test('a token that the server does not take is refreshed, and the request sent again', async () => {
  const { fetching, sent } = around(['old', 'new'], 'new');
  expect(await (await fetching('/graphql')).json()).toEqual({ data: { ok: true } });
  expect(sent).toEqual(['Bearer old', 'Bearer new']);
});

test('it is sent again once, not for ever', async () => {
  const { fetching, sent } = around(['old', 'new'], 'none');
  await fetching('/graphql');
  expect(sent).toEqual(['Bearer old', 'Bearer new']);
});

test('where the session has ended the refusal is the answer', async () => {
  const { fetching, sent } = around(['old', null], 'none');
  expect(await (await fetching('/graphql')).json()).toEqual(await refused().json());
  expect(sent).toHaveLength(1);
});

test('nobody signed in sends no header, and the word in a text of a feed is no refusal', async () => {
  const { fetching, sent } = around([null], 'none');
  const quoted = authorisedFetch(
    { freshToken: () => Promise.resolve(null), refresh: () => Promise.reject(new Error('refreshed')) },
    () => Promise.resolve(answer({ data: { title: '"UNAUTHENTICATED"', errors: 'UNAUTHENTICATED' } })),
  );
  await fetching('/graphql');
  expect(sent[0]).toBeNull();
  expect((await quoted('/graphql')).status).toBe(200);
});
