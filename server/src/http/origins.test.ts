// @module-tag http
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { openApiServer } from '../../test/api-server.ts';

const office = 'https://office.example';

async function open(corsOrigins: readonly string[]) {
  const server = await openApiServer({ db: {} as never, settings: { corsOrigins } });
  onTestFinished(() => server.close());
  return server;
}

const preflight = (origin: string): RequestInit => ({
  method: 'OPTIONS',
  headers: { Origin: origin, 'Access-Control-Request-Method': 'POST' },
});
const operation = (origin: string, contentType = 'application/json'): RequestInit => ({
  method: 'POST',
  headers: { Origin: origin, 'Content-Type': contentType },
  body: '{"query":"{ viewer { name } }"}',
});

test('no page of another site may use the API unless it is listed', async () => {
  const server = await open([]);
  for (const init of [preflight(office), operation(office)]) {
    expect((await server.fetch(init)).headers.get('access-control-allow-origin')).toBeNull();
  }
});

test('a page that is listed may, with its cookies', async () => {
  const server = await open([office]);
  const asked = await server.fetch(preflight(office));
  expect(asked.status).toBe(204);
  for (const { headers } of [asked, await server.fetch(operation(office))]) {
    expect(headers.get('access-control-allow-origin')).toBe(office);
    expect(headers.get('access-control-allow-credentials')).toBe('true');
    expect(headers.get('vary')).toContain('Origin');
  }
});

test.each(['https://evil.example', 'null', 'http://office.example', 'https://office.example.evil'])(
  'where another is listed, a page of %s still may not',
  async (origin) => {
    const server = await open([office]);
    for (const init of [preflight(origin), operation(origin)]) {
      expect((await server.fetch(init)).headers.get('access-control-allow-origin')).toBeNull();
    }
  },
);

test.each([
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/jsonx',
  'text/plain; application/json',
])('what a form of another site could send is refused: %s', async (contentType) => {
  const server = await open([]);
  const response = await server.fetch(operation(office, contentType));
  expect(response.status).toBe(415);
  expect(await response.json()).toMatchObject({
    errors: [{ extensions: { code: 'CONTENT_TYPE_NOT_SUPPORTED' } }],
  });
});

test('a link changes nothing: what is asked by GET is a query', async () => {
  const server = await open([]);
  const query = encodeURIComponent('mutation { logout { __typename } }');
  const response = await server.fetch({ headers: { Accept: 'application/json' } }, `/graphql?query=${query}`);
  expect(response.status).toBe(405);
});

test('the schema is told to nobody where it is off', async () => {
  const server = await openApiServer({ db: {} as never, settings: { introspection: false } });
  onTestFinished(() => server.close());
  for (const query of ['{ __schema { queryType { name } } }', '{ __type(name: "User") { name } }']) {
    const { errors } = await server.ask(query);
    expect(errors?.[0]?.extensions?.['code']).toBe('INTROSPECTION_OFF');
  }
  expect(await server.ask('{ __typename }')).toMatchObject({ data: { __typename: 'Query' } });
});

test('a socket is opened for no name that merely leads here', async () => {
  const server = await openApiServer({ db: {} as never, loopback: true });
  onTestFinished(() => server.close());
  const { port } = new URL(server.origin);
  const headers = {
    ...{ Host: 'rebound.example', Connection: 'Upgrade', Upgrade: 'websocket' },
    ...{ 'Sec-WebSocket-Version': '13', 'Sec-WebSocket-Key': Buffer.alloc(16).toString('base64') },
  };
  const asked = get({ port, host: '127.0.0.1', path: '/graphql', headers });
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  response.resume();
  expect(response.statusCode).toBe(421);
});
