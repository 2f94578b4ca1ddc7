// @module-tag http
// @module-tag hostile
import { request as openRequest } from 'node:http';
import { isObjectType } from 'graphql';
import type { Client } from 'graphql-ws';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openApiServer, type ApiServer } from '../../test/api-server.ts';
import { schema } from '../schema.ts';

/** Nobody is signed in, so no resolver gets as far as a database. */
const noDatabase = {} as never;
let resolved = 0;
let server: ApiServer;
let client: Client;

beforeAll(async () => {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const { resolve, subscribe } = field;
      if (resolve) field.resolve = (...args) => (resolved++, resolve(...args));
      if (subscribe) field.subscribe = (...args) => (resolved++, subscribe(...args));
    }
  }
  server = await openApiServer({ db: noDatabase });
  client = server.connect();
});
afterAll(() => server.close());
afterEach(() => {
  resolved = 0;
});

const nest = (levels: number, open: string, leaf: string, close = '}') =>
  open.repeat(levels) + leaf + close.repeat(levels);
const many = (count: number, part: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => part(at)).join(' ');
const pageOf = (field: string, inside: string, first = '100') =>
  `${field}(first: ${first}) { edges { node { ${inside} } } }`;

type Hostile = [name: string, query: string, code: string, variables?: Record<string, unknown>];

const hostile: Hostile[] = [
  ['1,000 levels deep', `{ ${nest(1_000, 'viewer { ', 'name')} }`, 'QUERY_TOO_DEEP'],
  ['too deep by one', `{ ${nest(16, 'viewer { ', 'name')} }`, 'QUERY_TOO_DEEP'],
  [
    'deep by fragments',
    `{ ...f0 } ${many(40, (at) => `fragment f${at} on Query { viewer { ...f${at + 1} } }`)} fragment f40 on User { name }`,
    'QUERY_TOO_DEEP',
  ],
  ['10,000 aliases', `{ ${many(10_000, (at) => `a${at}: __typename`)} }`, 'QUERY_TOO_LONG'],
  ['60 aliases', `{ viewer { ${many(60, (at) => `a${at}: name`)} } }`, 'TOO_MANY_ALIASES'],
  [
    'aliases multiplied by fragments',
    `{ ...f0 } ${many(7, (at) => `fragment f${at} on Query { a: viewer { ...g } ...f${at + 1} b: __typename ...h${at} } fragment h${at} on Query { ...f${at + 1} c: __typename }`)}
     fragment f7 on Query { d: __typename } fragment g on User { e: name }`,
    'TOO_MANY_ALIASES',
  ],
  ['1,200 times the same field', `{ viewer { ${many(1_200, () => 'name')} } }`, 'TOO_MANY_FIELDS'],
  [
    'fields multiplied by fragments',
    `{ viewer { ...f0 } } ${many(12, (at) => `fragment f${at} on User { ... { ...f${at + 1} } ...f${at + 1} }`)} fragment f12 on User { name }`,
    'TOO_MANY_FIELDS',
  ],
  ['30 things side by side', `{ ${many(30, () => 'viewer { name }')} }`, 'TOO_MANY_ROOT_FIELDS'],
  ['100 directives', `{ viewer ${many(100, () => '@include(if: true)')} { name } }`, 'TOO_MANY_DIRECTIVES'],
  ['100,000 tokens', `{ ${'a '.repeat(100_000)}}`, 'QUERY_TOO_LONG'],
  ['half a megabyte of comment', `{ viewer { name } } #${'x'.repeat(500_000)}`, 'QUERY_TOO_LONG'],
  [
    'a list in a list in a list',
    `{ nodes(ids: ${nest(1_500, '[', '"x"', ']')}) { id } }`,
    'GRAPHQL_VALIDATION_FAILED',
  ],
  [
    '100 pages in 100 pages in 100 pages',
    `{ ${pageOf('importJobs', pageOf('errors', `job: __typename`))} x: ${pageOf('stores', pageOf('importJobs', pageOf('errors', 'code')))} }`,
    'QUERY_TOO_COMPLEX',
  ],
  [
    'the same by variables',
    `query ($n: Int) { ${pageOf('stores', pageOf('importJobs', pageOf('errors', 'code', '$n'), '$n'), '$n')} }`,
    'QUERY_TOO_COMPLEX',
    { n: 100 },
  ],
  [
    '101 nodes at once',
    'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
    'QUERY_TOO_COMPLEX',
    { ids: Array.from({ length: 101 }, () => btoa('User:00000000-0000-7000-8000-000000000000')) },
  ],
  [
    'too much beside an argument that only its variable spoils',
    `query ($a: Availability = IN_STOCK) {
      bad: storefront(code: "x") { products(availability: [$a]) { totalCount } }
      good: storefront(code: "x") { ${many(45, (at) => `a${at}: products(search: "x") { totalCount }`)} }
    }`,
    'BAD_REQUEST',
    { a: null },
  ],
  [
    'nested introspection',
    `{ __schema { types { ${nest(4, 'fields { type { ', 'name', '} }')} } } }`,
    'GRAPHQL_VALIDATION_FAILED',
  ],
  ['deep introspection', `{ __schema { types { ${nest(20, 'ofType { ', 'name')} } } }`, 'QUERY_TOO_DEEP'],
  [
    'a cycle of fragments',
    '{ viewer { ...a } } fragment a on User { ...b } fragment b on User { ...a }',
    'GRAPHQL_VALIDATION_FAILED',
  ],
  ['a fragment of itself', '{ ...a } fragment a on Query { ...a }', 'GRAPHQL_VALIDATION_FAILED'],
  ['no GraphQL', '{{{{', 'GRAPHQL_PARSE_FAILED'],
];

