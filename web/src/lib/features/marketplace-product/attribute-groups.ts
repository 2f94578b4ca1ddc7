import { m } from '#lib/paraglide/messages.js';
import type { ImportedProduct, ProductTexts } from './product.ts';

/** How a value of the API is drawn. What a feed wrote freely is `text`, and so are the texts of objects. */
export type AttributeKind =
  | 'text'
  | 'texts'
  | 'money'
  | 'moment'
  | 'flag'
  | 'count'
  | 'word'
  | 'link'
  | 'links'
  | 'parts'
  | 'partsList';

export interface AttributeLook<Key extends string = string> {
  readonly key: Key;
  readonly label: () => string;
  readonly kind: AttributeKind;
}
export interface AttributeGroup {
  readonly key: string;
  readonly label: () => string;
  readonly attributes: readonly AttributeLook<SharedKey>[];
}

type Meta =
  'id' | 'marketplace' | 'marketplaceProductId' | 'storeName' | 'createdAt' | 'updatedAt' | 'missingSince';
/** Every attribute that all languages share, but for those that the page shows elsewhere. */
export type SharedKey = Exclude<
  keyof ImportedProduct,
  Meta | 'pictures' | 'store' | 'lastImportJob' | 'translations' | 'currency' | '__typename'
>;
export type TextKey = Exclude<
  keyof ProductTexts,
  | 'language'
  | 'createdAt'
  | 'updatedAt'
  | 'missingSince'
  | 'lastImportJob'
  | 'extra'
  | 'title'
  | 'description'
  | '__typename'
>;

const look = <Key extends string>(
  key: Key,
  label: () => string,
  kind: AttributeKind = 'text',
): AttributeLook<Key> => ({ key, label, kind });

