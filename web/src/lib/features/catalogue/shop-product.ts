import { salePriceNow } from '#lib/features/marketplace-product/sale-price.ts';
import type { ImportedProduct } from '#lib/features/marketplace-product/product.ts';
import type {
  CatalogueProductFragment,
  ProductOnPageQuery,
  ProductOverrideField,
} from '#lib/graphql/generated/graphql.ts';

export type OwnProduct = CatalogueProductFragment;
export type OverrideField = ProductOverrideField;
export type Drift = OwnProduct['drift'][number];

/** A product on its page: what the feeds say, and what the store has made of it. */
export interface ShopProduct {
  readonly imported: ImportedProduct;
  /** Null for one that never was in the shop. */
  readonly own: OwnProduct | null;
}

/** Whichever of its two ids the address had; null when there is no such product in this store. */
export function shopProductOf(
  node: ProductOnPageQuery['node'] | undefined,
  storeCode: string,
): ShopProduct | null {
  if (!node) return null;
  const product: ShopProduct | null =
    node.__typename === 'MarketplaceProduct'
      ? { imported: node, own: node.product }
      : node.__typename === 'Product'
        ? { imported: node.marketplaceProduct, own: node }
        : null;
  return product?.imported.store.code === storeCode ? product : null;
}

/** What the feed says of a product that never was in the shop, in the currency of its store. */
function saidOf({ price, salePrice, currency, availability, condition, store }: ImportedProduct) {
  const inCurrency = currency === store.currency;
  return {
    ...{ price: inCurrency ? price : null, salePrice: inCurrency ? salePrice : null },
    ...{ availability, condition },
  };
}

const nothingSet = { price: null, salePrice: null, availability: null, condition: null } as const;

/** The four values that a store may set, beside those of the feed. */
export const valuesOf = ({ imported, own }: ShopProduct) => ({
  feed: own?.feed ?? saidOf(imported),
  overrides: own?.overrides ?? nothingSet,
  drift: own?.drift ?? [],
  minQuantity: own?.minQuantity ?? 1,
  maxQuantity: own?.maxQuantity ?? null,
  isFeatured: own?.isFeatured ?? false,
  isActive: own?.isActive ?? true,
});

/** The id that changes are made by. */
export const changeId = ({ imported, own }: ShopProduct): string => own?.id ?? imported.id;

/** What a shopper gets. Before a product is in the shop, that is what the feed says. */
export function effectiveOf({ imported, own }: ShopProduct, now = new Date()) {
  if (own) return { ...own, currency: own.shopCurrency, condition: own.shopCondition };
  const { salePriceEffectiveFrom, salePriceEffectiveUntil, store } = imported;
  const { price, salePrice, availability, condition } = saidOf(imported);
  const gone = imported.missingSince !== null && store.goneFromFeed === 'OUT_OF_STOCK';
  return {
    ...{ price, condition: condition ?? 'NEW', currency: store.currency },
    availability: gone ? 'OUT_OF_STOCK' : availability,
    salePrice: salePriceNow({ price, salePrice, salePriceEffectiveFrom, salePriceEffectiveUntil }, now),
    ...{ minQuantity: 1, maxQuantity: null },
    ...{ published: false, offer: 'CURRENT' as const, isActive: true, isFeatured: false },
  } as const;
}