test('what is no harm is resolved, and seen to be', async () => {
  expect(await server.ask('{ viewer { name } }')).toMatchObject({ data: { viewer: null } });
  expect(resolved).toBe(1);
});

test.each(hostile)(
  '%s is refused over HTTP, before anything is resolved',
  async (_name, query, code, variables) => {
    const { data, errors, status } = await server.ask(query, variables);
    expect(errors?.map(({ extensions }) => extensions?.['code'])).toContain(code);
    expect([data ?? null, resolved]).toEqual([null, 0]);
    expect(status).toBeLessThan(500);
  },
);

test.each(hostile)('%s is refused on a socket too', async (_name, query, code, variables) => {
  const refusal = await new Promise((settle) => {
    client.subscribe(
      { query, variables: variables ?? {} },
      { next: settle, error: (errors) => settle({ errors }), complete: () => undefined },
    );
  });
  const { errors } = refusal as { errors: readonly { extensions?: { code?: string } }[] };
  expect(errors.map(({ extensions }) => extensions?.code)).toContain(code);
  expect(resolved).toBe(0);
});

test('a subscription that asks for too much never begins', async () => {
  const query = `subscription { importJobsChanged { ${pageOf('errors', 'code')} store { ${pageOf('importJobs', pageOf('errors', 'code'))} } } }`;
  const response = await server.fetch({
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'text/event-stream' },
    body: JSON.stringify({ query }),
  });
  expect(await response.text()).toContain('QUERY_TOO_COMPLEX');
  expect(resolved).toBe(0);
});

test.each([
  [
    'a batch of 1,000',
    JSON.stringify(Array(1_000).fill({ query: '{ viewer { name } }' })),
    400,
    'BATCHING_NOT_SUPPORTED',
  ],
  ['a batch of one', '[{"query":"{ viewer { name } }"}]', 400, 'BATCHING_NOT_SUPPORTED'],
  ['__proto__ as a parameter', '{"query":"{ viewer { name } }","__proto__":{"x":1}}', 400, 'BAD_REQUEST'],
  ['half an object', '{"query":', 400, 'BAD_REQUEST'],
  ['a number', '7', 400, 'BAD_REQUEST'],
  ['nothing', '', 400, 'BAD_REQUEST'],
  [
    '2 MB of variables',
    `{"query":"{ viewer { name } }","variables":{"x":"${'y'.repeat(2_000_000)}"}}`,
    413,
    'BODY_TOO_LARGE',
  ],
])('%s is refused', async (_name, body, status, code) => {
  const response = await server.fetch({
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body,
  });
  const { errors } = (await response.json()) as { errors: { extensions: { code: string } }[] };
  expect([response.status, errors[0]?.extensions.code]).toEqual([status, code]);
  expect(resolved).toBe(0);
});

