import { availabilityWord, conditionWord } from '#lib/features/marketplace-product/attribute-value.ts';
import { salePriceNow } from '#lib/features/marketplace-product/sale-price.ts';

/** The values that have words of ours, by what the feed may call them: `in_stock`. */
const words = new Map<string, () => string>(
  Object.entries({ ...availabilityWord, ...conditionWord }).map(([name, word]) => [name.toLowerCase(), word]),
);
const wordOf = (value: string | null) => words.get(value ?? '')?.();

/** What is shown of a product that a check found; texts as they came, amounts as exact decimals. */
export interface SampleProduct {
  readonly number: string;
  readonly title: string;
  readonly picture: string | null;
  readonly price: string | null;
  /** Where it would be asked for now. */
  readonly salePrice: string | null;
  readonly currency: string;
  readonly facts: string;
}

/** The product of values by the names of the product data specification. Never fails, whatever they are. */
export function sampleProduct(values: unknown, currency: string): SampleProduct {
  const known = typeof values === 'object' && values !== null ? (values as Record<string, unknown>) : {};
  const text = (name: string): string | null => {
    const value = known[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
  };
  const amount = (name: string) => /^\d+(\.\d+)?$/.exec(text(name) ?? '')?.[0] ?? null;
  const price = amount('price');
  const salePrice = salePriceNow({
    ...{ price, salePrice: amount('sale_price') },
    salePriceEffectiveFrom: text('sale_price_effective_from'),
    salePriceEffectiveUntil: text('sale_price_effective_until'),
  });
  return {
    number: text('id') ?? '',
    title: text('title') ?? '',
    picture: text('image_link'),
    ...{ price, salePrice },
    currency: text('currency') ?? currency,
    facts: [text('brand'), wordOf(text('condition')), wordOf(text('availability'))]
      .filter(Boolean)
      .join(', '),
  };
}
