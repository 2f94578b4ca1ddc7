import { execute } from './execute.ts';
import type { Db } from '../src/platform/database.ts';

type Fields = Readonly<Record<string, unknown>>;

export interface ShopPage {
  readonly numbers: readonly string[];
  readonly nodes: readonly Fields[];
  readonly totalCount: number;
  readonly totalCountExact: boolean;
  readonly pageInfo: {
    readonly endCursor: string | null;
    readonly startCursor: string | null;
    readonly hasNextPage: boolean;
  };
}

interface Answer {
  readonly storefront: null | {
    readonly products: {
      readonly totalCount: number;
      readonly totalCountExact: boolean;
      readonly pageInfo: ShopPage['pageInfo'];
      readonly edges: readonly { readonly node: Fields & { readonly number: string } }[];
    };
  };
}

const listQuery = (
  fields: string,
) => `query ($code: String, $hostname: String, $search: String, $brand: [String!],
    $availability: [Availability!], $featured: Boolean, $language: Language,
    $first: Int, $after: String, $last: Int, $before: String) {
  storefront(code: $code, hostname: $hostname) {
    products(search: $search, brand: $brand, availability: $availability, featured: $featured, language: $language,
      first: $first, after: $after, last: $last, before: $before) {
      totalCount totalCountExact pageInfo { startCursor endCursor hasNextPage } edges { node { number ${fields} } }
    }
  }
}`;

/** What somebody who is not signed in gets of a shop's list; null without the shop. Throws for an answer with errors. */
export async function shopFor(db: Db, variables: Fields, fields = ''): Promise<ShopPage | null> {
  const { data, errors } = await execute<Answer>({ db }, null, listQuery(fields), variables);
  if (errors) throw new Error(errors[0]?.message, { cause: errors[0] });
  if (!data?.storefront) return null;
  const { edges, ...page } = data.storefront.products;
  const nodes = edges.map(({ node }) => node);
  return { ...page, nodes, numbers: nodes.map(({ number }) => number) };
}

/** One product of a shop as somebody sees it who is not signed in; null when it is not shown. */
export async function shopProductFor(
  db: Db,
  code: string,
  { id, number, language }: { readonly id?: string; readonly number?: string; readonly language?: string },
  fields = 'number',
): Promise<Fields | null> {
  const query = `query ($code: String!, $id: ID, $number: String, $language: Language) {
    storefront(code: $code) { product(id: $id, number: $number, language: $language) { ${fields} } }
  }`;
  const { data, errors } = await execute<{ storefront: { product: Fields | null } | null }>(
    { db },
    null,
    query,
    {
      ...{ code, id, number, language },
    },
  );
  if (errors) throw new Error(errors[0]?.message, { cause: errors[0] });
  return data?.storefront?.product ?? null;
}
