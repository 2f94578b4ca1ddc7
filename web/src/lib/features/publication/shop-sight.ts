import type { OfferState } from '#lib/graphql/generated/graphql.ts';

/** Whether shoppers see a product, and if not, the first reason. */
export type ShopSight = 'seen' | 'unpublished' | 'off' | 'unpriced' | 'upcoming' | 'ended';

interface Sighted {
  readonly published: boolean;
  readonly isActive: boolean;
  /** What holds in the shop: the own one, else the feed's in the currency of the store. */
  readonly price: string | null;
  /** Whether the dates of its feed let shoppers see it. */
  readonly offer: OfferState;
}

/** `product`: null for one that never was in the shop. */
export function shopSightOf(product: Sighted | null): ShopSight {
  if (!product?.published) return 'unpublished';
  if (!product.isActive) return 'off';
  // A feed can lose the price of what is published already: the shop leaves it out then.
  if (product.price === null) return 'unpriced';
  return ({ CURRENT: 'seen', UPCOMING: 'upcoming', ENDED: 'ended' } as const)[product.offer];
}
