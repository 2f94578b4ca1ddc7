import { queryFromInfo } from '@pothos/plugin-prisma';
import type { MarketplaceProduct } from '../../generated/prisma/client.ts';
import { builder } from '../../graphql/builder.ts';
import { LanguageType } from '../../graphql/language.ts';
import { keysBy, showNodes } from '../../graphql/nodes.ts';
import { pageComplexity } from '../../graphql/page.ts';
import { loadWithSiblings } from '../../graphql/siblings.ts';
import type { AttributeScope } from '../../product-data/attributes.ts';
import { loadWatchedJobs } from '../import-job/import-job.list.ts';
import { ImportJobType } from '../import-job/import-job.type.ts';
import { findStoreId } from '../store/store.access.ts';
import { canSeeStore } from '../store/store.policy.ts';
import { attributeFields } from './marketplace-product.attributes.ts';
import { readProductId, textOfProductId } from './marketplace-product.id.ts';
import { findProducts } from './marketplace-product.service.ts';
import { picturesOf, titleIn } from './marketplace-product.texts.ts';
import { MarketplaceProductFilterType as FilterType, typesOfKinds } from './marketplace-product.type.ts';

/** A field for each attribute of the scope. Only the columns that an operation asks for are read. */
function addAttributes(model: 'MarketplaceProduct' | 'MarketplaceProductTranslation', scope: AttributeScope) {
  builder.prismaObjectFields(model, (t) =>
    Object.fromEntries(
      attributeFields(scope).map(({ key, kind, description, show }) => [
        key,
        t.field({
          // The table of attributes and the model agree, which a test sees to and the compiler cannot.
          type: typesOfKinds[kind] as 'String',
          select: { [key]: true } as never,
          nullable: true,
          description,
          complexity: 0,
          resolve: (record) => {
            const value = (record as Readonly<Record<string, unknown>>)[key] ?? null;
            return value === null ? null : (show(value) as string);
          },
        }),
      ]),
    ),
  );
}

showNodes<MarketplaceProduct>(
  'MarketplaceProduct',
  ({ storeId }, viewer) => canSeeStore(viewer, storeId),
  keysBy(textOfProductId),
);

const byLanguage = { orderBy: { language: 'asc' } } as const;

const Product = builder.prismaNode('MarketplaceProduct', {
  id: { resolve: textOfProductId, description: 'Global id. Holds the store too.' },
  nullable: true,
  findUnique: (id) => ({ id_storeId: readProductId(id) }),
  select: { id: true, storeId: true },
  description:
    'What the feeds of a marketplace say of a product of a store. Seen by everybody who may see the store.',
  authScopes: ({ storeId }, { viewer }) => canSeeStore(viewer, storeId),
  fields: (t) => ({
    store: t.relation('store', { description: 'The store whose feed brought it.' }),
    storeName: t.exposeString('storeName', {
      description: "The store's name; after it has got another one, that one within seconds.",
    }),
    marketplace: t.exposeString('marketplace', {
      description: 'Where the feed comes from, such as Letzshop.',
    }),
    marketplaceProductId: t.exposeString('marketplaceProductId', {
      description: "The product's number in the feed (its `id`); unique in the store and marketplace.",
    }),
    title: t.string({
      nullable: true,
      description:
        'The title in the asked language, else in the first of English, French and German that there is. Null only for a product without any texts.',
      args: { language: t.arg({ type: LanguageType, description: 'Null for the first that there is.' }) },
      select: { translations: { ...byLanguage, select: { language: true, title: true } } },
      resolve: ({ translations }, { language }) => titleIn(translations, language),
    }),
    translations: t.relation('translations', {
      query: byLanguage,
      complexity: { field: 1, multiplier: 3 },
      description: 'The texts, in each language of which a feed was imported: English, French, German.',
    }),
    pictures: t.stringList({
      description: 'Addresses of all pictures, the main one first; empty when there are none.',
      select: { imageLink: true, additionalImageLink: true },
      resolve: picturesOf,
    }),
    missingSince: t.expose('missingSince', {
      type: 'DateTime',
      nullable: true,
      description:
        'Since when it is gone: the last complete import of every language that ever brought it lacked it. Null while one of them has it.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was first imported.' }),
    updatedAt: t.expose('updatedAt', {
      type: 'DateTime',
      description: 'When an import last changed a value that all languages share.',
    }),
  }),
});

builder.prismaObject('MarketplaceProductTranslation', {
  select: { storeId: true },
  description: 'The texts of a product in one language. Seen by everybody who may see its store.',
  authScopes: ({ storeId }, { viewer }) => canSeeStore(viewer, storeId),
  fields: (t) => ({
    language: t.expose('language', { type: LanguageType, description: 'The language of the feed.' }),
    title: t.exposeString('title', { description: 'The title; never empty.' }),
    missingSince: t.expose('missingSince', {
      type: 'DateTime',
      nullable: true,
      description:
        "Since when the language's feed lacks the product; null when its last complete import had it.",
    }),
    extra: t.expose('extra', {
      type: 'JSON',
      nullable: true,
      description:
        "The feed's columns that have no place of their own, as an object of texts by the column's name; null when there are none.",
    }),
    createdAt: t.expose('createdAt', {
      type: 'DateTime',
      description: 'When the language was first imported.',
    }),
    updatedAt: t.expose('updatedAt', {
      type: 'DateTime',
      description: 'When an import last wrote the texts: they, or anything else of the product, had changed.',
    }),
  }),
});

/** The job that wrote a record last: one statement for all of a page. */
function addLastImportJob(
  model: 'MarketplaceProduct' | 'MarketplaceProductTranslation',
  description: string,
) {
  builder.prismaObjectFields(model, (t) => ({
    lastImportJob: t.field({
      type: ImportJobType,
      nullable: true,
      description,
      select: { lastImportJobId: true },
      resolve: ({ lastImportJobId }, _args, context, info) =>
        loadWithSiblings(context, info, '', lastImportJobId, (ids) => loadWatchedJobs(context.db, ids)),
    }),
  }));
}

addLastImportJob('MarketplaceProduct', 'The import that wrote it last; null when that is no longer there.');
addLastImportJob(
  'MarketplaceProductTranslation',
  'The import that wrote the texts last; null when that is no longer there.',
);
addAttributes('MarketplaceProduct', 'shared');
addAttributes('MarketplaceProductTranslation', 'translation');

builder.queryField('marketplaceProducts', (t) =>
  t.connection({
    type: Product,
    description:
      'Products of a store by marketplace and number. Empty for a store that does not exist or that the viewer may not see.',
    authScopes: { signedIn: true },
    args: {
      filter: t.arg({ type: FilterType, required: true, description: 'The store, and which products.' }),
    },
    complexity: pageComplexity,
    resolve: async (_root, { filter, ...args }, context, info) => {
      const storeId = await findStoreId(context.db, context.viewer, filter.storeCode);
      const parts = queryFromInfo({ context, info, typeName: 'MarketplaceProduct', path: ['edges', 'node'] });
      return findProducts(context.db, storeId, filter, args, parts);
    },
  }),
);
