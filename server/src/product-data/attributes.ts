/**
 * Every attribute of the Google product data specification (support.google.com/merchants/answer/7052112)
 * that a feed may carry, with the place where it is stored. The only file that knows both the names of
 * feeds (`snake_case`, which are the names of the columns too) and ours (`camelCase`).
 */

/** How a cell is read, and with it the type of its column: see `columnTypes`. */
export type AttributeKind =
  | 'text'
  | 'url'
  | 'urlList'
  | 'textList'
  | 'price'
  | 'dateTime'
  | 'dateTimeRange'
  | 'boolean'
  | 'integer'
  | 'measure'
  | 'gtin'
  | 'availability'
  | 'condition'
  | 'ageGroup'
  | 'gender'
  | 'country'
  | 'countryList'
  | 'structured'
  | 'structuredList';

/**
 * `shared`: one value for all languages, stored with the product. `translation`: one value a language,
 * stored with the product's translation.
 */
export type AttributeScope = 'shared' | 'translation';

export interface Attribute {
  /** As in feeds and as the column's name. */
  readonly name: string;
  /** As in code and in GraphQL. */
  readonly key: string;
  readonly kind: AttributeKind;
  readonly scope: AttributeScope;
  /** Longest stored value in characters; a longer text is cut with a warning. Of each value, for lists. */
  readonly maxLength?: number;
  /** Most values kept of a repeated attribute. */
  readonly maxCount?: number;
  /** Sub-attributes of a structured attribute, in the order of cells that name none. */
  readonly parts?: readonly string[];
}

type Options = Pick<Attribute, 'maxLength' | 'maxCount' | 'parts'>;

/** Our name of what feeds, or columns, call by that name. */
export const camelCase = (name: string) =>
  name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

const attribute =
  (scope: AttributeScope) =>
  (name: string, kind: AttributeKind, options: Options = {}): Attribute => ({
    name,
    key: camelCase(name),
    kind,
    scope,
    ...options,
  });
const shared = attribute('shared');
const translation = attribute('translation');

const url: Options = { maxLength: 2000 };
const label: Options = { maxLength: 100 };
const path: Options = { maxLength: 750 };

/** Longest `id` of a product. Google allows 50, Meta 100; feeds of other systems go further. */
export const maxIdLength = 255;

