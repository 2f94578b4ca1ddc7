import type { Selection } from '#lib/features/publication/selection.svelte.ts';
import type { CatalogueListQuery, ProductChangeInput } from '#lib/graphql/generated/graphql.ts';
import type { Move } from './product-order.ts';
import type { Reorder } from './reorder.svelte.ts';

/** A product of a shop as the list reads it. */
export type ListedProduct = CatalogueListQuery['products']['edges'][number]['node'];

/** What can be done in the list by who manages the store. */
export interface ListActions {
  readonly selection: Selection;
  readonly page: readonly string[];
  /** Null in a list whose order is not the shop's. */
  readonly reorder: Reorder | null;
  /** The place of the first of the page, from 1. */
  readonly from: number;
  readonly onmove: (move: Move) => void;
  /** False when it was refused; then it is said why. */
  readonly change: (change: ProductChangeInput) => Promise<boolean>;
}
