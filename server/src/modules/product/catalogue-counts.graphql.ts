import { builder } from '../../graphql/builder.ts';
import { loadWithSiblings } from '../../graphql/siblings.ts';
import { countCatalogues, type CatalogueCounts } from './product.counts.ts';

const CatalogueCountsType = builder.objectRef<CatalogueCounts>('CatalogueCounts').implement({
  description: "How many products a store's catalogue has; all figures are exact.",
  fields: (t) => ({
    published: t.exposeInt('published', { description: 'Published.' }),
    unpublished: t.exposeInt('unpublished', {
      description: 'In the catalogue, but not published: taken back, or only given own values so far.',
    }),
    drifted: t.exposeInt('drifted', { description: 'With an own value of which the feed has moved.' }),
    missing: t.exposeInt('missing', { description: 'Gone from the feed, published or not.' }),
  }),
});

builder.prismaObjectFields('Store', (t) => ({
  catalogue: t.field({
    type: CatalogueCountsType,
    description: 'What its catalogue has. Counted when it is asked for.',
    select: { id: true },
    complexity: 20,
    resolve: async ({ id }, _args, context, info) =>
      (await loadWithSiblings(context, info, '', id, (ids) => countCatalogues(context.db, ids))) ?? {
        ...{ published: 0, unpublished: 0, drifted: 0, missing: 0 },
      },
  }),
}));
