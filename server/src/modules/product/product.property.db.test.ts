// @module-tag product
// @module-tag db
// @module-tag property
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildStore } from '../../../test/builders.ts';
import { withDatabase, type TestDatabase } from '../../../test/database.ts';
import { importFeed } from '../../../test/importing.ts';
import type { PublicationAction, Store } from '../../generated/prisma/client.ts';
import { resolveDrift, resolveDrifts } from './product.drift.ts';
import { driftOf, effectiveValues, type OverrideField } from './product.effective.ts';
import { NoPriceError } from './product.errors.ts';
import { updateProducts } from './product.update.ts';
import { enqueueAutoPublish } from './publication.queue.ts';
import { isOver } from './publication.record.ts';
import { advancePublication } from './publication.run.ts';
import { requestPublication } from './publication.service.ts';

const fields = ['price', 'availability', 'condition'] as const;
type Field = (typeof fields)[number];
type Values = Readonly<Record<Field, string | null>>;

const values: Readonly<Record<Field, readonly (string | null)[]>> = {
  price: [null, '5.00', '7.50', '9.00'],
  availability: [null, 'in_stock', 'out_of_stock'],
  condition: [null, 'new', 'used'],
};
const numbers = ['A', 'B', 'C'] as const;
type ProductNumber = (typeof numbers)[number];

/** What a product is expected to be: what the feed said last, what was set and what the feed said then. */
interface Expected {
  feed: Values;
  own: Partial<Record<Field, { readonly value: string; readonly then: string | null }>>;
  /** Null when it was never in the catalogue. */
  published: boolean | null;
  /** By a person, since it was published last. */
  takenBack: boolean;
}

type Expectation = Map<ProductNumber, Expected>;

interface Action {
  /** What is done, in words, and to the model alone. */
  readonly title: string;
  readonly expect: (model: Expectation) => void;
  readonly act: (world: World) => Promise<void>;
}

interface World {
  readonly database: TestDatabase;
  readonly store: Store;
}

const sold = ({ feed, own }: Expected, field: Field) =>
  own[field]?.value ?? feed[field] ?? (field === 'condition' ? 'new' : null);

const cell = (field: Field, value: string | null) =>
  value === null ? '' : field === 'price' ? `${value} EUR` : value;

const feedOf = (rows: Partial<Record<ProductNumber, Values>>) =>
  ['id,title,price,availability,condition']
    .concat(
      Object.entries(rows).map(([number, row]) =>
        [number, `Chair ${number}`, ...fields.map((field) => cell(field, row[field]))].join(','),
      ),
    )
    .join('\n');

const importOf = (rows: Partial<Record<ProductNumber, Values>>): Action => ({
  title: `import ${JSON.stringify(rows)}`,
  expect: (model) => {
    let brought = false;
    for (const number of numbers) {
      const feed = rows[number];
      if (!feed) continue;
      const before = model.get(number) ?? { own: {}, published: null, takenBack: false };
      brought ||= !isDeepStrictEqual(feed, model.get(number)?.feed);
      model.set(number, { ...before, feed });
    }
    for (const product of model.values()) {
      if (brought && !product.takenBack && sold(product, 'price') !== null) product.published = true;
    }
  },
  act: async ({ database, store }) => {
    const { db } = database;
    const { jobId, counts } = await importFeed(database, { feed: feedOf(rows), storeId: store.id });
    const [importedCount, updatedCount] = counts;
    const data = { importedCount, updatedCount, startedAt: new Date(), status: 'COMPLETED' as const };
    await enqueueAutoPublish(db, await db.marketplaceImportJob.update({ where: { id: jobId }, data }));
    const open = { storeId: store.id, status: 'PENDING' } as const;
    for (const { id } of await db.publicationJob.findMany({ where: open })) {
      for (let job = null; !job || !isOver(job);) job = await advancePublication(db, id, 2);
    }
  },
});

const refOf = async ({ database, store }: World, number: ProductNumber) => {
  const where = { storeId: store.id, marketplaceProductId: number };
  const { id } = await database.db.marketplaceProduct.findFirstOrThrow({ where });
  return { kind: 'MarketplaceProduct', storeId: store.id, id } as const;
};

/** What only makes sense of products that a feed has brought. */
const ofKnown = async (
  { database, store }: World,
  chosen: readonly ProductNumber[],
): Promise<ProductNumber[]> => {
  const where = { storeId: store.id, marketplaceProductId: { in: [...chosen] } };
  const found = await database.db.marketplaceProduct.findMany({ where });
  return chosen.filter((number) => found.some(({ marketplaceProductId }) => marketplaceProductId === number));
};

const ifPriced = async (work: () => Promise<unknown>): Promise<void> => {
  await work().catch((error: unknown) => {
    if (!(error instanceof NoPriceError)) throw error;
  });
};

/** False where a published product would be left without a price, which is refused. */
const mayDrop = ({ feed, published }: Expected, field: Field) =>
  field !== 'price' || !published || feed.price !== null;

const setting = (number: ProductNumber, field: Field, value: string | null): Action => ({
  title: `set ${field} of ${number} to ${value}`,
  expect: (model) => {
    const product = model.get(number);
    if (!product || (value === null && !mayDrop(product, field))) return;
    product.published ??= false;
    if (value === null) delete product.own[field];
    else if (product.own[field]?.value !== value) product.own[field] = { value, then: product.feed[field] };
  },
  act: async (world) => {
    for (const known of await ofKnown(world, [number])) {
      const change = { ref: await refOf(world, known), path: [], change: { [field]: value } };
      await ifPriced(() => updateProducts(world.database.db, world.store, [change]));
    }
  },
});

