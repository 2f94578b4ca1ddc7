// @module-tag http
// @module-tag process
import { join } from 'node:path';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { beforeAll, expect, test } from 'vitest';
import { endProgramsAfterTests, startProgram, temporaryFolder, type Program } from '../../test/programs.ts';
import { demoFeedSummary } from '../demo/feeds.ts';

/** A client that knows the address of a server, its schema and four passwords; nothing here looks into the server. */

const folder = temporaryFolder();
let server: Program;
let origin = '';

beforeAll(async () => {
  server = startProgram('main.ts', { env: { DATA_DIR: join(folder, '.data'), PORT: '0' } });
  [, origin = ''] = await server.says(/Ready: (http:\/\/localhost:\d+)/);
}, 120_000);
endProgramsAfterTests();

interface Answer {
  readonly data?: Record<string, never> | null;
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
}

async function ask<Data>(query: string, variables: object = {}, token = ''): Promise<Data> {
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as Answer;
  if (errors) throw new Error(errors.map(({ extensions }) => extensions.code).join());
  return data as Data;
}

async function logIn(name: string): Promise<string> {
  const { login } = await ask<{ login: { accessToken?: string } }>(
    `mutation ($email: String!, $password: String!) {
      login(input: { email: $email, password: $password }) { ... on LoginPayload { accessToken } }
    }`,
    { email: `${name}@example.test`, password: `demo-${name}` },
  );
  return login.accessToken ?? '';
}

interface Job {
  readonly id: string;
  readonly status: string;
  readonly totalProcessed: number;
  readonly totalRows: number | null;
  readonly errorCount: number;
}

interface Started {
  readonly startImport: { readonly __typename: string; readonly code?: string; readonly importJob?: Job };
}

const startImport = (token: string, storeCode: string, feed: string) =>
  ask<Started>(
    `mutation ($storeCode: String!, $sourceUrl: String!) {
      startImport(input: { storeCode: $storeCode, sourceUrl: $sourceUrl, language: DE }) {
        __typename
        ... on StartImportPayload { importJob { id status } }
        ... on UserError { code }
      }
    }`,
    { storeCode, sourceUrl: `${origin}/demo/feeds/${feed}-de.csv` },
    token,
  );

/** Every state of the job until its subscription ends. */
async function follow(token: string, id: string): Promise<readonly Job[]> {
  const client = createClient({
    url: `${origin.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${token}` },
  });
  const query = `subscription ($id: ID!) {
    importJobProgress(id: $id) { id status totalProcessed totalRows errorCount progress { phase fraction } }
  }`;
  const states: Job[] = [];
  const events = client.iterate<{ importJobProgress: Job }>({ query, variables: { id } });
  for await (const { data, errors } of events) {
    if (errors) throw new Error(JSON.stringify(errors));
    if (data) states.push(data.importJobProgress);
  }
  await client.dispose();
  return states;
}

interface Page {
  readonly edges: readonly { readonly node: { readonly rowNumber: number } }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

/** The rows of all faults, page by page. */
async function errorRows(token: string, id: string): Promise<readonly number[]> {
  const query = `query ($id: ID!, $after: String) {
    importJob(id: $id) {
      errors(first: 10, after: $after, severity: ERROR) {
        edges { node { rowNumber code message } } pageInfo { hasNextPage endCursor }
      }
    }
  }`;
  const rows: number[] = [];
  const cursors: (string | null)[] = [null];
  for (const after of cursors) {
    const { importJob } = await ask<{ importJob: { errors: Page } }>(query, { id, after }, token);
    const { edges, pageInfo } = importJob.errors;
    rows.push(...edges.map(({ node }) => node.rowNumber));
    if (pageInfo.hasNextPage) cursors.push(pageInfo.endCursor);
  }
  return rows;
}

async function countProducts(token: string, storeCode: string): Promise<number> {
  const query = `query ($filter: MarketplaceProductFilter!) {
    marketplaceProducts(filter: $filter, first: 5) { totalCount edges { node { title } } }
  }`;
  const { marketplaceProducts } = await ask<{ marketplaceProducts: { totalCount: number } }>(
    query,
    { filter: { storeCode } },
    token,
  );
  return marketplaceProducts.totalCount;
}

test.each([
  ['admin', 'weber-deco'],
  ['owner', 'weber-livres'],
  ['other', 'kirchberg-velo'],
])('%s imports into %s, follows it to the end, and sees errors and products', async (name, store) => {
  const token = await logIn(name);
  const { startImport: started } = await startImport(token, store, store);
  expect(started.__typename).toBe('StartImportPayload');
  const { id = '' } = started.importJob ?? {};

  const states = await follow(token, id);
  const last = states.at(-1);
  const { rows, errors } = demoFeedSummary(store as 'weber-livres', 'de');
  const refused = Object.values(errors).reduce((sum, count) => sum + count, 0);
  expect(last).toMatchObject({
    status: 'COMPLETED_WITH_ERRORS',
    ...{ totalProcessed: rows, totalRows: rows, errorCount: refused },
  });
  const counts = states.map(({ totalProcessed }) => totalProcessed);
  expect(counts).toEqual(counts.toSorted((one, other) => one - other));

  expect(new Set(await errorRows(token, id)).size).toBe(refused);
  expect(await countProducts(token, store)).toBeGreaterThanOrEqual(rows - refused);
});

test('staff look at their store and start nothing', async () => {
  const token = await logIn('staff');
  expect(await countProducts(token, 'weber-livres')).toBeGreaterThan(1_000);
  await expect(startImport(token, 'weber-livres', 'weber-livres')).rejects.toThrow('FORBIDDEN');
});

test.each([
  ['staff', 'weber-deco'],
  ['owner', 'kirchberg-velo'],
  ['other', 'weber-livres'],
])('for %s there is no store %s', async (name, store) => {
  const token = await logIn(name);
  const query = 'query ($code: String!) { store(code: $code) { name } }';
  expect(await ask(query, { code: store }, token)).toEqual({ store: null });
  const starting = startImport(token, store, store).then(({ startImport: { code } }) => code);
  expect(await starting).toMatch(/NOT_FOUND/);
});

test('signed out there is nothing', async () => {
  expect(await ask('{ viewer { name } }')).toEqual({ viewer: null });
  await expect(countProducts('', 'weber-livres')).rejects.toThrow('UNAUTHENTICATED');
  await expect(startImport('', 'weber-livres', 'weber-livres')).rejects.toThrow('UNAUTHENTICATED');
});

test('whoever follows something when the server stops is sent elsewhere, and the server ends in good order', async () => {
  const token = await logIn('admin');
  const client = createClient({
    url: `${origin.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    connectionParams: { authorization: `Bearer ${token}` },
  });
  const closed = new Promise((settle) => client.on('closed', settle));
  const connected = new Promise((settle) => client.on('connected', settle));
  const query = 'subscription { importJobsChanged { id } }';
  client.subscribe({ query }, { next: () => undefined, error: () => undefined, complete: () => undefined });
  await connected;
  server.pressCtrlC();
  expect(await closed).toMatchObject({ code: 1012 });
  expect(await server.ended).toMatchObject({ status: 0, stderr: '' });
});
