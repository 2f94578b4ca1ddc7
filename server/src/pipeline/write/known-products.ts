import type { Client } from 'pg';

/** What the database holds of a product and of its translation into the feed's language. */
export interface KnownProduct {
  readonly id: string;
  readonly contentHash: string;
  readonly translationHash: string | null;
  /** The product's hash when the translation was written: tells whether another feed has changed it since. */
  readonly productContentHash: string | null;
  /** Of the feed's own bytes, when the same bytes always mean the same. */
  readonly sourceHash: string | null;
  /** True when the last complete import of the language lacked it. */
  readonly missing: boolean;
}

/** A product that a row of the feed names. */
export interface WantedProduct {
  readonly id: string;
  /** Of the row's bytes; empty for a row that cannot be taken apart. */
  readonly sourceHash: string;
}

/** In which store, of which marketplace, in which language. */
export type ProductPlace = Readonly<Record<'storeId' | 'marketplace' | 'language', string>>;

/**
 * Products and their translations into the language, without those that were stored from the very bytes of the row
 * and not changed since: of most rows there is nothing to tell. LIMIT keeps each look-up a look-up by key, however
 * little the planner knows of tables that are being filled.
 */
const findDiffering = `
  SELECT wanted.id, p.id::text, p.content_hash, t.content_hash, t.product_content_hash, t.source_hash,
         CASE WHEN t.missing_since IS NOT NULL THEN 'missing' END
  FROM unnest($3::text[], string_to_array($5, ',')) AS wanted (id, source_hash)
  LEFT JOIN LATERAL (
    SELECT id, content_hash FROM marketplace_products
    WHERE store_id = $1 AND marketplace = $2 AND marketplace_product_id = wanted.id LIMIT 1
  ) p ON true
  LEFT JOIN LATERAL (
    SELECT content_hash, product_content_hash, source_hash, missing_since FROM marketplace_product_translations
    WHERE product_id = p.id AND store_id = $1 AND language = $4::language LIMIT 1
  ) t ON true
  WHERE t.missing_since IS NOT NULL
    OR (t.source_hash = wanted.source_hash AND t.product_content_hash = p.content_hash) IS NOT TRUE`;

/** What is stored of the products that a batch names. */
export class KnownProducts {
  /** Of a store that has no products. */
  static readonly none = new KnownProducts(null);

  /** What was found of those that are not stored as the feed has them; null for one that is not stored. */
  readonly #differing: ReadonlyMap<string, KnownProduct | null> | null;

  private constructor(differing: ReadonlyMap<string, KnownProduct | null> | null) {
    this.#differing = differing;
  }

  static async find(
    client: Client,
    { storeId, marketplace, language }: ProductPlace,
    wanted: readonly WantedProduct[],
  ): Promise<KnownProducts> {
    const { rows } = await client.query<(string | null)[]>({
      name: 'find-differing',
      text: findDiffering,
      values: [
        storeId,
        marketplace,
        wanted.map(({ id }) => id),
        language,
        wanted.map(({ sourceHash }) => sourceHash).join(),
      ],
      rowMode: 'array',
    });
    return new KnownProducts(
      new Map(rows.map(([wantedId, ...stored]) => [wantedId ?? '', productOf(stored)])),
    );
  }

  /** What is stored of a wanted product whose bytes are new; undefined when there is nothing. */
  get(id: string): KnownProduct | undefined {
    return this.#differing?.get(id) ?? undefined;
  }

  /** True when these bytes of a wanted product were stored before and nothing else has changed it since. */
  isStored({ id, sourceHash }: WantedProduct): boolean {
    if (id === '' || !this.#differing) return false;
    const product = this.#differing.get(id);
    if (!product) return product === undefined;
    return product.sourceHash === sourceHash && product.productContentHash === product.contentHash;
  }

  /** Whether the language has a wanted product, and whether its last complete import lacked it. */
  presenceOf(id: string): 'present' | 'missing' | 'unknown' {
    if (id === '' || !this.#differing) return 'unknown';
    const product = this.#differing.get(id);
    if (product === undefined) return 'present';
    if (!product || product.translationHash === null) return 'unknown';
    return product.missing ? 'missing' : 'present';
  }
}

function productOf([id, contentHash, ...translation]: readonly (string | null)[]): KnownProduct | null {
  if (typeof id !== 'string') return null;
  const [translationHash = null, productContentHash = null, sourceHash = null, missing] = translation;
  return {
    ...{ id, contentHash: contentHash ?? '', translationHash, productContentHash, sourceHash },
    missing: typeof missing === 'string',
  };
}
