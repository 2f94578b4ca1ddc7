import DataLoader from 'dataloader';
import type { Db } from '../../platform/database.ts';
import type { LanguageCode } from '../../product-data/language.ts';
import type { ShownProduct } from './storefront.product.ts';

/** A technical detail, as a table shows it. */
export interface Detail {
  /** Null when it belongs to no section. */
  readonly section: string | null;
  readonly name: string;
  readonly value: string;
}

/** What is too long to be read for every list. */
export interface LongTexts {
  readonly description: string | null;
  readonly highlights: readonly string[];
  readonly details: readonly Detail[];
  readonly productType: readonly string[];
}

const nothing: LongTexts = { description: null, highlights: [], details: [], productType: [] };

const loaders = new WeakMap<object, DataLoader<ShownProduct, LongTexts, string>>();

/** The long texts of a product in the language that it is shown in: one statement for all that are asked at a time. */
export function loadTexts(context: { readonly db: Db }, product: ShownProduct): Promise<LongTexts> {
  const loader =
    loaders.get(context) ??
    new DataLoader((products: readonly ShownProduct[]) => findTexts(context.db, products), {
      cacheKeyFn: keyOf,
    });
  loaders.set(context, loader);
  return loader.load(product);
}

interface Key {
  readonly storeId: string;
  readonly feedId: bigint;
  readonly language: LanguageCode | null;
}

const keyOf = ({ storeId, feedId, language }: Key): string => `${storeId} ${feedId} ${language ?? ''}`;

interface Row extends Key {
  readonly description: string | null;
  readonly highlights: unknown;
  readonly details: unknown;
  readonly productType: unknown;
}

async function findTexts(db: Db, products: readonly ShownProduct[]): Promise<LongTexts[]> {
  // OFFSET 0 keeps it a look-up by key for each, however little the planner knows.
  const rows = await db.$queryRaw<Row[]>`
    SELECT k.store_id AS "storeId", k.id AS "feedId", k.language, t.* FROM unnest(
      ${products.map(({ storeId }) => storeId)}::uuid[], ${products.map(({ feedId }) => feedId)}::bigint[],
      ${products.map(({ language }) => language)}::text[]) AS k (store_id, id, language)
    CROSS JOIN LATERAL (
      SELECT t.description, t.product_highlight AS highlights, t.product_detail AS details,
        t.product_type AS "productType"
      FROM marketplace_product_translations t
      WHERE t.store_id = k.store_id AND t.product_id = k.id AND t.language = k.language::language OFFSET 0) t`;
  const found = new Map(rows.map((row) => [keyOf(row), textsOf(row)]));
  return products.map((product) => found.get(keyOf(product)) ?? nothing);
}

const textsOf = ({ description, highlights, details, productType }: Row): LongTexts => ({
  description,
  highlights: listOf(highlights).filter((text) => typeof text === 'string'),
  details: listOf(details).flatMap((detail) => detailOf(detail) ?? []),
  productType: listOf(productType).filter((text) => typeof text === 'string'),
});

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** Null for what says nothing: without a name or a value. */
function detailOf(value: unknown): Detail | null {
  if (typeof value !== 'object' || value === null) return null;
  const {
    section_name: section,
    attribute_name: name,
    attribute_value: text,
  } = value as Record<string, unknown>;
  if (typeof name !== 'string' || typeof text !== 'string') return null;
  return { section: typeof section === 'string' ? section : null, name, value: text };
}
