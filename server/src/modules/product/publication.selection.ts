import { Prisma, type PublicationJob, type Store } from '../../generated/prisma/client.ts';
import { conditionsOf, type ProductFilter } from '../marketplace-product/marketplace-product.filter.ts';
import { catalogueConditions, type CatalogueFilter } from './product.filter.ts';
import type { NewProducts } from './publication.queue.ts';

/** Which marketplace products of its store a job is about, as its record has it. */
export type Selection = ChosenOnes | Filtered | NewProducts;

/** Chosen one by one; ids as texts, which JSON can hold. */
export interface ChosenOnes {
  readonly kind: 'ids';
  readonly ids: readonly string[];
}

/** What a filter lets through when its turn comes, of the catalogue or of all. */
export type Filtered = (
  | { readonly kind: 'filter'; readonly filter: ProductFilter }
  | { readonly kind: 'catalogue'; readonly filter: CatalogueFilter }
) & {
  /** Those that it let through when it was asked for, where they are few: so no others are looked at. */
  readonly among?: readonly string[];
};

/** The only ones that can be meant, by their ids; null when they are not known. */
export function candidatesOf(selection: Selection): readonly string[] | null {
  if (selection.kind === 'ids') return selection.ids;
  return selection.kind === 'new' ? null : (selection.among ?? null);
}

/** The selection that a record of ours has. */
export const selectionOf = ({ selection }: Pick<PublicationJob, 'selection'>): Selection =>
  selection as unknown as Selection;

/** An SQL condition on a marketplace product `p`. */
export function selectionSql(store: Store, selection: Selection): Prisma.Sql {
  const candidates = candidatesOf(selection);
  if (candidates === null) return letThrough(store, selection);
  return Prisma.sql`(${isOneOf(candidates)} AND ${letThrough(store, selection)})`;
}

export const isOneOf = (ids: readonly string[]) => Prisma.sql`p.id = ANY(${ids.map(BigInt)}::bigint[])`;

function letThrough(store: Store, selection: Selection): Prisma.Sql {
  switch (selection.kind) {
    case 'ids':
      return Prisma.sql`true`;
    case 'filter':
      return conditionsOf(store.id, selection.filter)?.ofEach ?? Prisma.sql`true`;
    case 'catalogue':
      return inCatalogue(store, selection.filter);
    case 'new':
      // Whoever has switched it off means what is still to come as well.
      return store.autoPublish ? newProducts(selection) : Prisma.sql`false`;
  }
}

/** One look-up by key for each `p`, whose name the inner statement uses again for all its columns. */
function inCatalogue(store: Store, filter: CatalogueFilter): Prisma.Sql {
  const ofEach = catalogueConditions(store, filter)?.ofEach ?? Prisma.sql`true`;
  return Prisma.sql`EXISTS (
    SELECT FROM (SELECT p.id AS wanted OFFSET 0) w CROSS JOIN LATERAL (
      SELECT FROM products o
      JOIN marketplace_products p ON p.store_id = o.store_id AND p.id = o.marketplace_product_id
      WHERE o.store_id = ${store.id}::uuid AND o.marketplace_product_id = w.wanted AND ${ofEach} OFFSET 0) hit)`;
}

/** How far the clocks of nodes and of the database may be apart. */
const clockSkew = Prisma.raw(`interval '1 minute'`);

function newProducts({ importJobId, startedAt, since }: NewProducts): Prisma.Sql {
  const created = startedAt
    ? Prisma.sql`p.created_at >= ${startedAt}::text::timestamptz - ${clockSkew}`
    : Prisma.sql`true`;
  const meanwhile = since ? Prisma.sql`p.created_at >= ${since}::text::timestamptz` : Prisma.sql`false`;
  return Prisma.sql`
    ((p.last_import_job_id = ${importJobId}::uuid AND ${created}) OR ${meanwhile})
    AND p.missing_since IS NULL AND NOT EXISTS (
      SELECT FROM products o WHERE o.store_id = p.store_id AND o.marketplace_product_id = p.id
        AND (o.published_at IS NOT NULL OR o.withdrawn_at IS NOT NULL OR o.unpublished_at IS NOT NULL) OFFSET 0)`;
}
