import { builder } from '../../graphql/builder.ts';
import { defaultPageSize, sizeOf } from '../../graphql/page.ts';
import { searchPattern } from '../../graphql/search.ts';
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
    description:
      'Brands of its imported products, for filtering by them: in the order of code points, so that "Zara" comes before ' +
      '"adidas", and "Élan" after both.',
    args: {
      search: t.arg.string({
        description:
          'Words of the brand, whatever their case and accents. The first 20,000 brands are looked at, of all stores of ' +
          'a list together.',
      }),
      first: t.arg.int({ defaultValue: defaultPageSize, description: 'At most so many: 1 to 100.' }),
    },
    select: { id: true },
    // A search looks at brands one by one: for a few stores at a time.
    complexity: ({ search }) => ({ field: searchPattern(search) === null ? 5 : 2_000, multiplier: 1 }),
    resolve: async ({ id }, { search, first }, context, info) => {
      const size = sizeOf({ first: first ?? null });
      const load = (ids: readonly string[]) => listBrands(context.db, ids, search, size);
      return (await loadWithSiblings(context, info, '', id, load)) ?? [];
    },
  }),
}));
