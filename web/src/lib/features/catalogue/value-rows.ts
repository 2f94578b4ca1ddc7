import {
  availabilities,
  availabilityWord,
  conditionWord,
} from '#lib/features/marketplace-product/attribute-value.ts';
import type { ProductChangeInput } from '#lib/graphql/generated/graphql.ts';
import type { Format } from '#lib/format/format.svelte.ts';
import { m } from '#lib/paraglide/messages.js';
import { readAmount, readQuantity } from './amount.ts';
import { valuesOf, type OverrideField, type ShopProduct } from './shop-product.ts';

type Change = Omit<ProductChangeInput, 'id'>;

/** What can be set of a product, one row of the table each. */
export interface ValueRow {
  readonly key: keyof Change;
  readonly label: string;
  /** What the feed says, in words; null when it says nothing, `undefined` for what no feed says. */
  readonly said: string | null | undefined;
  /** The own value in words; null when there is none. */
  readonly own: string | null;
  /** What holds without an own value. */
  readonly without: string;
  /** Null for what the feed cannot drift from. */
  readonly field: OverrideField | null;
  /** What stands in the field when it is opened. */
  readonly start: string;
  /** A choice among these; a text when there are none. */
  readonly options: readonly { readonly value: string; readonly label: string }[] | null;
  /** The change for what was typed, or what is wrong with it. */
  readonly read: (typed: string) => Change | { readonly wrong: string };
  /** Takes the own value away. */
  readonly drop: Change;
}

const conditions = ['NEW', 'REFURBISHED', 'USED'] as const;

export function valueRows(product: ShopProduct, format: Format): readonly ValueRow[] {
  return [...amountRows(product, format), ...choiceRows(product), ...quantityRows(product, format)];
}

/** An amount as somebody types it in the language of the page: "24,90". */
const typedAmount = (amount: string | null, format: Format) =>
  amount === null ? '' : format.language === 'en' ? amount : amount.replace('.', ',');

function amountRows(product: ShopProduct, format: Format): readonly ValueRow[] {
  const { feed, overrides } = valuesOf(product);
  const { currency } = product.imported.store;
  const row = (key: 'price' | 'salePrice', field: OverrideField, label: string): ValueRow => ({
    ...{ key, field, label, options: null, without: m.own_as_in_feed() },
    said: feed[key] === null ? null : format.money(feed[key], currency),
    own: overrides[key] === null ? null : format.money(overrides[key], currency),
    start: typedAmount(overrides[key] ?? feed[key], format),
    read: (typed) => {
      const amount = readAmount(typed, currency);
      return amount === null
        ? { wrong: m.own_amount_unreadable({ example: typedAmount('24.90', format) }) }
        : key === 'price'
          ? { price: amount }
          : { salePrice: amount };
    },
    drop: key === 'price' ? { price: null } : { salePrice: null },
  });
  return [
    row('price', 'PRICE', m.attribute_price()),
    row('salePrice', 'SALE_PRICE', m.attribute_sale_price()),
  ];
}

function choiceRows(product: ShopProduct): readonly ValueRow[] {
  const { feed, overrides } = valuesOf(product);
  const optionsOf = <Value extends string>(
    values: readonly Value[],
    words: Readonly<Record<Value, () => string>>,
  ) => values.map((value) => ({ value, label: words[value]() }));
  return [
    {
      ...{ key: 'availability', field: 'AVAILABILITY', label: m.attribute_availability() },
      said: feed.availability && availabilityWord[feed.availability](),
      own: overrides.availability && availabilityWord[overrides.availability](),
      without: m.own_as_in_feed(),
      start: overrides.availability ?? feed.availability ?? 'IN_STOCK',
      options: optionsOf(availabilities, availabilityWord),
      read: (chosen) => ({ availability: availabilities.find((one) => one === chosen) ?? null }),
      drop: { availability: null },
    },
    {
      ...{ key: 'condition', field: 'CONDITION', label: m.attribute_condition() },
      said: feed.condition && conditionWord[feed.condition](),
      own: overrides.condition && conditionWord[overrides.condition](),
      without: m.own_as_in_feed(),
      start: overrides.condition ?? conditions.find((one) => one === feed.condition) ?? 'NEW',
      options: optionsOf(conditions, conditionWord),
      read: (chosen) => ({ condition: conditions.find((one) => one === chosen) ?? null }),
      drop: { condition: null },
    },
  ];
}

function quantityRows(product: ShopProduct, format: Format): readonly ValueRow[] {
  const { minQuantity, maxQuantity } = valuesOf(product);
  const read = (changeOf: (quantity: number) => Change) => (typed: string) => {
    const quantity = readQuantity(typed);
    return quantity === null ? { wrong: m.inventory_no_quantity() } : changeOf(quantity);
  };
  const common = { field: null, said: undefined, options: null } as const;
  return [
    {
      ...{ ...common, key: 'minQuantity', label: m.inventory_minimum(), without: format.count(1) },
      own: minQuantity === 1 ? null : format.count(minQuantity),
      start: String(minQuantity),
      read: read((quantity) => ({ minQuantity: quantity })),
      drop: { minQuantity: 1 },
    },
    {
      ...{ ...common, key: 'maxQuantity', label: m.inventory_maximum(), without: m.inventory_no_limit() },
      own: maxQuantity === null ? null : format.count(maxQuantity),
      start: maxQuantity === null ? '' : String(maxQuantity),
      read: read((quantity) => ({ maxQuantity: quantity })),
      drop: { maxQuantity: null },
    },
  ];
}
