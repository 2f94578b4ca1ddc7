import type { Product } from '../../generated/prisma/client.ts';
import { fault } from '../../graphql/errors.ts';
import { readGlobalId } from '../../graphql/nodes.ts';
import type { Viewer } from '../../graphql/viewer.ts';
import type { Db } from '../../platform/database.ts';
import { readProductId, type ProductId } from '../marketplace-product/marketplace-product.id.ts';
import { canSeeStore } from '../store/store.policy.ts';
import { ProductNotFoundError } from './product.errors.ts';

type Policy = (viewer: Viewer | null, storeId: string) => boolean;

/** What a global id stands for: a product of a catalogue, or one that its store could take into it. */
export interface ProductRef extends ProductId {
  readonly kind: 'Product' | 'MarketplaceProduct';
}

/** Null for every other id, however malformed. */
export function productRefOf(globalId: string): ProductRef | null {
  const { typename, id } = readGlobalId(globalId);
  if (typename !== 'Product' && typename !== 'MarketplaceProduct') return null;
  return { kind: typename, ...readProductId(id) };
}

/**
 * The product of that global id, for something that the policy allows. Throws ProductNotFoundError for one that the
 * viewer may not see, and FORBIDDEN for one that may only be looked at.
 */
export async function productFor(
  db: Db,
  viewer: Viewer | null,
  globalId: string,
  policy: Policy,
  path: readonly string[] = ['id'],
): Promise<Product> {
  const ref = productRefOf(globalId);
  const { id, storeId } = ref ?? readProductId('');
  const product =
    ref?.kind === 'Product' ? await db.product.findUnique({ where: { storeId_id: { storeId, id } } }) : null;
  if (!product || !canSeeStore(viewer, storeId)) throw new ProductNotFoundError(path);
  if (!policy(viewer, storeId)) throw fault('FORBIDDEN');
  return product;
}
