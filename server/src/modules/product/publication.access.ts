import type { PublicationJob } from '../../generated/prisma/client.ts';
import { fault, InvalidInputError } from '../../graphql/errors.ts';
import { uuidOf } from '../../graphql/global-id.ts';
import type { Context } from '../../graphql/context.ts';
import type { Liveness } from '../../graphql/viewer.ts';
import type { ProductFilter } from '../marketplace-product/marketplace-product.filter.ts';
import { storeFor } from '../store/store.access.ts';
import { canManageStore } from '../store/store.policy.ts';
import { productRefOf } from './product.access.ts';
import type { CatalogueFilter } from './product.filter.ts';
import { isOver } from './publication.record.ts';
import { requestPublication, type Publication } from './publication.service.ts';
import type { PublicationStream } from './publication.stream.ts';
import type { PublicationWatch } from './publication.watch.ts';

interface PublicationRequest {
  readonly storeCode: string;
  readonly marketplaceProducts?: readonly string[] | null;
  readonly filter?: (ProductFilter & { readonly storeCode: string }) | null;
  readonly catalogue?: (CatalogueFilter & { readonly storeCode: string }) | null;
}

/**
 * A publication in a store that the viewer manages, begun. Throws what `storeFor` and `requestPublication` throw, and
 * InvalidInputError unless there is either a list of products or one filter, of this store.
 */
export async function startPublication(
  { db, viewer, publisher, catalogueNews }: Context,
  action: Publication['action'],
  request: PublicationRequest,
): Promise<PublicationJob> {
  const store = await storeFor(db, viewer, request.storeCode, canManageStore);
  const products = productsOf(request);
  const createdById = viewer?.id ?? null;
  const job = await requestPublication(db, { store, action, createdById, products });
  // Of each of its steps everybody hears.
  if (isOver(job)) catalogueNews.announce(store.id);
  else publisher.start(job.id);
  return job;
}

function productsOf(request: PublicationRequest): Publication['products'] {
  const { storeCode, marketplaceProducts, filter, catalogue } = request;
  if (filter && catalogue) throw new InvalidInputError('Give one filter, not two.', ['catalogue']);
  if (marketplaceProducts?.length && (filter || catalogue)) {
    throw new InvalidInputError('Choose products or give a filter, not both.', [
      filter ? 'filter' : 'catalogue',
    ]);
  }
  if (filter) return ofStore(storeCode, filter, 'filter');
  if (catalogue) return { catalogue: ofStore(storeCode, catalogue, 'catalogue') };
  if (!marketplaceProducts?.length) {
    throw new InvalidInputError('Choose products, or give a filter.', ['marketplaceProducts']);
  }
  return marketplaceProducts.map((id, at) => ({
    ref: productRefOf(id),
    path: ['marketplaceProducts', String(at)],
  }));
}

/** The filter without its store, which is the one of the request. */
function ofStore<Filter extends { readonly storeCode: string }>(
  storeCode: string,
  { storeCode: filtered, ...rest }: Filter,
  field: string,
): Omit<Filter, 'storeCode'> {
  if (filtered !== storeCode) {
    throw new InvalidInputError('The filter is of another store.', [field, 'storeCode']);
  }
  return forRecord(rest);
}

/**
 * The filter for a record: JSON of PostgreSQL has no place for null characters and halves of pairs. No text of a product
 * has U+FFFF either, and a search takes it for what it takes these for.
 */
const forRecord = <Filter>(filter: Filter): Filter =>
  JSON.parse(JSON.stringify(filter), (_key, value: unknown) =>
    typeof value === 'string' ? value.replaceAll(/\0|\p{Cs}/gu, '\uffff') : value,
  ) as Filter;

/** The states of the job of that global id. Throws NOT_FOUND when there is none that the viewer may see. */
export async function followPublication(
  watch: PublicationWatch,
  live: Liveness | null,
  globalId: string,
): Promise<PublicationStream> {
  if (!live) throw fault('UNAUTHENTICATED');
  const id = uuidOf('PublicationJob', globalId);
  const stream = id === null ? null : await watch.follow(id, live);
  if (!stream) throw fault('NOT_FOUND');
  return stream;
}
