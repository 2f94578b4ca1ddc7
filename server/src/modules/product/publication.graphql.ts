import { queryFromInfo } from '@pothos/plugin-prisma';
import type { MarketplaceProduct, PublicationJob } from '../../generated/prisma/client.ts';
import { builder } from '../../graphql/builder.ts';
import { modelType } from '../../graphql/model-type.ts';
import { showNodes } from '../../graphql/nodes.ts';
import { results } from '../../graphql/results.ts';
import { loadWithSiblings } from '../../graphql/siblings.ts';
import { MarketplaceProductFilterType } from '../marketplace-product/marketplace-product.type.ts';
import { StoreNotFoundError } from '../store/store.errors.ts';
import { canSeeStore } from '../store/store.policy.ts';
import { noPriceSentence, ProductNotFoundError, TooManyProductsError } from './product.errors.ts';
import { ProductFilterType } from './product.type.ts';
import { followPublication, startPublication } from './publication.access.ts';
import { loadOpenPublications, loadRefused, mostOpen, refusedKey } from './publication.list.ts';
import { doneOf } from './publication.record.ts';
import { keepDays } from './publication.retention.ts';
import { largestAtOnce, mostChosen } from './publication.service.ts';
import { mostRefused } from './publication.step.ts';

showNodes<PublicationJob>('PublicationJob', ({ storeId }, viewer) => canSeeStore(viewer, storeId));

const PublicationAction = builder.enumType('PublicationAction', {
  description: 'What is done with products.',
  values: {
    PUBLISH: { description: 'They go to the catalogue, for shoppers to see.' },
    UNPUBLISH: { description: 'Shoppers see them no more; own values stay.' },
  } as const,
});

const PublicationStatus = builder.enumType('PublicationStatus', {
  description: 'How far the publishing of products is.',
  values: {
    PENDING: {
      description: 'Begins in a moment, or when what was asked for before it in the store is done.',
    },
    PROCESSING: { description: 'Under way, step by step.' },
    COMPLETED: { description: 'Done with all products that were chosen.' },
    FAILED: {
      description: 'Given up after faults of the server. What was done stays; it can be asked for again.',
    },
  } as const,
});

const RefusedProduct = builder
  .objectRef<{ readonly marketplaceProduct: MarketplaceProduct }>('RefusedProduct')
  .implement({
    description: 'A product that was not published.',
    fields: (t) => ({
      marketplaceProduct: t.expose('marketplaceProduct', {
        type: modelType('MarketplaceProduct'),
        description: 'Which one.',
      }),
      code: t.string({ description: 'Why, for programs: NO_PRICE.', resolve: () => 'NO_PRICE' }),
      message: t.string({ description: 'Why, for people, in English.', resolve: () => noPriceSentence }),
    }),
  });

