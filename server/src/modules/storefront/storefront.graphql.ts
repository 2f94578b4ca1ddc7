import { builder } from '../../graphql/builder.ts';
import { InvalidInputError } from '../../graphql/errors.ts';
import { LanguageType } from '../../graphql/language.ts';
import { pageComplexity } from '../../graphql/page.ts';
import type { LanguageCode } from '../../product-data/language.ts';
import { AvailabilityType } from '../marketplace-product/marketplace-product.type.ts';
import { findOpenStore, type OpenStore } from './storefront.access.ts';
import { readShownId } from './storefront.id.ts';
import { findLanguages } from './storefront.languages.ts';
import { findShownById, findShownByNumber } from './storefront.product.ts';
import { StorefrontProductType } from './storefront.type.ts';
import { findShownPage } from './storefront.service.ts';

const languageArgument =
  'The language of the texts; where it is missing they are in the first of English, French and German that there is. Null for that one.';

const StorefrontType = builder.objectRef<OpenStore>('Storefront').implement({
  description: 'What a store shows to shoppers, whoever asks. Answers may be up to half a minute old.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'The code of the store.' }),
    name: t.exposeString('name', { description: 'The name of the shop.' }),
    currency: t.exposeString('currency', { description: 'Of all its prices; ISO 4217.' }),
    languages: t.field({
      type: [LanguageType],
      description: 'The languages in which the first thousand products have texts; empty without products.',
      complexity: 100,
      resolve: ({ id }, _args, { db }): Promise<LanguageCode[]> => findLanguages(db, id),
    }),
    products: t.connection(
      {
        type: StorefrontProductType,
        description: 'What is for sale, in the order of the store: all products for which everything holds.',
        args: {
          search: t.arg.string({
            description:
              'Words that a title has in any language, in any order, whatever their case and accents, or a GTIN. When no product has them, a mistake in each word of four letters or more is forgiven. At most 100 characters.',
          }),
          brand: t.arg.stringList({
            description: 'One of these brands, exactly as they are written; at most 20. Empty means any.',
          }),
          availability: t.arg({ type: [AvailabilityType], description: 'One of these. Empty means any.' }),
          featured: t.arg.boolean({
            description: 'True for those that the shop shows off, false for the others.',
          }),
          language: t.arg({ type: LanguageType, description: languageArgument }),
        },
        // Anybody may ask: a handful of searches at a time is what a page has.
        complexity: (args) => ({ ...pageComplexity(args), field: (args.search ?? '') === '' ? 200 : 2_000 }),
        resolve: (store, { search, brand, availability, featured, language, ...page }, { db }) =>
          findShownPage(db, store, { search, brand, availability, featured }, page, language),
      },
      { name: 'StorefrontProductConnection', description: 'A page of what is for sale.' },
      { name: 'StorefrontProductEdge', description: 'A product, and where it stands in the list.' },
    ),
    product: t.field({
      type: StorefrontProductType,
      nullable: true,
      description: 'One product; null when the store does not show it. Give either its id or its number.',
      args: {
        id: t.arg.id({ description: 'Its `id`.' }),
        number: t.arg.string({ description: 'Its `number`.' }),
        language: t.arg({ type: LanguageType, description: languageArgument }),
      },
      resolve: (store, { id, number, language }, { db }) => {
        if (((id ?? null) === null) === ((number ?? null) === null))
          throw new InvalidInputError('Give either the id of a product or its number.', ['id']);
        if (typeof number === 'string') return findShownByNumber(db, store, number, language);
        const key = readShownId(String(id), store.id);
        return key === null ? null : findShownById(db, store, key, language);
      },
    }),
  }),
});

builder.queryField('storefront', (t) =>
  t.field({
    type: StorefrontType,
    nullable: true,
    description:
      'The shop of a store, by its code or by one of its verified domains; null when there is none, or when it is switched off. For everybody, signed in or not.',
    // Who asks makes no difference, so an answer may be given to others as well.
    extensions: { shared: true },
    args: {
      code: t.arg.string({ description: 'The code of the store. Give either this or the hostname.' }),
      hostname: t.arg.string({ description: 'One of its domains, in any case.' }),
    },
    resolve: async (_root, address, { db, sources }) => {
      const store = await findOpenStore(db, address);
      if (store) sources?.add(store.id).add(store.merchantId);
      return store;
    },
  }),
);
