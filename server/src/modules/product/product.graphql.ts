import { queryFromInfo } from '@pothos/plugin-prisma';
import type { Prisma, Product } from '../../generated/prisma/client.ts';
import { builder } from '../../graphql/builder.ts';
import { LanguageType } from '../../graphql/language.ts';
import { keysBy, showNodes } from '../../graphql/nodes.ts';
import { pageComplexity } from '../../graphql/page.ts';
import { readProductId, textOfProductId } from '../marketplace-product/marketplace-product.id.ts';
import { picturesOf, titleIn } from '../marketplace-product/marketplace-product.texts.ts';
import { AvailabilityType, ConditionType } from '../marketplace-product/marketplace-product.type.ts';
import { findStore } from '../store/store.access.ts';
import { canSeeStore } from '../store/store.policy.ts';
import {
  driftOf,
  effectiveValues,
  feedValues,
  offerOf,
  type CatalogueStore,
  type FeedColumns,
  type OwnValues,
} from './product.effective.ts';
import { listCatalogue, noPage } from './product.list.ts';
import { OfferStateType, ProductFilterType, ProductSortType } from './product.type.ts';
import {
  ProductDrift,
  ProductFeedValues,
  ProductOverrides,
  type Availability,
  type Condition,
} from './product.values.type.ts';

showNodes<Product>('Product', ({ storeId }, viewer) => canSeeStore(viewer, storeId), keysBy(textOfProductId));

const ownParts = {
  ...{ price: true, salePrice: true, availability: true, condition: true },
  ...{ priceFeedValue: true, salePriceFeedValue: true },
  ...{ availabilityFeedValue: true, conditionFeedValue: true },
} as const satisfies Prisma.ProductSelect;

const feedParts = {
  marketplaceProduct: {
    select: {
      ...{ price: true, currency: true, salePrice: true },
      ...{ salePriceEffectiveFrom: true, salePriceEffectiveUntil: true },
      ...{ availability: true, condition: true, missingSince: true },
    },
  },
  store: { select: { currency: true, goneFromFeed: true } },
} as const satisfies Prisma.ProductSelect;

/** What effective values are made of; read once however many of them are asked for. */
const effectiveParts = { ...ownParts, ...feedParts } as const;

interface Parts extends OwnValues {
  readonly marketplaceProduct: FeedColumns;
  readonly store: CatalogueStore;
}

const effectiveOf = (product: Parts) =>
  effectiveValues(product, product.marketplaceProduct, product.store, new Date());

