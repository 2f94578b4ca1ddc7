import { builder } from '../../graphql/builder.ts';
import { defaultPageSize, largestPage } from '../../graphql/page.ts';
import { loadWithSiblings } from '../../graphql/siblings.ts';
import { countProductsOf, listBrands } from './marketplace-product.facets.ts';

builder.prismaObjectFields('Store', (t) => ({
  marketplaceProductCount: t.int({
    description:
      'Products that were imported into it: exact up to 10,000, an estimate beyond that is never below 10,001.',
    select: { id: true },
    resolve: async ({ id }, _args, context, info) =>
      (await loadWithSiblings(context, info, '', id, (ids) => countProductsOf(context.db, ids))) ?? 0,
  }),
  brands: t.stringList({
    description: 'Brands of its imported products, in the order of their letters, for filtering by them.',
    args: {
      search: t.arg.string({ description: 'Words of the brand, whatever their case and accents.' }),
      first: t.arg.int({ defaultValue: defaultPageSize, description: 'At most so many: 1 to 100.' }),
    },
    select: { id: true },
    complexity: { field: 5, multiplier: 1 },
    resolve: async ({ id }, { search, first }, context, info) => {
      const limit = Math.min(Math.max(first ?? defaultPageSize, 1), largestPage);
      const load = (ids: readonly string[]) => listBrands(context.db, ids, search, limit);
      return (await loadWithSiblings(context, info, '', id, load)) ?? [];
    },
  }),
}));
