// @module-tag product
// @module-tag db
import { parse, subscribe, type ExecutionResult } from 'graphql';
import { describe, expect, test } from 'vitest';
import { buildMarketplaceProduct, buildProduct, productId } from '../../../test/catalogue.ts';
import { withDatabase, withRollback } from '../../../test/database.ts';
import { execute, operationContext } from '../../../test/execute.ts';
import { Somebody } from '../../../test/following.ts';
import { askAll, managersDo, mutate } from '../../../test/mutating.ts';
import { buildPeople, globalIdOf, roles, type People } from '../../../test/people.ts';
import { buildPublication } from '../../../test/publications.ts';
import { recordStatements } from '../../../test/statements.ts';
import type { Store } from '../../generated/prisma/client.ts';
import type { Viewer } from '../../graphql/viewer.ts';
import { openBus } from '../../platform/bus.ts';
import type { Database, Db } from '../../platform/database.ts';
import { schema } from '../../schema.ts';
import { PublicationWatch } from './publication.watch.ts';
import { Publisher } from './publisher.ts';

/** Nothing is begun by it: it is for those who have their answer at once, and for those who get none. */
const publisher = { start: () => undefined };

const part = `publication { status action automatic total done publishedCount unpublishedCount unchangedCount
  refusedCount refused { code message marketplaceProduct { marketplaceProductId } } store { code } }`;

const publish = (db: Db, viewer: Viewer | null, input: object, mutation = 'publishProducts') =>
  mutate({ db, publisher }, viewer, mutation, input, part);

const numbers = async (db: Db, { id: storeId }: Store) => {
  const where = { storeId, publishedAt: { not: null } };
  const products = await db.product.findMany({ where, include: { marketplaceProduct: true } });
  return products.map(({ marketplaceProduct }) => marketplaceProduct.marketplaceProductId).sort();
};

test('those who manage a store publish; staff look on, and others find no store', () =>
  withRollback(async (db) => {
    const people = await buildPeople(db);
    const { store } = people;
    const id = productId('MarketplaceProduct', await buildMarketplaceProduct(db, store, 'A'));
    const inputs = [
      { marketplaceProducts: [id] },
      { filter: { storeCode: store.code } },
      { catalogue: { storeCode: store.code } },
    ];
    for (const mutation of ['publishProducts', 'unpublishProducts']) {
      for (const chosen of inputs) {
        const input = { storeCode: store.code, ...chosen };
        const answers = await askAll(people, (viewer) => publish(db, viewer, input, mutation));
        expect(answers).toEqual(managersDo('STORE_NOT_FOUND'));
      }
    }
  }));

describe('products that are chosen', () => {
  test('are published when the answer comes; one without a price is named, and says why', () =>
    withRollback(async (db) => {
      const { store, viewers } = await buildPeople(db);
      const [first, second] = [
        await buildMarketplaceProduct(db, store, 'A'),
        await buildMarketplaceProduct(db, store, 'B', { price: null }),
      ];
      const back = await buildProduct(db, store, 'C', { own: { publishedAt: null } });
      const marketplaceProducts = [
        ...[productId('MarketplaceProduct', first), productId('MarketplaceProduct', second)],
        ...[productId('Product', back), productId('MarketplaceProduct', first)],
      ];
      const input = { storeCode: store.code, marketplaceProducts };
      const answer = await publish(db, viewers.manager, input);
      expect(answer).toEqual({
        publication: {
          ...{ status: 'COMPLETED', action: 'PUBLISH', automatic: false, total: 3, done: 3 },
          ...{ publishedCount: 2, unpublishedCount: 0, unchangedCount: 0, refusedCount: 1 },
          refused: [
            {
              code: 'NO_PRICE',
              message: expect.stringContaining('no price') as string,
              marketplaceProduct: { marketplaceProductId: 'B' },
            },
          ],
          store: { code: store.code },
        },
      });
      expect(await numbers(db, store)).toEqual(['A', 'C']);
      expect(await publish(db, viewers.manager, input)).toMatchObject({
        publication: { publishedCount: 0, unchangedCount: 2, refusedCount: 1 },
      });
    }));

  test.each([
    ['none', (): string[] => [], 'INVALID_INPUT'],
    ['too many', (good: string) => Array.from({ length: 1_001 }, () => good), 'PRODUCTS_LIMIT'],
    ['one that is none', (good: string) => [good, 'nonsense'], 'PRODUCT_NOT_FOUND'],
    ['one of another store', (good: string, foreign: string) => [good, foreign], 'PRODUCT_NOT_FOUND'],
    ['a store', (good: string) => [good, globalIdOf('Store', '1')], 'PRODUCT_NOT_FOUND'],
    ['one with a null in it', (good: string) => [good, globalIdOf('Product', '\0')], 'PRODUCT_NOT_FOUND'],
  ])('but are %s publish nothing', (_what, choose, code) =>
    withRollback(async (db) => {
      const { store, otherStore, viewers } = await buildPeople(db);
      const good = productId('MarketplaceProduct', await buildMarketplaceProduct(db, store, 'A'));
      const foreign = productId('MarketplaceProduct', await buildMarketplaceProduct(db, otherStore, 'A'));
      const input = { storeCode: store.code, marketplaceProducts: choose(good, foreign) };
      for (const mutation of ['publishProducts', 'unpublishProducts']) {
        expect(await publish(db, viewers.admin, input, mutation)).toMatchObject({ code });
      }
      expect(await db.product.count()).toBe(0);
    }),
  );

  test.each([
    ['nothing at all', () => ({}), ['marketplaceProducts']],
    [
      'a list and a filter',
      (storeCode: string) => ({ marketplaceProducts: ['x'], filter: { storeCode } }),
      ['filter'],
    ],
    ['a filter of another store', () => ({ filter: { storeCode: 'other' } }), ['filter', 'storeCode']],
    [
      'a catalogue of another store',
      () => ({ catalogue: { storeCode: 'other' } }),
      ['catalogue', 'storeCode'],
    ],
  ])('by %s are refused', (_how, choose, path) =>
    withRollback(async (db) => {
      const { store, viewers } = await buildPeople(db);
      const input = { storeCode: store.code, ...choose(store.code) };
      expect(await publish(db, viewers.owner, input)).toMatchObject({ code: 'INVALID_INPUT', path });
    }),
  );
});

