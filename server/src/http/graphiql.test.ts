// @module-tag http
import { createHash } from 'node:crypto';
import { parse, validate } from 'graphql';
import { expect, onTestFinished, test } from 'vitest';
import { openApiServer } from '../../test/api-server.ts';
import { schema } from '../schema.ts';
import { graphiqlTabs } from './graphiql-tabs.ts';

async function open(graphiql = true) {
  const server = await openApiServer({ db: {} as never, settings: { graphiql } });
  onTestFinished(() => server.close());
  return (init: RequestInit = {}) => server.fetch({ headers: { Accept: 'text/html,*/*' }, ...init });
}

test.each(graphiqlTabs.map(({ query }) => [/(query|mutation|subscription) \w+/.exec(query)?.[0], query]))(
  'the example %s fits the schema',
  (_name, query = '') => {
    expect(validate(schema, parse(query))).toEqual([]);
  },
);

test('a browser gets GraphiQL, of which every script is one that its policy names', async () => {
  const get = await open();
  const response = await get();
  const html = await response.text();
  const policy = response.headers.get('content-security-policy') ?? '';
  const scripts = [...html.matchAll(/<script>([^]*?)<\/script>/g)];
  expect(scripts.length).toBeGreaterThan(0);
  for (const [, script = ''] of scripts) {
    expect(policy).toContain(`'sha256-${createHash('sha256').update(script).digest('base64')}'`);
  }
  expect(html).not.toMatch(/(src|href)="https?:/);
  const etag = response.headers.get('etag') ?? '';
  // Proxies that compress on their own send the tag back as a weak one.
  for (const known of [etag, `W/${etag}`, `"another", ${etag}`, '*']) {
    expect((await get({ headers: { Accept: 'text/html', 'If-None-Match': known } })).status).toBe(304);
  }
});

test.each([
  ['a program', true, 'application/graphql-response+json', 400],
  ['a browser where it is off', false, 'text/html', 406],
])('%s gets no page', async (_who, graphiql, accept, status) => {
  const get = await open(graphiql);
  const response = await get({ headers: { Accept: accept } });
  expect([response.status, response.headers.get('content-type')?.includes('html') ?? false]).toEqual([
    status,
    false,
  ]);
});
