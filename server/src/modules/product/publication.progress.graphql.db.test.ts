// @module-tag product
// @module-tag db
import { parse, subscribe, type ExecutionResult } from 'graphql';
import { describe, expect, test } from 'vitest';
import { buildMarketplaceProduct } from '../../../test/catalogue.ts';
import { withDatabase, withRollback } from '../../../test/database.ts';
import { execute, operationContext } from '../../../test/execute.ts';
import { Somebody } from '../../../test/following.ts';
import { globalIdOf } from '../../../test/global-id.ts';
import { mutate } from '../../../test/mutating.ts';
import { buildPeople, roles, type People } from '../../../test/people.ts';
import { buildPublication } from '../../../test/publications.ts';
import { recordStatements } from '../../../test/statements.ts';
import type { Store } from '../../generated/prisma/client.ts';
import type { Viewer } from '../../graphql/viewer.ts';
import { openBus } from '../../platform/bus.ts';
import type { Database, Db } from '../../platform/database.ts';
import { schema } from '../../schema.ts';
import { PublicationWatch } from './publication.watch.ts';
import { Publisher } from './publisher.ts';

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
