import type { Store } from '../src/generated/prisma/client.ts';
import type { Viewer } from '../src/graphql/viewer.ts';
import type { Db } from '../src/platform/database.ts';
import { buildStore } from './builders.ts';
import { buildMarketplaceProduct } from './catalogue.ts';
import { execute } from './execute.ts';

interface List {
  readonly marketplaceProducts: {
    readonly totalCount: number;
    readonly totalCountExact: boolean;
    readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
    readonly edges: readonly {
      readonly node: { readonly id: string; readonly marketplaceProductId: string };
    }[];
  };
}

const listQuery = `query ($filter: MarketplaceProductFilter!, $first: Int, $after: String, $last: Int, $before: String) {
  marketplaceProducts(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
    totalCount totalCountExact pageInfo { endCursor hasNextPage } edges { node { id marketplaceProductId } }
  }
}`;

/** What the API answers to somebody who asks for products. */
export async function listMarketplaceProducts(
  db: Db,
  viewer: Viewer | null,
  filter: object,
  args: object = {},
) {
  const { data, errors } = await execute<List>({ db }, viewer, listQuery, { filter, ...args });
  return { list: data?.marketplaceProducts, errors };
}

export const numbersOf = (found?: List['marketplaceProducts']) =>
  found?.edges.map(({ node }) => node.marketplaceProductId);

/** A store with four products in all languages, of three brands. */
export async function buildLampShop(db: Db): Promise<Store> {
  const store = await buildStore(db);
  const texts = { EN: 'Tea kettle', FR: 'Théière' };
  const kettle = { brand: 'Fontaine', gtin: '4006381333931', availability: null };
  await buildMarketplaceProduct(db, store, 'A-1', kettle, texts);
  await buildMarketplaceProduct(db, store, 'A-2', { brand: 'fontaine' }, { DE: 'Große Tischlampe' });
  const lamp = { brand: 'Ilmenau', availability: 'backorder' };
  await buildMarketplaceProduct(db, store, 'B-1', lamp, { EN: 'Lamp 100% wool_a' });
  await buildMarketplaceProduct(db, store, 'B-2', { gtin: '036000291452' }, { EN: 'Oak table' });
  return store;
}
