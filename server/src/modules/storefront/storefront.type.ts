import { builder } from '../../graphql/builder.ts';
import { LanguageType } from '../../graphql/language.ts';
import { followable, picturesOf } from '../marketplace-product/marketplace-product.texts.ts';
import { AvailabilityType, ConditionType } from '../marketplace-product/marketplace-product.type.ts';
import { textOfShownId } from './storefront.id.ts';
import type { ShownProduct } from './storefront.product.ts';
import { loadTexts, type Detail } from './storefront.texts.ts';

const DetailType = builder.objectRef<Detail>('StorefrontDetail').implement({
  description: 'A technical detail of a product.',
  fields: (t) => ({
    section: t.exposeString('section', {
      nullable: true,
      description: 'What it belongs to, such as "Dimensions"; null when it stands alone.',
    }),
    name: t.exposeString('name', { description: 'What it is, such as "Height".' }),
    value: t.exposeString('value', { description: 'Such as "12 cm".' }),
  }),
});

/** Optional texts as they are; null when the feed does not say. */
const notSaid = 'Null when nobody says.';

/** Nothing here is of the store's own business: what is not listed does not come out. */
export const StorefrontProductType = builder.objectRef<ShownProduct>('StorefrontProduct').implement({
  description:
    'A product as shoppers see it. Texts are plain text, whatever characters are in them, all in one `language`.',
  fields: (t) => ({
    id: t.id({ description: 'Unique, and it stays.', resolve: textOfShownId }),
    number: t.exposeString('number', { description: 'Its number in the shop.' }),
    language: t.expose('language', {
      ...{ type: LanguageType, nullable: true },
      description: 'The language of its texts: the asked one, or the next that there is. Null without texts.',
    }),
    title: t.exposeString('title', { nullable: true, description: 'The title; null only without texts.' }),
    description: t.string({
      nullable: true,
      description: `What it is. ${notSaid}`,
      resolve: async (product, _args, context) => (await loadTexts(context, product)).description,
    }),
    highlights: t.stringList({
      description: 'The most important points, one by one.',
      resolve: async (product, _args, context) => [...(await loadTexts(context, product)).highlights],
    }),
    details: t.field({
      type: [DetailType],
      description: 'Technical details.',
      resolve: async (product, _args, context) => [...(await loadTexts(context, product)).details],
    }),
    productType: t.stringList({
      description: "The shop's own categories, each a path.",
      resolve: async (product, _args, context) => [...(await loadTexts(context, product)).productType],
    }),
    color: t.exposeString('color', { nullable: true, description: `Its colours. ${notSaid}` }),
    size: t.exposeString('size', { nullable: true, description: `Its size. ${notSaid}` }),
    material: t.exposeString('material', { nullable: true, description: `What it is made of. ${notSaid}` }),
    pattern: t.exposeString('pattern', { nullable: true, description: `Its pattern or print. ${notSaid}` }),
    link: t.string({
      nullable: true,
      description: 'Its page at the marketplace; null when there is none of http or https.',
      resolve: ({ link }) => followable(link),
    }),
    pictures: t.stringList({
      description: 'Addresses of http or https of all pictures, the main one first.',
      resolve: (product) => picturesOf(product),
    }),
    price: t.expose('price', { type: 'Decimal', description: 'What it costs when it is on no sale.' }),
    salePrice: t.expose('salePrice', {
      ...{ type: 'Decimal', nullable: true },
      description: 'What it costs during the sale that is on now, less than the price; null without a sale.',
    }),
    currency: t.exposeString('currency', { description: 'Of its prices; ISO 4217.' }),
    availability: t.field({
      ...{ type: AvailabilityType, nullable: true },
      description: `Whether it can be bought. ${notSaid}`,
      resolve: ({ availability }) => availability as typeof AvailabilityType.$inferType | null,
    }),
    condition: t.field({
      type: ConditionType,
      description: 'Whether it is new.',
      resolve: ({ condition }) => condition as typeof ConditionType.$inferType,
    }),
    brand: t.exposeString('brand', { nullable: true, description: `The brand. ${notSaid}` }),
    gtin: t.exposeString('gtin', { nullable: true, description: `The GTIN. ${notSaid}` }),
    mpn: t.exposeString('mpn', { nullable: true, description: `The manufacturer's part number. ${notSaid}` }),
    itemGroupId: t.exposeString('itemGroupId', {
      nullable: true,
      description: 'The same for all variants of a product; null when it has none.',
    }),
    featured: t.exposeBoolean('isFeatured', { description: 'True when the shop shows it off.' }),
    minQuantity: t.exposeInt('minQuantity', { description: 'The fewest that can be bought.' }),
    maxQuantity: t.exposeInt('maxQuantity', {
      nullable: true,
      description: 'The most that can be bought; null when there is no limit.',
    }),
  }),
});
