import { availabilityWord, type Availability } from '#lib/features/marketplace-product/attribute-value.ts';
import { preferTexts } from '#lib/features/marketplace-product/product.ts';
import type { FeedLanguage } from '#lib/features/import/feed-words.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Cell, InventoryProduct } from './inventory-cells.ts';

export const cellName: Readonly<Record<Cell, () => string>> = {
  availability: m.attribute_availability,
  minQuantity: m.inventory_minimum,
  maxQuantity: m.inventory_maximum,
};

const word = (availability: Availability | null) =>
  availability === null ? m.inventory_not_said() : availabilityWord[availability]();

/** What the feed says, in words. */
export const feedWord = ({ feed }: InventoryProduct): string => word(feed.availability);

/** What holds without an own value: "In stock, as in the feed"; what that is, is known while there is none. */
export function withoutOwnWord({
  overrides,
  availability,
  feed,
  marketplaceProduct,
}: InventoryProduct): string {
  if (overrides.availability !== null) return m.inventory_as_feed();
  if (availability === feed.availability || marketplaceProduct.missingSince === null)
    return m.inventory_as_feed_says({ availability: word(availability) });
  return m.inventory_gone_says({ availability: word(availability) });
}

/** The title that the reader understands best, else the number; `language` is null for the number. */
export function nameOf({ marketplaceProduct }: InventoryProduct, wanted: FeedLanguage) {
  const texts = preferTexts(marketplaceProduct.translations, [wanted]);
  return texts ?? { title: marketplaceProduct.marketplaceProductId, language: null };
}
