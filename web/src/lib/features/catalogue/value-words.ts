import { availabilityWord } from '#lib/features/marketplace-product/attribute-value.ts';
import type { Format } from '#lib/format/format.svelte.ts';
import { m } from '#lib/paraglide/messages.js';
import type { OverrideField } from './shop-product.ts';

export const conditionWord = {
  NEW: m.condition_new,
  REFURBISHED: m.condition_refurbished,
  USED: m.condition_used,
  UNKNOWN: m.condition_unknown,
} as const;

/** The value of an override or of its drift in words, whichever it is. */
export function valueWords(field: OverrideField, value: string, currency: string, format: Format): string {
  if (field === 'PRICE' || field === 'SALE_PRICE') return format.money(value, currency);
  const words: Readonly<Record<string, () => string>> = { ...availabilityWord, ...conditionWord };
  return words[value]?.() ?? value;
}