test('__proto__ in variables and as an alias is a name like others, and changes no object', async () => {
  const query = 'query ($id: ID!) { __proto__: node(id: $id) { id } }';
  const body = `{"query":"${query}","variables":{"id":"nobody","__proto__":{"polluted":true}}}`;
  await server.fetch({ method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

test('a body of 100 MB without a length is refused after the first megabyte, and the connection ends', async () => {
  const chunk = Buffer.alloc(64_000, ' ');
  let sent = 0;
  const answer = await new Promise<{ status: number | undefined; text: string }>((settle, fail) => {
    const { port } = new URL(server.origin);
    const asked = openRequest(
      {
        host: '127.0.0.1',
        port,
        path: '/graphql',
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => (text += part));
        response.once('end', () => settle({ status: response.statusCode, text }));
      },
    );
    asked.on('error', (error) => sent < 1_000_000 && fail(error));
    const write = () => {
      while (sent < 100_000_000 && !asked.destroyed) {
        sent += chunk.length;
        if (!asked.write(chunk)) return void asked.once('drain', write);
      }
    };
    write();
  });
  expect(answer).toMatchObject({ status: 413, text: expect.stringContaining('BODY_TOO_LARGE') as string });
  expect(sent).toBeLessThan(20_000_000);
});

test('others are answered while somebody sends all of it at once', { timeout: 30_000 }, async () => {
  const attacks = Array.from({ length: 10 }, () =>
    hostile.map(([, query, , variables]) => server.ask(query, variables)),
  ).flat();
  const began = performance.now();
  expect(await server.ask('{ viewer { name } }')).toMatchObject({ status: 200, data: { viewer: null } });
  // Seconds of a busy machine, where each of the hostile ones could take as long as an operation may.
  expect(performance.now() - began).toBeLessThan(10_000);
  await Promise.all(attacks);
});

test.each([
  [
    'a page of jobs with stores and people',
    `{ ${pageOf('importJobs', 'status sourceUrl language importedCount store { code name } createdBy { name } progress { phase fraction } phases { phase state }')} }`,
  ],
  [
    'a job with a page of faults',
    `{ importJob(id: "x") { status errorGroups { code count } ${pageOf('errors', 'rowNumber code message severity rowData')} } }`,
  ],
  [
    '100 stores with 20 jobs each',
    `{ ${pageOf('stores', `code name ${pageOf('importJobs', 'status importedCount', '20')}`)} }`,
  ],
])('%s is no more than is allowed', async (_name, query) => {
  const { errors } = await server.ask(query);
  expect(errors?.map(({ extensions }) => extensions?.['code']) ?? []).toEqual(
    errors ? ['UNAUTHENTICATED'] : [],
  );
});

test.each([
  ['the members of 100 stores', `{ ${pageOf('stores', 'members { role email }')} }`],
  ['the stores of 100 people', `{ ${pageOf('users', 'memberships { id role store { name } }')} }`],
  ['a search for brands in 100 stores', `{ ${pageOf('stores', 'brands(search: "zzz")')} }`],
  [
    'a search for faults in 20 imports',
    `{ ${pageOf('importJobs', pageOf('errors', 'code', '1, search: "zzz"'), '20')} }`,
  ],
  ['the rows of the faults of 20 imports', `{ ${pageOf('importJobs', pageOf('errors', 'rowData'), '20')} }`],
])('%s is more than is allowed', async (_name, query) => {
  const { errors } = await server.ask(query);
  expect(errors?.map(({ extensions }) => extensions?.['code'])).toEqual(['QUERY_TOO_COMPLEX']);
});
