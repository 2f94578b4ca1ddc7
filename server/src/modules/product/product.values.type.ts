import { builder } from '../../graphql/builder.ts';
import { AvailabilityType, ConditionType } from '../marketplace-product/marketplace-product.type.ts';
import type { Drift, FeedValues, OverrideField, OwnValues } from './product.effective.ts';
import { ProductOverrideFieldType } from './product.type.ts';

export type Availability = typeof AvailabilityType.$inferType;
export type Condition = typeof ConditionType.$inferType;

/** A type with what a store may set itself; either side of the comparison has the same fields. */
const valuesType = <Values extends FeedValues>(
  name: string,
  description: string,
  descriptions: Readonly<Record<OverrideField, string>>,
) =>
  builder.objectRef<Values>(name).implement({
    description,
    fields: (t) => ({
      price: t.field({
        ...{ type: 'Decimal', nullable: true, description: descriptions.price },
        resolve: ({ price }) => price,
      }),
      salePrice: t.field({
        ...{ type: 'Decimal', nullable: true, description: descriptions.salePrice },
        resolve: ({ salePrice }) => salePrice,
      }),
      availability: t.field({
        ...{ type: AvailabilityType, nullable: true, description: descriptions.availability },
        resolve: ({ availability }) => availability as Availability | null,
      }),
      condition: t.field({
        ...{ type: ConditionType, nullable: true, description: descriptions.condition },
        resolve: ({ condition }) => condition as Condition | null,
      }),
    }),
  });

const asInFeed = 'Null when it is as in the feed.';

export const ProductOverrides = valuesType<OwnValues>(
  'ProductOverrides',
  'What a store has set itself of a product. An import never changes it.',
  {
    price: `The own price, in the store's currency. ${asInFeed}`,
    salePrice: `The own price during a sale, in the store's currency, whatever dates the feed gives. ${asInFeed}`,
    availability: `The own availability. ${asInFeed}`,
    condition: `The own condition. ${asInFeed}`,
  },
);

export const ProductFeedValues = valuesType<FeedValues>(
  'ProductFeedValues',
  'What the feed says of a product now, beside which a store sets its own.',
  {
    price: "The price; null when the feed gives none in the store's currency.",
    salePrice:
      "The price during a sale, whatever its dates; null when the feed gives none in the store's currency.",
    availability: 'Whether it can be bought; null when the feed does not say.',
    condition: 'Whether it is new; null when the feed does not say.',
  },
);

/** Values of enumerations as the API names them. */
const shown = ({ field }: Drift, value: string) =>
  field === 'availability' || field === 'condition' ? value.toUpperCase() : value;

export const ProductDrift = builder.objectRef<Drift>('ProductDrift').implement({
  description:
    'An own value after whose setting the feed changed its mind. Values are texts: amounts, or names of Availability and Condition.',
  fields: (t) => ({
    field: t.expose('field', { type: ProductOverrideFieldType, description: 'Which value.' }),
    own: t.string({ description: 'The own value.', resolve: (drift) => shown(drift, drift.own) }),
    feedThen: t.string({
      nullable: true,
      description: 'What the feed said when it was set, or kept last; null when it said nothing.',
      resolve: (drift) => drift.feedThen && shown(drift, drift.feedThen),
    }),
    feedNow: t.string({
      nullable: true,
      description: 'What the feed says now; null when it says nothing.',
      resolve: (drift) => drift.feedNow && shown(drift, drift.feedNow),
    }),
  }),
});