const PublicationJobNode = builder.prismaNode('PublicationJob', {
  nullable: true,
  id: { field: 'id', description: 'Global id.' },
  description: `Products that are published or unpublished together, at once or step by step. Kept for ${keepDays} days once it is over. Seen by everybody who may see the store.`,
  authScopes: ({ storeId }, { viewer }) => canSeeStore(viewer, storeId),
  fields: (t) => ({
    store: t.relation('store', { description: 'Whose catalogue it is.' }),
    action: t.expose('action', { type: PublicationAction, description: 'What is done.' }),
    status: t.expose('status', { type: PublicationStatus, description: 'How far it is.' }),
    automatic: t.boolean({
      description: 'True when the end of an import asked for it, false when a person did.',
      resolve: ({ importJobId }) => importJobId !== null,
    }),
    total: t.exposeInt('total', {
      nullable: true,
      description: 'Products that were chosen; null until they have been counted.',
    }),
    done: t.int({
      description: 'Products that it is done with: the sum of the four counts.',
      resolve: doneOf,
    }),
    publishedCount: t.exposeInt('publishedCount', { description: 'Products that were published.' }),
    unpublishedCount: t.exposeInt('unpublishedCount', { description: 'Products that were unpublished.' }),
    unchangedCount: t.exposeInt('unchangedCount', { description: 'Products that were so already.' }),
    refusedCount: t.exposeInt('refusedCount', {
      description: 'Products that cannot be published, because they have no price.',
    }),
    refused: t.field({
      type: [RefusedProduct],
      description: `The first of these: at most ${mostRefused}.`,
      complexity: { field: 1, multiplier: mostRefused },
      resolve: async (job, _args, context, info) => {
        const path = ['marketplaceProduct'];
        const query = queryFromInfo({ context, info, typeName: 'MarketplaceProduct', path });
        const load = (keys: readonly string[]) => loadRefused(context.db, keys, query);
        const products = (await loadWithSiblings(context, info, '', refusedKey(job), load)) ?? [];
        return products.map((marketplaceProduct) => ({ marketplaceProduct }));
      },
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was asked for.' }),
    startedAt: t.expose('startedAt', {
      ...{ type: 'DateTime', nullable: true },
      description: 'When it began; null before that.',
    }),
    completedAt: t.expose('completedAt', {
      ...{ type: 'DateTime', nullable: true },
      description: 'When it ended; null before that.',
    }),
  }),
});

builder.prismaObjectFields('Store', (t) => ({
  openPublications: t.field({
    type: [PublicationJobNode],
    select: { id: true },
    description: `What is being published or unpublished, or waits for that, the oldest first: at most ${mostOpen}.`,
    complexity: { field: 1, multiplier: mostOpen },
    resolve: async ({ id }, _args, context, info) => {
      const query = queryFromInfo({ context, info, typeName: 'PublicationJob' });
      const load = (storeIds: readonly string[]) => loadOpenPublications(context.db, storeIds, query);
      return (await loadWithSiblings(context, info, '', id, load)) ?? [];
    },
  }),
}));

const withPublication = (typename: string, description: string) =>
  builder.objectRef<PublicationJob>(typename).implement({
    description,
    fields: (t) => ({
      publication: t.field({
        type: PublicationJobNode,
        description: `Over when it was of no more than ${largestAtOnce.toLocaleString('en')} products and nothing else of the store was under way; else publicationProgress tells how far it is.`,
        resolve: (job) => job,
      }),
    }),
  });

const PublishProductsPayload = withPublication('PublishProductsPayload', 'Products are published.');
const UnpublishProductsPayload = withPublication('UnpublishProductsPayload', 'Products are unpublished.');

const inputOf = (name: string) =>
  builder.inputType(name, {
    description: 'Which products are meant: either a list, or all that match one of the filters.',
    fields: (t) => ({
      storeCode: t.string({ required: true, description: 'The code of the store.' }),
      marketplaceProducts: t.idList({
        description: `Global ids of marketplace products, or of products of the catalogue: 1 to ${mostChosen.toLocaleString('en')}.`,
      }),
      filter: t.field({
        type: MarketplaceProductFilterType,
        description: 'All marketplace products of this store that match it, however many.',
      }),
      catalogue: t.field({
        type: ProductFilterType,
        description: "All products of this store's catalogue that match it, however many.",
      }),
    }),
  });

const refusals = [StoreNotFoundError, ProductNotFoundError, TooManyProductsError];
const forWhom = 'For managers, the owner, and admins.';

builder.mutationField('publishProducts', (t) =>
  t.field({
    type: PublishProductsPayload,
    description: `Publishes marketplace products in the catalogue of their store. Those without a price are refused, the others published all the same; those that are published already stay as they are. ${forWhom}`,
    authScopes: { signedIn: true },
    errors: results('PublishProducts', refusals),
    args: {
      input: t.arg({ type: inputOf('PublishProductsInput'), required: true, description: 'The products.' }),
    },
    resolve: (_root, { input }, context) => startPublication(context, 'PUBLISH', input),
  }),
);

builder.mutationField('unpublishProducts', (t) =>
  t.field({
    type: UnpublishProductsPayload,
    description: `Takes products back, so that shoppers see them no more; what the store has set itself of them stays. ${forWhom}`,
    authScopes: { signedIn: true },
    errors: results('UnpublishProducts', refusals),
    args: {
      input: t.arg({ type: inputOf('UnpublishProductsInput'), required: true, description: 'The products.' }),
    },
    resolve: (_root, { input }, context) => startPublication(context, 'UNPUBLISH', input),
  }),
);

builder.subscriptionField('publicationProgress', (t) =>
  t.field({
    type: PublicationJobNode,
    description:
      'Publishing as it goes: first its state now, then the state after each step, and the end after the last. NOT_FOUND when there is none that the viewer may see; it ends early when the viewer may see it no more.',
    authScopes: { signedIn: true },
    args: { id: t.arg.id({ required: true, description: 'Global id of the publication job.' }) },
    subscribe: (_root, { id }, { publicationWatch, live }) =>
      followPublication(publicationWatch, live, String(id)),
    resolve: (job) => job,
  }),
);
