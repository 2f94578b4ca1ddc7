/** What is shown of a product that a check found; texts as they came, amounts as exact decimals. */
export interface SampleProduct {
  readonly number: string;
  readonly title: string;
  readonly picture: string | null;
  readonly price: string | null;
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
  return {
    number: text('id') ?? '',
    title: text('title') ?? '',
    picture: text('image_link'),
    price: text('price'),
    salePrice: text('sale_price'),
    currency: text('currency') ?? currency,
    facts: [text('brand'), text('condition'), text('availability')?.replaceAll('_', ' ')]
      .filter(Boolean)
      .join(', '),
  };
}
