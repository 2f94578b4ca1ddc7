import type { InputFieldBuilder } from '@pothos/core';
import { builder } from '../../graphql/builder.ts';
import { LanguageType } from '../../graphql/language.ts';
import type { StoredKind } from './marketplace-product.attributes.ts';

export const AvailabilityType = builder.enumType('Availability', {
  description: 'Whether a product can be bought.',
  values: {
    IN_STOCK: { value: 'in_stock', description: 'It can be bought and is there.' },
    OUT_OF_STOCK: { value: 'out_of_stock', description: 'It cannot be bought.' },
    PREORDER: { value: 'preorder', description: 'It can be ordered before it is there for the first time.' },
    BACKORDER: { value: 'backorder', description: 'It can be ordered and is sent when it is there again.' },
  } as const,
});

export const ConditionType = builder.enumType('Condition', {
  description: 'Whether a product is new.',
  values: {
    NEW: { value: 'new', description: 'New, in its unopened packaging.' },
    REFURBISHED: { value: 'refurbished', description: 'Restored to working order, with a warranty.' },
    USED: { value: 'used', description: 'Used before, or its packaging was opened.' },
    UNKNOWN: {
      value: 'unknown',
      description: 'The feed says it in words that nobody could read. Nobody can set it.',
    },
  } as const,
});

const AgeGroupType = builder.enumType('AgeGroup', {
  description: 'The age that a product is made for.',
  values: {
    NEWBORN: { value: 'newborn', description: 'Up to 3 months.' },
    INFANT: { value: 'infant', description: '3 to 12 months.' },
    TODDLER: { value: 'toddler', description: '1 to 5 years.' },
    KIDS: { value: 'kids', description: '5 to 13 years.' },
    TEEN: { value: 'teen', description: '13 to 17 years.' },
    ADULT: { value: 'adult', description: 'Grown up.' },
    ALL_AGES: { value: 'all ages', description: 'Any age.' },
  } as const,
});

const GenderType = builder.enumType('Gender', {
  description: 'The gender that a product is made for.',
  values: {
    MALE: { value: 'male', description: 'Men and boys.' },
    FEMALE: { value: 'female', description: 'Women and girls.' },
    UNISEX: { value: 'unisex', description: 'Everybody.' },
  } as const,
});

/** What each kind of attribute is in the API. */
export const typesOfKinds: Record<StoredKind, unknown> = {
  text: 'String',
  measure: 'String',
  gtin: 'String',
  country: 'String',
  url: 'String',
  urlList: ['String'],
  textList: ['String'],
  countryList: ['String'],
  price: 'Decimal',
  dateTime: 'DateTime',
  boolean: 'Boolean',
  integer: 'Int',
  availability: AvailabilityType,
  condition: ConditionType,
  ageGroup: AgeGroupType,
  gender: GenderType,
  structured: 'JSON',
  structuredList: ['JSON'],
};

/** What a filter of marketplace products and one of a catalogue ask for alike. */
export const filterFields = (t: InputFieldBuilder<typeof builder.$inferSchemaTypes, 'InputObject'>) => ({
  storeCode: t.string({ required: true, description: 'The code of the store.' }),
  brand: t.stringList({
    description: 'One of these brands, exactly as they are written. Empty means any.',
  }),
  language: t.field({
    type: LanguageType,
    description: 'Products with texts in it. With `search`, only these texts are searched.',
  }),
});

/** Which products of a store are meant, wherever many can be. */
export const MarketplaceProductFilterType = builder.inputType('MarketplaceProductFilter', {
  description: 'Which products of a store are listed: those for which everything holds that is given.',
  fields: (t) => ({
    ...filterFields(t),
    search: t.string({
      description:
        'Words that a title has, in any order, whatever their case and accents; or the beginning of a product number; or a GTIN. Cut at 100 characters and eight words.',
    }),
    availability: t.field({ type: [AvailabilityType], description: 'One of these. Empty means any.' }),
    marketplaceProductId: t.string({ description: 'Exactly this product number.' }),
    gtin: t.string({
      description: 'This GTIN, in whatever length it is stored. What is no GTIN finds nothing.',
    }),
    published: t.boolean({
      description: "True for those that are published in the store's catalogue, false for all others.",
    }),
  }),
});
