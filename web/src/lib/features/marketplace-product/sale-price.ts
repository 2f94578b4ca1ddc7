import { difference } from '#lib/features/catalogue/amount.ts';

interface Priced {
  readonly price: string | null;
  readonly salePrice: string | null;
  /** Both left out where the sale price is known to hold now. */
  readonly salePriceEffectiveFrom?: string | null;
  readonly salePriceEffectiveUntil?: string | null;
}

/** The sale price that holds now, by the rule of the shop: within its dates, both included, and below the price. */
export function salePriceNow(
  { price, salePrice, salePriceEffectiveFrom: from = null, salePriceEffectiveUntil: until = null }: Priced,
  now = new Date(),
): string | null {
  const on = (from === null || new Date(from) <= now) && (until === null || now <= new Date(until));
  const lower = price !== null && salePrice !== null && difference(price, salePrice).startsWith('-');
  return on && lower ? salePrice : null;
}