/** In the order in which they are stored. `id` is not among them: it is `marketplaceProductId`. */
export const attributes: readonly Attribute[] = [
  translation('title', 'text', { maxLength: 500 }),
  translation('description', 'text', { maxLength: 10_000 }),
  translation('link', 'url', url),
  translation('mobile_link', 'url', url),
  translation('canonical_link', 'url', url),
  translation('ads_redirect', 'url', url),
  translation('short_title', 'text', { maxLength: 150 }),
  translation('structured_title', 'structured', { parts: ['digital_source_type', 'content'] }),
  translation('structured_description', 'structured', { parts: ['digital_source_type', 'content'] }),
  translation('product_type', 'textList', { ...path, maxCount: 5 }),
  translation('product_highlight', 'textList', { maxLength: 150, maxCount: 100 }),
  translation('product_detail', 'structuredList', {
    maxCount: 1000,
    parts: ['section_name', 'attribute_name', 'attribute_value'],
  }),
  translation('question_and_answer', 'structuredList', { maxCount: 30, parts: ['question', 'answer'] }),
  translation('color', 'text', label),
  translation('size', 'text', label),
  translation('material', 'text', { maxLength: 200 }),
  translation('pattern', 'text', label),
  translation('item_group_title', 'text', { maxLength: 150 }),
  translation('document_link', 'urlList', { ...url, maxCount: 10 }),

  shared('image_link', 'url', url),
  shared('additional_image_link', 'urlList', { ...url, maxCount: 10 }),
  shared('lifestyle_image_link', 'urlList', { ...url, maxCount: 10 }),
  shared('video_link', 'urlList', { ...url, maxCount: 10 }),
  shared('virtual_model_link', 'url', url),

  shared('price', 'price'),
  shared('sale_price', 'price'),
  shared('sale_price_effective_date', 'dateTimeRange'),
  shared('cost_of_goods_sold', 'price'),
  shared('auto_pricing_min_price', 'price'),
  shared('maximum_retail_price', 'price'),
  shared('unit_pricing_measure', 'measure'),
  shared('unit_pricing_base_measure', 'measure'),
  shared('installment', 'structured', {
    parts: ['months', 'amount', 'downpayment', 'credit_type', 'apr', 'total_amount'],
  }),
  shared('subscription_cost', 'structured', { parts: ['period', 'period_length', 'amount'] }),
  shared('loyalty_points', 'structured', { parts: ['name', 'points_value', 'ratio'] }),
  shared('loyalty_program', 'structuredList', {
    maxCount: 100,
    parts: [
      'program_label',
      'tier_label',
      'price',
      'cashback_for_future_use',
      'loyalty_points',
      'member_price_effective_date',
      'shipping_label',
    ],
  }),

  shared('availability', 'availability'),
  shared('availability_date', 'dateTime'),
  shared('expiration_date', 'dateTime'),
  shared('disclosure_date', 'dateTime'),

  shared('google_product_category', 'text', path),
  shared('brand', 'text', label),
  // The first valid code; further ones of the same cell go to `additional_gtin`.
  shared('gtin', 'gtin', { maxCount: 10 }),
  shared('mpn', 'text', label),
  shared('identifier_exists', 'boolean'),
  shared('condition', 'condition'),
  shared('adult', 'boolean'),
  shared('multipack', 'integer'),
  shared('is_bundle', 'boolean'),
  shared('age_group', 'ageGroup'),
  shared('gender', 'gender'),
  shared('size_type', 'textList', { maxLength: 50, maxCount: 2 }),
  shared('size_system', 'text', { maxLength: 10 }),
  shared('item_group_id', 'text', label),
  shared('variant_option', 'structuredList', { maxCount: 30, parts: ['name', 'value'] }),
  shared('product_length', 'measure'),
  shared('product_width', 'measure'),
  shared('product_height', 'measure'),
  shared('product_weight', 'measure'),
  shared('popularity_rank', 'text', { maxLength: 20 }),
  shared('related_product', 'structuredList', {
    maxCount: 100,
    parts: ['relationship_type', 'id_type', 'id'],
  }),
  shared('energy_efficiency_class', 'text', { maxLength: 10 }),
  shared('min_energy_efficiency_class', 'text', { maxLength: 10 }),
  shared('max_energy_efficiency_class', 'text', { maxLength: 10 }),
  shared('certification', 'structuredList', {
    maxCount: 10,
    parts: ['certification_authority', 'certification_name', 'certification_code', 'certification_value'],
  }),

  shared('shipping', 'structuredList', { maxCount: 100, parts: ['country', 'region', 'service', 'price'] }),
  shared('carrier_shipping', 'structuredList', {
    maxCount: 100,
    parts: ['country', 'region', 'postal_code', 'carrier_price', 'flat_price'],
  }),
  shared('free_shipping_threshold', 'structuredList', {
    maxCount: 100,
    parts: ['country', 'price_threshold'],
  }),
  shared('handling_cutoff_time', 'structuredList', {
    maxCount: 100,
    parts: ['country', 'cutoff_time', 'cutoff_timezone', 'disable_delivery_after_cutoff'],
  }),
  shared('minimum_order_value', 'structuredList', {
    maxCount: 100,
    parts: ['country', 'service', 'price', 'surface'],
  }),
  shared('shipping_weight', 'measure'),
  shared('shipping_length', 'measure'),
  shared('shipping_width', 'measure'),
  shared('shipping_height', 'measure'),
  shared('shipping_label', 'text', label),
  shared('return_policy_label', 'text', label),
  shared('transit_time_label', 'text', label),
  shared('ships_from_country', 'country'),
  shared('min_handling_time', 'integer'),
  shared('max_handling_time', 'integer'),
  shared('shipping_handling_business_days', 'structuredList', {
    maxCount: 100,
    parts: ['country', 'business_days'],
  }),
  shared('shipping_transit_business_days', 'structuredList', {
    maxCount: 100,
    parts: ['country', 'business_days'],
  }),

  shared('custom_label_0', 'text', label),
  shared('custom_label_1', 'text', label),
  shared('custom_label_2', 'text', label),
  shared('custom_label_3', 'text', label),
  shared('custom_label_4', 'text', label),
  shared('promotion_id', 'textList', { maxLength: 50, maxCount: 10 }),
  shared('included_destination', 'textList', { ...label, maxCount: 20 }),
  shared('excluded_destination', 'textList', { ...label, maxCount: 20 }),
  shared('shopping_ads_excluded_country', 'countryList', { maxCount: 250 }),
  shared('external_seller_id', 'text', { maxLength: 50 }),
  shared('pause', 'text', { maxLength: 10 }),
  shared('ads_grouping', 'text', label),
  shared('ads_labels', 'textList', { ...label, maxCount: 100 }),
  shared('display_ads_id', 'text', label),
  shared('display_ads_title', 'text', { maxLength: 150 }),
  shared('display_ads_link', 'url', url),
  shared('display_ads_value', 'text', { maxLength: 20 }),
  shared('display_ads_similar_ids', 'textList', { ...label, maxCount: 10 }),
  shared('link_template', 'url', url),
  shared('mobile_link_template', 'url', url),
  shared('pickup_method', 'text', { maxLength: 30 }),
  shared('pickup_sla', 'text', { maxLength: 30 }),
  shared('pickup_cost', 'price'),
];

/**
 * Columns that an attribute fills beside, or instead of, the one of its own name; all shared.
 * The currency is that of `price`; the other prices of a product must be in it.
 */
export const derivedColumns = {
  currency: 'price',
  sale_price_effective_from: 'sale_price_effective_date',
  sale_price_effective_until: 'sale_price_effective_date',
  additional_gtin: 'gtin',
} as const;

export const attributesByName: ReadonlyMap<string, Attribute> = new Map(attributes.map((a) => [a.name, a]));
