import { m } from '#lib/paraglide/messages.js';

/** Those that shops know; the others have the name that the product data specification gives them. */
const names: Readonly<Record<string, () => string>> = {
  id: m.attribute_id,
  title: m.attribute_title,
  description: m.attribute_description,
  link: m.attribute_link,
  image_link: m.attribute_image_link,
  additional_image_link: m.attribute_additional_image_link,
  price: m.attribute_price,
  sale_price: m.attribute_sale_price,
  sale_price_effective_date: m.attribute_sale_price_effective_date,
  availability: m.attribute_availability,
  availability_date: m.attribute_availability_date,
  condition: m.attribute_condition,
  brand: m.attribute_brand,
  gtin: m.attribute_gtin,
  mpn: m.attribute_mpn,
  google_product_category: m.attribute_google_product_category,
  product_type: m.attribute_product_type,
  item_group_id: m.attribute_item_group_id,
  color: m.attribute_color,
  size: m.attribute_size,
  material: m.attribute_material,
  pattern: m.attribute_pattern,
  gender: m.attribute_gender,
  age_group: m.attribute_age_group,
  shipping: m.attribute_shipping,
  shipping_weight: m.attribute_shipping_weight,
  product_detail: m.attribute_product_detail,
  product_highlight: m.attribute_product_highlight,
};

/** What an attribute of the product data specification is called in a shop. */
export const attributeName = (name: string): string => names[name]?.() ?? name.replaceAll('_', ' ');