const publishing = (action: PublicationAction, chosen: readonly ProductNumber[]): Action => ({
  title: `${action} ${chosen.join()}`,
  expect: (model) => {
    for (const number of chosen) {
      const product = model.get(number);
      if (product && action === 'UNPUBLISH' && product.published) {
        Object.assign(product, { published: false, takenBack: true });
      }
      if (product && action === 'PUBLISH' && sold(product, 'price') !== null) {
        Object.assign(product, { published: true, takenBack: false });
      }
    }
  },
  act: async (world) => {
    const known = await ofKnown(world, chosen);
    if (known.length === 0) return;
    const products = await Promise.all(
      known.map(async (number) => ({ ref: await refOf(world, number), path: [] })),
    );
    const publication = { store: world.store, action, createdById: null, products };
    await requestPublication(world.database.db, publication);
  },
});

const drifted = ({ own, feed }: Expected, field: Field) => {
  const set = own[field];
  return set !== undefined && set.then !== feed[field];
};

function settle(product: Expected, field: Field, keep: boolean): void {
  const set = product.own[field];
  if (!set || !drifted(product, field)) return;
  if (keep) product.own[field] = { ...set, then: product.feed[field] };
  else if (mayDrop(product, field)) delete product.own[field];
}

const settling = (number: ProductNumber, field: Field, keep: boolean): Action => ({
  title: `${keep ? 'keep' : 'drop'} ${field} of ${number}`,
  expect: (model) => {
    const product = model.get(number);
    if (product) settle(product, field, keep);
  },
  act: async ({ database: { db }, store }) => {
    const product = await db.product.findFirst({
      where: { storeId: store.id, marketplaceProduct: { marketplaceProductId: number } },
    });
    if (product) await ifPriced(() => resolveDrift(db, store, product, { field, keep }));
  },
});

const settlingAll = (keep: boolean): Action => ({
  title: `${keep ? 'keep' : 'drop'} all`,
  expect: (model) => {
    for (const product of model.values()) for (const field of fields) settle(product, field, keep);
  },
  act: async ({ database: { db }, store }) => void (await resolveDrifts(db, store, keep)),
});

const number = fc.constantFrom(...numbers);
const field = fc.constantFrom(...fields);
const some = fc.subarray([...numbers], { minLength: 1 });
const row = fc.record({
  price: fc.constantFrom(...values.price),
  availability: fc.constantFrom(...values.availability),
  condition: fc.constantFrom(...values.condition),
});
const rows = fc.record({ A: row, B: row, C: row }, { requiredKeys: [] });
const nonEmpty = rows.filter((given) => Object.keys(given).length > 0);
const actions = fc.oneof(
  { arbitrary: nonEmpty.map(importOf), weight: 3 },
  {
    arbitrary: field.chain((of) => fc.tuple(number, fc.constant(of), fc.constantFrom(...values[of]))),
    weight: 4,
  },
  {
    arbitrary: fc
      .tuple(fc.constantFrom('PUBLISH', 'UNPUBLISH'), some)
      .map(([way, of]) => publishing(way, of)),
    weight: 3,
  },
  { arbitrary: fc.tuple(number, field, fc.boolean()).map((given) => settling(...given)), weight: 2 },
  { arbitrary: fc.boolean().map(settlingAll), weight: 1 },
);
const action = actions.map((given) => (Array.isArray(given) ? setting(...given) : given));

/** What the tables say, in the words of the expectation. */
async function read({ database, store }: World) {
  const found = await database.db.marketplaceProduct.findMany({
    where: { storeId: store.id },
    include: { products: true },
    orderBy: { marketplaceProductId: 'asc' },
  });
  const shown = (value: { toFixed(digits: number): string } | string | null) =>
    value === null || typeof value === 'string' ? value : value.toFixed(2);
  return found.map((feed) => {
    const [own = null] = feed.products;
    const effective = effectiveValues(own, feed, store, new Date());
    return {
      number: feed.marketplaceProductId,
      published: own && own.publishedAt !== null,
      sold: fields.map((of) => shown(effective[of])),
      drift: own ? driftOf(own, feed, store).map((drift) => [drift.field, drift.own, drift.feedThen]) : [],
    };
  });
}

const expected = (model: Expectation) =>
  [...model]
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([of, product]) => ({
      ...{ number: of, published: product.published, sold: fields.map((one) => sold(product, one)) },
      drift: fields
        .filter((one) => drifted(product, one))
        .map((one): [OverrideField, ...unknown[]] => [
          one,
          product.own[one]?.value,
          product.own[one]?.then ?? null,
        ]),
    }));

test(
  'in whatever order a store imports, sets, publishes, takes back and settles, its own values and what is sold are right',
  { timeout: 300_000 },
  () =>
    withDatabase((database) =>
      fc.assert(
        fc.asyncProperty(
          fc.array(action, { minLength: 4, maxLength: 12 }),
          fc.boolean(),
          async (steps, autoPublish) => {
            const since = { autoPublish, autoPublishSince: autoPublish ? new Date(0) : null };
            const world = { database, store: await buildStore(database.db, since) };
            const model: Expectation = new Map();
            const done: string[] = [];
            for (const { title, expect: foresee, act } of steps) {
              const before = new Map([...model].map(([of, { published }]) => [of, published]));
              foresee(model);
              // Only the end of an import publishes what nobody asked for, and only when the store wants it.
              if (!autoPublish && title.startsWith('import')) {
                for (const [of, product] of model) product.published = before.get(of) ?? null;
              }
              await act(world);
              done.push(title);
              expect([done, await read(world)]).toEqual([done, expected(model)]);
            }
          },
        ),
        { numRuns: 30 },
      ),
    ),
);
