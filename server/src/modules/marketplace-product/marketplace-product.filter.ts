import { Prisma } from '../../generated/prisma/client.ts';
import { storable } from '../../graphql/search.ts';
import type { Availability } from '../../product-data/availability.ts';
import type { LanguageCode } from '../../product-data/language.ts';
import {
  gtinVariants,
  numberMatches,
  searchOf,
  titleInIndex,
  titleMatches,
  type ProductSearch,
} from './marketplace-product.search.ts';

/** Which products of a store are meant: those for which everything holds that is not null. */
export interface ProductFilter {
  readonly search?: string | null;
  readonly brand?: readonly string[] | null;
  readonly availability?: readonly Availability[] | null;
  /** Products with texts in it; with `search`, only those texts are searched. */
  readonly language?: LanguageCode | null;
  readonly marketplaceProductId?: string | null;
  readonly gtin?: string | null;
  /** True for those that are published in the store's catalogue, false for all others. */
  readonly published?: boolean | null;
}

/** A filter in SQL, in parts from which a statement is made that begins with what finds the fewest. */
export interface ProductConditions {
  /** All of it as a condition on one product `p` after the other. */
  readonly ofEach: Prisma.Sql;
  /** What is asked of the columns of `p`; null when nothing is. */
  readonly ofColumns: Prisma.Sql | null;
  /** The same, asked of all the store's products at once. */
  readonly ofAll: Prisma.Sql | null;
  /** Selects the ids of the store's products for which the rest holds, from indexes; null when there is no rest. */
  readonly ids: Prisma.Sql | null;
  /** True when titles are searched. */
  readonly searching: boolean;
}

const column = (name: string) => Prisma.raw(`p.${name}`);

/** Null when every product is meant. */
export function conditionsOf(storeId: string, filter: ProductFilter): ProductConditions | null {
  const search = searchOf(filter.search);
  const { language = null, published = null } = filter;
  const ownColumns = columnConditions(filter);
  const columns = [...ownColumns, ...(published === null ? [] : [publishedIs(published)])];
  const ofTexts = search ? searchOfEach(search, language) : language && textOfEach(inLanguage(language));
  if (columns.length === 0 && !ofTexts) return null;
  // What else is asked has an index of its own.
  const onlyPublished = published === true && columns.length === 1 && !ofTexts;
  const textIdsOf = search
    ? searchIds(storeId, search, language)
    : language && textIds(storeId, inLanguage(language));
  const ofColumns = columns.length > 0 && !onlyPublished ? Prisma.join(columns, ' AND ') : null;
  return {
    ofEach: Prisma.join(ofTexts ? [...columns, ofTexts] : columns, ' AND '),
    ofColumns,
    ofAll: published === false ? Prisma.join([...ownColumns, isUnpublished], ' AND ') : ofColumns,
    ids: onlyPublished ? publishedIds(storeId) : textIdsOf,
    searching: search !== null,
  };
}

function columnConditions(filter: ProductFilter): Prisma.Sql[] {
  const { brand, availability, marketplaceProductId, gtin } = filter;
  const conditions: Prisma.Sql[] = [];
  if (brand?.length) conditions.push(Prisma.sql`${column('brand')} = ANY(${brand.map(storable)}::text[])`);
  if (availability?.length)
    conditions.push(Prisma.sql`${column('availability')} = ANY(${[...availability]}::text[])`);
  if (typeof marketplaceProductId === 'string')
    conditions.push(Prisma.sql`${column('marketplace_product_id')} = ${storable(marketplaceProductId)}`);
  if (typeof gtin === 'string')
    conditions.push(Prisma.sql`${column('gtin')} = ANY(${gtinVariants(gtin)}::text[])`);
  return conditions;
}

const publication = Prisma.sql`
  SELECT FROM products o
  WHERE o.store_id = p.store_id AND o.marketplace_product_id = p.id AND o.published_at IS NOT NULL`;

const publishedIs = (published: boolean) =>
  Prisma.sql`${published ? Prisma.empty : Prisma.raw('NOT')} EXISTS (${publication} OFFSET 0)`;

/** Without OFFSET 0 all that are published may be read at once, rather than one for each product. */
const isUnpublished = Prisma.sql`NOT EXISTS (${publication})`;

const publishedIds = (storeId: string) => Prisma.sql`
  SELECT o.marketplace_product_id FROM products o
  WHERE o.store_id = ${storeId}::uuid AND o.published_at IS NOT NULL`;

const inLanguage = (language: LanguageCode | null) =>
  language ? Prisma.sql`t.language = ${language}::language` : Prisma.sql`true`;

// OFFSET 0 keeps it a look-up by key for each product.
const textOfEach = (condition: Prisma.Sql) => Prisma.sql`EXISTS (
  SELECT FROM marketplace_product_translations t
  WHERE t.product_id = p.id AND t.store_id = p.store_id AND ${condition} OFFSET 0)`;

const textIds = (storeId: string, condition: Prisma.Sql) => Prisma.sql`
  SELECT t.product_id FROM marketplace_product_translations t WHERE t.store_id = ${storeId}::uuid AND ${condition}`;

function searchOfEach(search: ProductSearch, language: LanguageCode | null): Prisma.Sql {
  const title = textOfEach(
    Prisma.sql`${inLanguage(language)} AND ${titleMatches(search, Prisma.raw('t.title'))}`,
  );
  const number = numberMatches(search, column('marketplace_product_id'));
  return Prisma.sql`(${number} OR ${column('gtin')} = ANY(${[...search.gtins]}::text[]) OR ${title})`;
}

/** An index for each part: of titles by their trigrams, of numbers, of GTINs. */
function searchIds(storeId: string, search: ProductSearch, language: LanguageCode | null): Prisma.Sql {
  const title = Prisma.sql`${inLanguage(language)} AND ${titleInIndex(search, Prisma.raw('t.title'))}`;
  return Prisma.sql`${textIds(storeId, title)}
    UNION
    SELECT n.id FROM marketplace_products n
    WHERE n.store_id = ${storeId}::uuid AND ${numberMatches(search, Prisma.raw('n.marketplace_product_id'))}
    UNION
    SELECT g.id FROM marketplace_products g
    WHERE g.store_id = ${storeId}::uuid AND g.gtin = ANY(${[...search.gtins]}::text[])`;
}