const ProductNode = builder.prismaNode('Product', {
  id: { resolve: textOfProductId, description: 'Global id. Holds the store too.' },
  nullable: true,
  findUnique: (id) => ({ storeId_id: readProductId(id) }),
  select: { id: true, storeId: true },
  description:
    'A marketplace product in the catalogue of its store, with what the store has set itself. Seen by everybody who may see the store.',
  authScopes: ({ storeId }, { viewer }) => canSeeStore(viewer, storeId),
  fields: (t) => ({
    store: t.relation('store', { description: 'Whose catalogue it is.' }),
    marketplaceProduct: t.relation('marketplaceProduct', { description: 'What the feeds say of it.' }),
    title: t.string({
      nullable: true,
      description:
        'The title in the asked language, else in the first of English, French and German that there is. Null only for a product without any texts.',
      args: { language: t.arg({ type: LanguageType, description: 'Null for the first that there is.' }) },
      select: {
        marketplaceProduct: { select: { translations: { select: { language: true, title: true } } } },
      },
      resolve: ({ marketplaceProduct }, { language }) => titleIn(marketplaceProduct.translations, language),
    }),
    pictures: t.stringList({
      description: 'Addresses of all pictures, the main one first; empty when there are none.',
      select: { marketplaceProduct: { select: { imageLink: true, additionalImageLink: true } } },
      resolve: ({ marketplaceProduct }) => picturesOf(marketplaceProduct),
    }),
    published: t.boolean({
      description:
        'True when shoppers see it, unless it is switched off, without a price, or its offer is not current.',
      select: { publishedAt: true },
      resolve: ({ publishedAt }) => publishedAt !== null,
    }),
    publishedAt: t.expose('publishedAt', {
      ...{ type: 'DateTime', nullable: true },
      description: 'When it was published; null when it is not.',
    }),
    withdrawnAt: t.expose('withdrawnAt', {
      ...{ type: 'DateTime', nullable: true },
      description:
        'When it was unpublished because its feed lacked it: it is published again when it returns. Null when that is not why.',
    }),
    offer: t.field({
      type: OfferStateType,
      description: 'Whether the dates of the feed let shoppers see it now.',
      select: { marketplaceProduct: { select: { disclosureDate: true, expirationDate: true } } },
      resolve: ({ marketplaceProduct }) => offerOf(marketplaceProduct, new Date()),
    }),
    currency: t.string({
      description: "Of its amounts: the store's; ISO 4217.",
      select: { store: { select: { currency: true } } },
      resolve: ({ store }) => store.currency,
    }),
    price: t.field({
      ...{ type: 'Decimal', nullable: true, select: effectiveParts },
      description:
        "What it costs: the own price, else the feed's. Null when there is neither in the store's currency; then it cannot be published.",
      resolve: (product) => effectiveOf(product).price,
    }),
    salePrice: t.field({
      ...{ type: 'Decimal', nullable: true, select: effectiveParts },
      description:
        "What it costs in a sale that is on now: the own one, else the feed's within its dates. Null when there is none that is lower than the price.",
      resolve: (product) => effectiveOf(product).salePrice,
    }),
    availability: t.field({
      ...{ type: AvailabilityType, nullable: true, select: effectiveParts },
      description:
        'Whether it can be bought: as the store has set, else as the feed says, or out of stock when it is gone from the feed and the store wants that. Null when nobody says.',
      resolve: (product) => effectiveOf(product).availability as Availability | null,
    }),
    condition: t.field({
      ...{ type: ConditionType, select: effectiveParts },
      description: 'Whether it is new: as the store has set, else as the feed says, else new.',
      resolve: (product) => effectiveOf(product).condition as Condition,
    }),
    overrides: t.field({
      ...{ type: ProductOverrides, select: ownParts },
      description: 'What the store has set itself.',
      resolve: (product) => product,
    }),
    feed: t.field({
      ...{ type: ProductFeedValues, select: feedParts },
      description: 'What the feed says now.',
      resolve: ({ marketplaceProduct, store }) => feedValues(marketplaceProduct, store),
    }),
    drift: t.field({
      ...{ type: [ProductDrift], select: effectiveParts },
      description: 'Own values of which the feed has moved since; empty when none has.',
      complexity: { field: 1, multiplier: 4 },
      resolve: (product) => driftOf(product, product.marketplaceProduct, product.store),
    }),
    isFeatured: t.exposeBoolean('isFeatured', { description: 'True when the shop shows it off.' }),
    isActive: t.exposeBoolean('isActive', {
      description: 'False when it is switched off: shoppers do not see it although it is published.',
    }),
    displayOrder: t.exposeInt('displayOrder', {
      description: 'Smaller comes first; moveProduct sets it. Of equal ones the older comes first.',
    }),
    minQuantity: t.exposeInt('minQuantity', { description: 'The fewest that can be bought: at least 1.' }),
    maxQuantity: t.exposeInt('maxQuantity', {
      nullable: true,
      description: 'The most that can be bought; null when there is no limit.',
    }),
    createdAt: t.expose('createdAt', {
      type: 'DateTime',
      description: 'When it came into the catalogue: published, or given an own value, for the first time.',
    }),
    updatedAt: t.expose('updatedAt', {
      type: 'DateTime',
      description: 'When its store changed something of it last; an import does not.',
    }),
  }),
});

builder.prismaObjectFields('MarketplaceProduct', (t) => ({
  product: t.field({
    type: ProductNode,
    nullable: true,
    description: "It in the store's catalogue; null when it was never there.",
    // There is one at most.
    select: (_args, _context, nested) => ({ products: nested({ take: 1 }) }),
    resolve: ({ products: [product] }) => product ?? null,
  }),
}));

builder.queryField('products', (t) =>
  t.connection(
    {
      type: ProductNode,
      description:
        'The catalogue of a store, published or not. Empty for a store that does not exist or that the viewer may not see.',
      authScopes: { signedIn: true },
      args: {
        filter: t.arg({
          ...{ type: ProductFilterType, required: true },
          description: 'The store, and which products.',
        }),
        sort: t.arg({
          ...{ type: ProductSortType, defaultValue: 'DISPLAY_ORDER' as const },
          description: 'In which order.',
        }),
      },
      complexity: pageComplexity,
      resolve: async (_root, { filter: { storeCode, ...filter }, sort, ...args }, context, info) => {
        const store = await findStore(context.db, context.viewer, storeCode);
        if (!store) return noPage(args);
        const parts = queryFromInfo({ context, info, typeName: 'Product', path: ['edges', 'node'] });
        return listCatalogue(context.db, store, { filter, sort: sort ?? 'DISPLAY_ORDER' }, args, parts);
      },
    },
    { name: 'ProductConnection', description: "A page of a store's catalogue." },
    { name: 'ProductEdge', description: 'A product, and where it stands in the list.' },
  ),
);
