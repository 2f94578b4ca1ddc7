import { builder } from '../../graphql/builder.ts';
import { AvailabilityType, filterFields } from '../marketplace-product/marketplace-product.type.ts';
import type { OfferState } from './product.effective.ts';

export const ProductOverrideFieldType = builder.enumType('ProductOverrideField', {
  description: 'What of a product its store may set itself.',
  values: {
    PRICE: { value: 'price', description: 'The price.' },
    SALE_PRICE: { value: 'salePrice', description: 'The price during a sale.' },
    AVAILABILITY: { value: 'availability', description: 'Whether it can be bought.' },
    CONDITION: { value: 'condition', description: 'Whether it is new.' },
  } as const,
});

export const OfferStateType = builder.enumType('OfferState', {
  description: 'Whether the feed lets shoppers see a product, by `disclosureDate` and `expirationDate`.',
  values: {
    UPCOMING: { description: 'It is kept secret until its `disclosureDate`.' },
    CURRENT: { description: 'Neither date is in the way.' },
    ENDED: { description: 'Its `expirationDate` has come.' },
  } as const satisfies Record<OfferState, object>,
});

export const ProductSortType = builder.enumType('ProductSort', {
  description: 'In which order products are listed.',
  values: {
    DISPLAY_ORDER: { description: 'As shoppers see them; of those that nobody has moved, the older first.' },
    NEWEST: { description: 'What came into the catalogue last comes first.' },
  } as const,
});

export const ProductFilterType = builder.inputType('ProductFilter', {
  description: 'Which products of a catalogue are listed: those for which everything holds that is given.',
  fields: (t) => ({
    ...filterFields(t),
    search: t.string({
      description: 'As in MarketplaceProductFilter: words of a title, the beginning of a number, or a GTIN.',
    }),
    availability: t.field({
      type: [AvailabilityType],
      description: 'One of these, as it is in effect. Empty means any.',
    }),
    published: t.boolean({ description: 'True for those that are published, false for the others.' }),
    drifted: t.boolean({ description: 'True for those with an own value of which the feed has moved.' }),
    overridden: t.boolean({ description: 'True for those with an own value.' }),
    missing: t.boolean({ description: 'True for those that are gone from the feed.' }),
    featured: t.boolean({ description: 'True for those that the shop shows off.' }),
  }),
});