/** In the order in which a shop thinks of a product. Together they hold each shared attribute once. */
export const attributeGroups: readonly AttributeGroup[] = [
  {
    key: 'price',
    label: m.imported_group_price,
    attributes: [
      look('price', m.attribute_price, 'money'),
      look('salePrice', m.attribute_sale_price, 'money'),
      look('salePriceEffectiveFrom', m.attribute_sale_price_effective_from, 'moment'),
      look('salePriceEffectiveUntil', m.attribute_sale_price_effective_until, 'moment'),
      look('unitPricingMeasure', m.attribute_unit_pricing_measure),
      look('unitPricingBaseMeasure', m.attribute_unit_pricing_base_measure),
      look('costOfGoodsSold', m.attribute_cost_of_goods_sold, 'money'),
      look('autoPricingMinPrice', m.attribute_auto_pricing_min_price, 'money'),
      look('maximumRetailPrice', m.attribute_maximum_retail_price, 'money'),
      look('installment', m.attribute_installment, 'parts'),
      look('subscriptionCost', m.attribute_subscription_cost, 'parts'),
      look('loyaltyPoints', m.attribute_loyalty_points, 'parts'),
      look('loyaltyProgram', m.attribute_loyalty_program, 'partsList'),
    ],
  },
  {
    key: 'availability',
    label: m.imported_group_availability,
    attributes: [
      look('availability', m.attribute_availability, 'word'),
      look('availabilityDate', m.attribute_availability_date, 'moment'),
      look('expirationDate', m.attribute_expiration_date, 'moment'),
      look('disclosureDate', m.attribute_disclosure_date, 'moment'),
    ],
  },
  {
    key: 'identity',
    label: m.imported_group_identity,
    attributes: [
      look('brand', m.attribute_brand),
      look('gtin', m.attribute_gtin),
      look('additionalGtin', m.attribute_additional_gtin, 'texts'),
      look('mpn', m.attribute_mpn),
      look('identifierExists', m.attribute_identifier_exists, 'flag'),
      look('googleProductCategory', m.attribute_google_product_category),
      look('itemGroupId', m.attribute_item_group_id),
      look('variantOption', m.attribute_variant_option, 'partsList'),
      look('relatedProduct', m.attribute_related_product, 'partsList'),
      look('externalSellerId', m.attribute_external_seller_id),
    ],
  },
  {
    key: 'details',
    label: m.imported_group_details,
    attributes: [
      look('condition', m.attribute_condition, 'word'),
      look('adult', m.attribute_adult, 'flag'),
      look('multipack', m.attribute_multipack, 'count'),
      look('isBundle', m.attribute_is_bundle, 'flag'),
      look('ageGroup', m.attribute_age_group, 'word'),
      look('gender', m.attribute_gender, 'word'),
      look('sizeType', m.attribute_size_type, 'texts'),
      look('sizeSystem', m.attribute_size_system),
      look('productLength', m.attribute_product_length),
      look('productWidth', m.attribute_product_width),
      look('productHeight', m.attribute_product_height),
      look('productWeight', m.attribute_product_weight),
      look('energyEfficiencyClass', m.attribute_energy_efficiency_class),
      look('minEnergyEfficiencyClass', m.attribute_min_energy_efficiency_class),
      look('maxEnergyEfficiencyClass', m.attribute_max_energy_efficiency_class),
      look('certification', m.attribute_certification, 'partsList'),
      look('popularityRank', m.attribute_popularity_rank),
    ],
  },
  {
    key: 'delivery',
    label: m.imported_group_delivery,
    attributes: [
      look('shipping', m.attribute_shipping, 'partsList'),
      look('carrierShipping', m.attribute_carrier_shipping, 'partsList'),
      look('freeShippingThreshold', m.attribute_free_shipping_threshold, 'partsList'),
      look('minimumOrderValue', m.attribute_minimum_order_value, 'partsList'),
      look('handlingCutoffTime', m.attribute_handling_cutoff_time, 'partsList'),
      look('minHandlingTime', m.attribute_min_handling_time, 'count'),
      look('maxHandlingTime', m.attribute_max_handling_time, 'count'),
      look('shippingHandlingBusinessDays', m.attribute_shipping_handling_business_days, 'partsList'),
      look('shippingTransitBusinessDays', m.attribute_shipping_transit_business_days, 'partsList'),
      look('shippingWeight', m.attribute_shipping_weight),
      look('shippingLength', m.attribute_shipping_length),
      look('shippingWidth', m.attribute_shipping_width),
      look('shippingHeight', m.attribute_shipping_height),
      look('shippingLabel', m.attribute_shipping_label),
      look('transitTimeLabel', m.attribute_transit_time_label),
      look('returnPolicyLabel', m.attribute_return_policy_label),
      look('shipsFromCountry', m.attribute_ships_from_country),
      look('pickupMethod', m.attribute_pickup_method),
      look('pickupSla', m.attribute_pickup_sla),
      look('pickupCost', m.attribute_pickup_cost, 'money'),
    ],
  },
  {
    key: 'advertising',
    label: m.imported_group_advertising,
    attributes: [
      look('promotionId', m.attribute_promotion_id, 'texts'),
      look('customLabel0', m.attribute_custom_label0),
      look('customLabel1', m.attribute_custom_label1),
      look('customLabel2', m.attribute_custom_label2),
      look('customLabel3', m.attribute_custom_label3),
      look('customLabel4', m.attribute_custom_label4),
      look('adsGrouping', m.attribute_ads_grouping),
      look('adsLabels', m.attribute_ads_labels, 'texts'),
      look('displayAdsId', m.attribute_display_ads_id),
      look('displayAdsTitle', m.attribute_display_ads_title),
      look('displayAdsLink', m.attribute_display_ads_link, 'link'),
      look('displayAdsSimilarIds', m.attribute_display_ads_similar_ids, 'texts'),
      look('displayAdsValue', m.attribute_display_ads_value),
      look('includedDestination', m.attribute_included_destination, 'texts'),
      look('excludedDestination', m.attribute_excluded_destination, 'texts'),
      look('shoppingAdsExcludedCountry', m.attribute_shopping_ads_excluded_country, 'texts'),
      look('pause', m.attribute_pause),
    ],
  },
  {
    key: 'media',
    label: m.imported_group_media,
    attributes: [
      look('imageLink', m.attribute_image_link, 'link'),
      look('additionalImageLink', m.attribute_additional_image_link, 'links'),
      look('lifestyleImageLink', m.attribute_lifestyle_image_link, 'links'),
      look('videoLink', m.attribute_video_link, 'links'),
      look('virtualModelLink', m.attribute_virtual_model_link, 'link'),
      look('linkTemplate', m.attribute_link_template, 'link'),
      look('mobileLinkTemplate', m.attribute_mobile_link_template, 'link'),
    ],
  },
];

/** What each language has of its own, below its title and description. */
export const textAttributes: readonly AttributeLook<TextKey>[] = [
  look('shortTitle', m.attribute_short_title),
  look('productType', m.attribute_product_type, 'texts'),
  look('color', m.attribute_color),
  look('size', m.attribute_size),
  look('material', m.attribute_material),
  look('pattern', m.attribute_pattern),
  look('itemGroupTitle', m.attribute_item_group_title),
  look('productHighlight', m.attribute_product_highlight, 'texts'),
  look('productDetail', m.attribute_product_detail, 'partsList'),
  look('questionAndAnswer', m.attribute_question_and_answer, 'partsList'),
  look('structuredTitle', m.attribute_structured_title, 'parts'),
  look('structuredDescription', m.attribute_structured_description, 'parts'),
  look('link', m.attribute_link, 'link'),
  look('mobileLink', m.attribute_mobile_link, 'link'),
  look('canonicalLink', m.attribute_canonical_link, 'link'),
  look('adsRedirect', m.attribute_ads_redirect, 'link'),
  look('documentLink', m.attribute_document_link, 'links'),
];

/** True for what a feed said: 0 and false are something, an empty list is nothing. */
export const isGiven = (value: unknown): boolean =>
  value !== null && value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