test('all that a filter lets through is published, and taken back by one of the catalogue', () =>
  withRollback(async (db) => {
    const { store, viewers } = await buildPeople(db);
    await buildMarketplaceProduct(db, store, 'A', { brand: 'Un' }, { FR: 'Théière' });
    await buildMarketplaceProduct(db, store, 'B', { brand: 'Un' });
    await buildProduct(db, store, 'C', { own: { isFeatured: true }, feed: { brand: 'Deux' } });
    const storeCode = store.code;
    const ask = (chosen: object, mutation?: string) =>
      publish(db, viewers.owner, { storeCode, ...chosen }, mutation);
    await ask({ filter: { storeCode, brand: ['Un'], search: 'theiere' } });
    expect(await numbers(db, store)).toEqual(['A', 'C']);
    await ask({ filter: { storeCode, published: false } });
    expect(await numbers(db, store)).toEqual(['A', 'B', 'C']);
    await ask({ catalogue: { storeCode, featured: false } }, 'unpublishProducts');
    expect(await numbers(db, store)).toEqual(['C']);
    await ask({ catalogue: { storeCode, published: false } });
    expect(await numbers(db, store)).toEqual(['A', 'B', 'C']);
  }));

async function buildMany(db: Db, { id: storeId }: Store, count: number): Promise<void> {
  const job = {
    storeId,
    sourceUrl: 'https://feeds.example.test/x.csv',
    language: 'EN',
    normaliserVersion: 1,
  } as const;
  const { id: lastImportJobId } = await db.marketplaceImportJob.create({ data: job });
  const keys = { storeId, storeName: '', marketplace: 'Letzshop', contentHash: '', lastImportJobId };
  await db.marketplaceProduct.createMany({
    data: Array.from({ length: count }, (_, at) => ({
      ...{ ...keys, marketplaceProductId: `P-${at}`, currency: 'EUR', price: at === 7 ? null : '5.00' },
    })),
  });
}

interface Node {
  readonly publisher: Publisher;
  readonly publicationWatch: PublicationWatch;
}

/** What `use` gives, with a node that publishes and tells of it. */
async function withNode<T>(
  db: Database['db'],
  stepSize: number,
  use: (node: Node) => Promise<T>,
): Promise<T> {
  const errors: unknown[] = [];
  const onError = (error: unknown) => void errors.push(error);
  const bus = openBus({ redisUrl: null, onError });
  const publisher = new Publisher({ db, bus, onError, stepSize });
  const publicationWatch = new PublicationWatch({ db, bus, onError });
  try {
    return await use({ publisher, publicationWatch });
  } finally {
    await publisher.stop();
    await publicationWatch.close();
    await bus.close();
    expect(errors).toEqual([]);
  }
}

const progressQuery = `subscription ($id: ID!) { publicationProgress(id: $id) {
  status total done publishedCount refusedCount refused { marketplaceProduct { marketplaceProductId } } } }`;

interface Progress {
  readonly status: string;
  readonly total: number | null;
  readonly done: number;
}

/** The states that the viewer hears of until there are no more; a code when there is nothing to hear. */
async function follow(
  db: Db,
  publicationWatch: PublicationWatch,
  viewer: Viewer | null,
  id: string,
): Promise<Progress[] | string> {
  const contextValue = operationContext(
    { db, publicationWatch, live: viewer && new Somebody(viewer) },
    viewer,
  );
  const stream = await subscribe({
    schema,
    document: parse(progressQuery),
    variableValues: { id },
    contextValue,
  });
  const codeOf = ({ errors }: ExecutionResult) => String(errors?.[0]?.extensions['code']);
  if (!(Symbol.asyncIterator in stream)) return codeOf(stream);
  const states: Progress[] = [];
  for await (const event of stream) {
    if (event.errors) return codeOf(event);
    states.push((event.data as { publicationProgress: Progress }).publicationProgress);
  }
  return states;
}

