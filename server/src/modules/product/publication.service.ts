import { v7 as uuidv7 } from 'uuid';
import type { Prisma, PublicationAction, PublicationJob, Store } from '../../generated/prisma/client.ts';
import { fault } from '../../graphql/errors.ts';
import { inPlace } from '../../graphql/in-place.ts';
import type { Database, Db } from '../../platform/database.ts';
import type { ProductFilter } from '../marketplace-product/marketplace-product.filter.ts';
import { findProductIds } from '../marketplace-product/marketplace-product.list.ts';
import type { ProductRef } from './product.access.ts';
import { ProductNotFoundError, TooManyProductsError } from './product.errors.ts';
import type { CatalogueFilter } from './product.filter.ts';
import { findCatalogueIds } from './product.list.ts';
import { lockCatalogue } from './product.lock.ts';
import type { Filtered, Selection } from './publication.selection.ts';
import { findTurn } from './publication.list.ts';
import { takeStep } from './publication.step.ts';

/**
 * More products than that are published by a job; fewer are published when the caller has its answer, unless they have
 * to wait for others.
 */
export const largestAtOnce = 5_000;
/** So many can be chosen one by one. */
export const mostChosen = 1_000;

export interface Publication {
  readonly store: Store;
  readonly action: PublicationAction;
  readonly createdById: string | null;
  /** Products, each with its place in the input; or all that a filter lets through. */
  readonly products: readonly ChosenProduct[] | ProductFilter | ChosenOfCatalogue;
}

/** All of the store's catalogue that this filter lets through. */
export interface ChosenOfCatalogue {
  readonly catalogue: CatalogueFilter;
}

export interface ChosenProduct {
  /** Null for what is no id of a product. */
  readonly ref: ProductRef | null;
  readonly path: readonly string[];
}

const isList = (products: Publication['products']): products is readonly ChosenProduct[] =>
  Array.isArray(products);
const isOfCatalogue = (products: ProductFilter | ChosenOfCatalogue): products is ChosenOfCatalogue =>
  'catalogue' in products;

/**
 * The job that publishes or unpublishes these products: over when they are few and no other one of the store is
 * under way, else waiting, for `Publisher` to carry it out. Throws TooManyProductsError, and ProductNotFoundError for
 * what is no product of the store, what `inPlace` throws, and TOO_BUSY when enough of the store wait.
 */
export async function requestPublication(
  db: Database['db'],
  publication: Publication,
): Promise<PublicationJob> {
  const { store, products } = publication;
  if (isList(products)) {
    const chosen = await idsOf(db, store.id, products);
    return inPlace(store.id, () => publishAtOnce(db, publication, chosen, null));
  }
  const most = largestAtOnce + 1;
  const ids = isOfCatalogue(products)
    ? await findCatalogueIds(db, store, products.catalogue, most)
    : await findProductIds(db, store.id, products, most);
  const filtered: Filtered = isOfCatalogue(products)
    ? { kind: 'catalogue', filter: products.catalogue }
    : { kind: 'filter', filter: products };
  if (ids.length <= largestAtOnce) {
    return inPlace(store.id, () => publishAtOnce(db, publication, ids, filtered));
  }
  await requireRoom(db, store.id);
  return db.publicationJob.create({ data: jobOf(publication, filtered) });
}

/** Of one store, before others are sent away. */
export const mostWaiting = 50;

/** Throws TOO_BUSY. Not counted exactly: of those who ask in the same moment each may be one too many. */
async function requireRoom(db: Db, storeId: string): Promise<void> {
  const waiting = await db.publicationJob.count({
    where: { storeId, status: { in: ['PENDING', 'PROCESSING'] } },
  });
  if (waiting >= mostWaiting) throw fault('TOO_BUSY');
}

/** The marketplace products that are meant, each once. */
async function idsOf(db: Db, storeId: string, chosen: readonly ChosenProduct[]): Promise<bigint[]> {
  if (chosen.length > mostChosen) throw new TooManyProductsError(mostChosen, ['marketplaceProducts']);
  const refs = chosen.flatMap(({ ref }) => (ref?.storeId === storeId ? ref : []));
  const idsOfKind = (kind: ProductRef['kind']) => refs.flatMap((ref) => (ref.kind === kind ? ref.id : []));
  const rows = await db.$queryRaw<{ kind: ProductRef['kind']; id: bigint; marketplace_id: bigint }[]>`
    SELECT 'Product' AS kind, o.id, o.marketplace_product_id AS marketplace_id FROM products o
    WHERE o.store_id = ${storeId}::uuid AND o.id = ANY(${idsOfKind('Product')}::bigint[])
    UNION ALL
    SELECT 'MarketplaceProduct', p.id, p.id FROM marketplace_products p
    WHERE p.store_id = ${storeId}::uuid AND p.id = ANY(${idsOfKind('MarketplaceProduct')}::bigint[])`;
  const found = new Map(rows.map(({ kind, id, marketplace_id }) => [`${kind} ${id}`, marketplace_id]));
  const ids = chosen.map(({ ref, path }) => {
    const id = ref?.storeId === storeId ? found.get(`${ref.kind} ${ref.id}`) : undefined;
    if (id === undefined) throw new ProductNotFoundError(path);
    return id;
  });
  return [...new Set(ids)];
}

const jobOf = (
  { store, action, createdById }: Publication,
  selection: Selection,
): Prisma.PublicationJobUncheckedCreateInput => ({
  ...{ id: uuidv7(), storeId: store.id, action, createdById },
  selection: { ...selection } as Prisma.InputJsonObject,
});

/**
 * One transaction, whose record is over when it is committed. What was found by a filter has to pass it still when
 * the catalogue is ours. While another job of the store is under way it waits for that one, as a job for these very
 * products.
 */
async function publishAtOnce(
  db: Database['db'],
  publication: Publication,
  ids: readonly bigint[],
  filtered: Filtered | null,
): Promise<PublicationJob> {
  const { action } = publication;
  const candidates = ids.map(String);
  const selection: Selection = filtered
    ? { ...filtered, among: candidates }
    : { kind: 'ids', ids: candidates };
  // Nobody looks at the ids of a job that is over.
  const onRecord: Selection = filtered ?? { kind: 'ids', ids: [] };
  return db.$transaction(
    async (transaction) => {
      const store = await lockCatalogue(transaction, publication.store.id);
      if (await findTurn(transaction, store.id)) {
        await requireRoom(transaction, store.id);
        return transaction.publicationJob.create({ data: jobOf(publication, selection) });
      }
      const step = { store, action, selection, after: null, size: largestAtOnce };
      const { refused, publishedCount, unpublishedCount, unchangedCount, refusedCount } = await takeStep(
        transaction,
        step,
      );
      const counts = { publishedCount, unpublishedCount, unchangedCount, refusedCount };
      const total = publishedCount + unpublishedCount + unchangedCount + refusedCount;
      const now = new Date();
      return transaction.publicationJob.create({
        data: {
          ...{ ...jobOf(publication, onRecord), ...counts, refused: [...refused] },
          ...{ status: 'COMPLETED', total, startedAt: now, completedAt: now, revision: 1 },
        },
      });
    },
    { timeout: longestMs },
  );
}

/** A job's step before it may take a second or two. */
const longestMs = 60_000;
