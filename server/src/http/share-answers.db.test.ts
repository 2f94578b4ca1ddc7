// @module-tag http
// @module-tag db
import { expect, onTestFinished, test } from 'vitest';
import { openApiServer, type ApiServer } from '../../test/api-server.ts';
import { buildMerchant, buildStore } from '../../test/builders.ts';
import { buildProduct } from '../../test/catalogue.ts';
import { withDatabase, type TestDatabase } from '../../test/database.ts';
import { recordStatements } from '../../test/statements.ts';
import { openCatalogueNews } from '../modules/storefront/storefront.news.ts';
import { openBus } from '../platform/bus.ts';
import { SharedAnswers } from './shared-answers.ts';

const shop =
  'query Shop($code: String!) { storefront(code: $code) { name products { edges { node { number price } } } } }';

async function withShop(
  use: (server: ApiServer, db: TestDatabase['db'], answers: SharedAnswers) => Promise<void>,
) {
  await withDatabase(async ({ db }) => {
    const store = await buildStore(db, { code: 'shop', name: 'The shop' });
    await buildProduct(db, store, 'A-1');
    const answers = new SharedAnswers();
    const server = await openApiServer({ db, sharedAnswers: answers });
    await use(server, db, answers).finally(() => server.close());
  });
}

const get = (
  server: ApiServer,
  query: string,
  headers: Record<string, string> = {},
  variables = { code: 'shop' },
) =>
  server.fetch(
    { headers: { Accept: 'application/json', ...headers } },
    `/graphql?${new URLSearchParams({ query, variables: JSON.stringify(variables) }).toString()}`,
  );

const fail = (error: unknown) => {
  throw error;
};

const headersOf = ({ status, headers }: Response) => ({ status, cache: headers.get('cache-control') });

test('what a shop shows is answered without the database the second time, over GET and POST', () =>
  withShop(async (server) => {
    const first = await server.ask(shop, { code: 'shop' });
    expect(first.data).toEqual({
      storefront: { name: 'The shop', products: { edges: [{ node: { number: 'A-1', price: '10.00' } }] } },
    });
    const { result, statements } = await recordStatements(async () => [
      await server.ask(shop, { code: 'shop' }),
      { status: 200, ...((await (await get(server, shop)).json()) as object) },
    ]);
    expect(result).toEqual([first, first]);
    expect(statements).toEqual([]);
  }));

test('an answer over GET may be kept by others for seconds, and is not sent again while it is the same', () =>
  withShop(async (server, db, answers) => {
    const response = await get(server, shop);
    expect(headersOf(response)).toEqual({ status: 200, cache: 'public, max-age=10' });
    const etag = response.headers.get('etag') ?? '';
    const again = await get(server, shop, { 'If-None-Match': `"other", W/${etag}` });
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
    const { id } = await db.store.update({ where: { code: 'shop' }, data: { name: 'Renamed' } });
    answers.outdate(id);
    const changed = await get(server, shop, { 'If-None-Match': etag });
    expect(changed.status).toBe(200);
    expect(await changed.json()).toMatchObject({ data: { storefront: { name: 'Renamed' } } });
  }));

test('an answer that others keep is kept for each page’s origin, and for each form', () =>
  withDatabase(async ({ db }) => {
    const store = await buildStore(db, { code: 'shop' });
    await buildProduct(db, store, 'A-1');
    const origin = 'https://shop.example';
    const server = await openApiServer({ db, settings: { corsOrigins: [origin] } });
    onTestFinished(() => server.close());
    const askers: Record<string, string>[] = [{}, { Origin: origin }];
    for (const headers of askers) {
      const response = await get(server, shop, headers);
      expect(headersOf(response).cache).toBe('public, max-age=10');
      expect(response.headers.get('vary')).toBe('Accept, Origin');
    }
  }));

test.each([
  ['of another field beside it', `${shop.slice(0, -1)} viewer { name } }`],
  ['of another field', 'query Viewer { viewer { name } }'],
  ['of no store', shop, { code: 'none' }],
  ['with an error', shop.replace('products', 'products(first: 1000)')],
])('an answer %s is kept by nobody', (_what, query, variables = { code: 'shop' }) =>
  withShop(async (server, _db, answers) => {
    expect(headersOf(await get(server, query, {}, variables)).cache).toBe('no-store');
    expect(answers.size).toBe(0);
  }),
);

test('an answer by POST tells nobody to keep it', () =>
  withShop(async (server) => {
    const response = await server.fetch({
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify({ query: shop, variables: { code: 'shop' } }),
    });
    expect([headersOf(response).cache, response.headers.get('etag')]).toEqual(['no-store', null]);
  }));

test('news of a store, of its merchant, of publishing and of an import’s end make answers anew', () =>
  withDatabase(async ({ db }) => {
    const bus = openBus({ redisUrl: null, onError: fail });
    onTestFinished(() => bus.close());
    const merchant = await buildMerchant(db);
    const store = await buildStore(db, { code: 'shop', merchantId: merchant.id });
    await buildProduct(db, store, 'A-1');
    const answers = new SharedAnswers();
    const server = await openApiServer({ db, sharedAnswers: answers });
    onTestFinished(() => server.close());
    const news = await openCatalogueNews(bus, answers);
    const statementsOf = async () =>
      (await recordStatements(() => server.ask(shop, { code: 'shop' }))).statements.length;
    const anew = await statementsOf();
    expect([anew > 0, await statementsOf()]).toEqual([true, 0]);
    const job = { storeId: store.id };
    const tellings: (() => unknown)[] = [
      () => news.announce(store.id),
      () => news.announce(merchant.id),
      () => bus.publish('catalogue', { ids: [store.id] }),
      () => bus.publish('publication', job as never),
      () => bus.publish('importJob', { ...job, status: 'COMPLETED' } as never),
      () => bus.reconnected(new Date()),
    ];
    for (const tell of tellings) {
      await tell();
      expect([await statementsOf(), await statementsOf()]).toEqual([anew, 0]);
    }
    await bus.publish('importJob', { ...job, status: 'PROCESSING' } as never);
    await bus.publish('publication', { storeId: merchant.id.replaceAll('0', '1') } as never);
    expect(await statementsOf()).toBe(0);
    await news.close();
    await bus.publish('catalogue', { ids: [store.id] });
    expect(await statementsOf()).toBe(0);
  }));
