import type { ImportedProduct } from '#lib/features/marketplace-product/product.ts';
import type { Format } from '#lib/format/format.svelte.ts';
import type { OfferState } from '#lib/graphql/generated/graphql.ts';
import { m } from '#lib/paraglide/messages.js';

/** Why the dates of the feed hide a product from shoppers; null when they do not. */
export function hiddenByOffer(
  offer: OfferState,
  { disclosureDate, expirationDate }: Pick<ImportedProduct, 'disclosureDate' | 'expirationDate'>,
  format: Format,
): string | null {
  const when = (date: string | null) => (date === null ? '' : format.moment(date));
  if (offer === 'UPCOMING') return m.preview_not_yet_shown({ when: when(disclosureDate) });
  return offer === 'ENDED' ? m.preview_offer_ended({ when: when(expirationDate) }) : null;
}
