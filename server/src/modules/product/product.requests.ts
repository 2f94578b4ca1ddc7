import type { Product, Store } from '../../generated/prisma/client.ts';
import type { Context } from '../../graphql/context.ts';
import { fault, InvalidInputError } from '../../graphql/errors.ts';
import { inPlace } from '../../graphql/in-place.ts';
import { storeFor } from '../store/store.access.ts';
import { canManageStore, canSeeStore } from '../store/store.policy.ts';
import { productFor, productRefOf } from './product.access.ts';
import { resolveDrift, resolveDrifts, type ResolvedDrifts } from './product.drift.ts';
import type { OverrideField } from './product.effective.ts';
import { ProductNotFoundError, TooManyProductsError } from './product.errors.ts';
import { singleOf } from './product.lock.ts';
import { moveProduct } from './product.order.ts';
import { updateProducts, type ProductChange } from './product.update.ts';

/** So many products are changed in one mutation. */
export const mostUpdated = 500;

/** A product as it is after a mutation, to be read with what the operation asks of it. */
export interface ChangedProduct {
  readonly storeId: string;
  readonly id: bigint;
}

type Changes = ProductChange & { readonly id: string };

/** One product changed, for who manages its store. Throws what `inPlace` and `updateProducts` throw. */
export async function requestProductUpdate(
  { db, viewer, catalogueNews }: Context,
  { id: globalId, ...change }: Changes,
): Promise<ChangedProduct> {
  const ref = productRefOf(globalId);
  if (!ref || !canSeeStore(viewer, ref.storeId)) throw new ProductNotFoundError();
  if (!canManageStore(viewer, ref.storeId)) throw fault('FORBIDDEN');
  const store = await db.store.findUnique({ where: { id: ref.storeId } });
  if (!store) throw new ProductNotFoundError();
  const update = () => updateProducts(db, store, [{ ref, path: [], change }]);
  const [id] = await inPlace(singleOf(store.id), update);
  if (id === undefined) throw new ProductNotFoundError();
  catalogueNews.announce(store.id);
  return { storeId: store.id, id };
}

export interface ChangedProducts {
  readonly store: Store;
  readonly ids: readonly bigint[];
}

/** Many products of a store changed, all or none. Throws what `storeFor`, `inPlace` and `updateProducts` throw. */
export async function requestProductUpdates(
  { db, viewer, catalogueNews }: Context,
  { storeCode, products }: { readonly storeCode: string; readonly products: readonly Changes[] },
): Promise<ChangedProducts> {
  const store = await storeFor(db, viewer, storeCode, canManageStore);
  if (products.length > mostUpdated) throw new TooManyProductsError(mostUpdated, ['products']);
  const changes = products.map(({ id, ...change }, at) => ({
    ...{ ref: productRefOf(id), path: ['products', String(at)], change },
  }));
  const line = changes.length > 1 ? store.id : singleOf(store.id);
  const ids = await inPlace(line, () => updateProducts(db, store, changes));
  catalogueNews.announce(store.id);
  return { store, ids };
}

interface Move {
  readonly id: string;
  readonly before?: string | null;
  readonly after?: string | null;
}

/** A product put right before or right after another of its store. */
export async function requestMove(
  { db, viewer, catalogueNews }: Context,
  { id, before, after }: Move,
): Promise<Product> {
  const product = await productFor(db, viewer, id, canManageStore);
  const neighbour = before ?? after;
  if (!neighbour || (before && after)) {
    throw new InvalidInputError('Name the product that comes right after, or the one right before.', [
      'before',
    ]);
  }
  const path = before ? 'before' : 'after';
  const ref = productRefOf(neighbour);
  if (ref?.kind !== 'Product' || ref.storeId !== product.storeId) throw new ProductNotFoundError([path]);
  const beside = before ? { before: ref.id } : { after: ref.id };
  await inPlace(product.storeId, () => moveProduct(db, product.storeId, { id: product.id, beside }));
  catalogueNews.announce(product.storeId);
  return product;
}

interface Resolution {
  readonly id: string;
  readonly field: OverrideField;
  readonly keep: boolean;
}

/** A product of which a drifted override was kept or dropped. Throws what `inPlace` and `resolveDrift` throw. */
export async function requestResolution(
  { db, viewer, catalogueNews }: Context,
  { id, ...resolution }: Resolution,
): Promise<Product> {
  const product = await productFor(db, viewer, id, canManageStore);
  const store = await db.store.findUniqueOrThrow({ where: { id: product.storeId } });
  await inPlace(singleOf(store.id), () => resolveDrift(db, store, product, resolution));
  catalogueNews.announce(store.id);
  return product;
}

/** All drifted overrides of a store kept or dropped. */
export async function requestResolutions(
  { db, viewer, catalogueNews }: Context,
  { storeCode, keep }: { readonly storeCode: string; readonly keep: boolean },
): Promise<ResolvedDrifts & { readonly store: Store }> {
  const store = await storeFor(db, viewer, storeCode, canManageStore);
  const resolved = await inPlace(store.id, () => resolveDrifts(db, store, keep));
  catalogueNews.announce(store.id);
  return { ...resolved, store };
}
