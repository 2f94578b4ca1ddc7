import { availabilityWord, conditionWord } from '#lib/features/marketplace-product/attribute-value.ts';
import type { Format } from '#lib/format/format.svelte.ts';
import type { OverrideField } from './shop-product.ts';

/** The value of an override or of its drift in words, whichever it is. */
export function valueWords(field: OverrideField, value: string, currency: string, format: Format): string {
  if (field === 'PRICE' || field === 'SALE_PRICE') return format.money(value, currency);
  const words: Readonly<Record<string, () => string>> = { ...availabilityWord, ...conditionWord };
  return words[value]?.() ?? value;
}