const largest = 5_000;

describe('hundreds of thousands', { timeout: 60_000 }, () => {
  async function start(db: Db, people: People, { publisher }: Node, filter = {}) {
    const storeCode = people.store.code;
    const input = { storeCode, filter: { storeCode, ...filter } };
    const asked = await mutate(
      ...([{ db, publisher }, people.viewers.manager, 'publishProducts', input] as const),
      'publication { id status }',
    );
    return asked['publication'] as { id: string; status: string };
  }

  test('are published step by step, and whoever may see the store hears how far it is', () =>
    withDatabase(async ({ db }) => {
      const people = await buildPeople(db);
      await buildMany(db, people.store, largest + 2);
      await withNode(db, 1_000, async (node) => {
        const { id, status } = await start(db, people, node);
        expect(status).toBe('PENDING');
        const hear = (viewer: Viewer | null) => follow(db, node.publicationWatch, viewer, id);
        const states = (await hear(people.viewers.staff)) as Progress[];
        const done = states.map((state) => state.done);
        expect(done).toEqual([...done].sort((one, other) => one - other));
        expect(states.at(-1)).toEqual({
          ...{ status: 'COMPLETED', total: largest + 2, done: largest + 2, publishedCount: largest + 1 },
          ...{ refusedCount: 1, refused: [{ marketplaceProduct: { marketplaceProductId: 'P-7' } }] },
        });
        for (const role of ['admin', 'owner', 'manager'] as const) {
          expect(await hear(people.viewers[role])).toEqual([states.at(-1)]);
        }
        expect(await hear(people.viewers.otherOwner)).toBe('NOT_FOUND');
        expect(await hear(null)).toBe('UNAUTHENTICATED');
        expect(node.publicationWatch.size).toBe(0);
      });
    }));

  test('are found by a filter whose text no database could keep', () =>
    withDatabase(async ({ db }) => {
      const people = await buildPeople(db);
      await buildMany(db, people.store, largest + 1);
      await withNode(db, 20_000, async (node) => {
        const { id } = await start(db, people, node, { search: '\0\ud800', brand: [] });
        const states = await follow(db, node.publicationWatch, people.viewers.owner, id);
        expect(states.at(-1)).toMatchObject({ status: 'COMPLETED', done: largest + 1 });
      });
    }));
});

test('what is open in stores is listed with what was refused, in as many statements for many as for one', () =>
  withRollback(async (db) => {
    const { store, viewers } = await buildPeople(db);
    const open: string[] = [];
    for (const status of ['PENDING', 'COMPLETED', 'PROCESSING', 'FAILED'] as const) {
      const { id } = await buildPublication(db, store);
      const { id: product } = await buildMarketplaceProduct(db, store, `refused ${status}`);
      await db.publicationJob.update({ where: { id }, data: { status, refused: [String(product)] } });
      if (status.startsWith('P')) open.push(globalIdOf('PublicationJob', id));
    }
    const query = `query ($code: String!) {
      store(code: $code) {
        openPublications { id store { code } refused { marketplaceProduct { marketplaceProductId } } }
      }
    }`;
    const ask = () => recordStatements(() => execute({ db }, viewers.staff, query, { code: store.code }));
    const { result, statements } = await ask();
    const refused = (number: string) => [{ marketplaceProduct: { marketplaceProductId: number } }];
    const openPublications = [
      { id: open[0], store: { code: store.code }, refused: refused('refused PENDING') },
      { id: open[1], store: { code: store.code }, refused: refused('refused PROCESSING') },
    ];
    expect(result.data).toEqual({ store: { openPublications } });
    await db.publicationJob.updateMany({ where: { status: 'PENDING' }, data: { status: 'COMPLETED' } });
    expect(statements).toHaveLength((await ask()).statements.length);
  }));

test('a publication is found by those who may see its store', () =>
  withRollback(async (db) => {
    const { store, viewers } = await buildPeople(db);
    const id = globalIdOf('PublicationJob', (await buildPublication(db, store)).id);
    for (const role of roles) {
      const found = await execute({ db }, viewers[role], 'query ($id: ID!) { node(id: $id) { id } }', { id });
      const sees = !['signedOut', 'otherOwner'].includes(role);
      expect(found.data).toEqual({ node: sees ? { id } : null });
    }
  }));

test.each(['', 'garbage', globalIdOf('PublicationJob', '1'), globalIdOf('PublicationJob', '\0')])(
  'the id %j of a publication is not found',
  (id) =>
    withRollback(async (db) => {
      const { viewers } = await buildPeople(db);
      await withNode(db as Database['db'], 1, async ({ publicationWatch }) => {
        expect(await follow(db, publicationWatch, viewers.admin, id)).toBe('NOT_FOUND');
      });
    }),
);
