import type { Language } from '../product-data/language.ts';
import { catalogues } from './catalogue.ts';
import type { DemoProduct } from './demo-product.ts';
import { dialects } from './dialects.ts';
import { hashOf } from './random.ts';
import type { DemoStoreCode } from './shops.ts';
import { slug, typeset } from './words.ts';

/** One row before it is written, by Google's name of the column; the shop's own column as `own`. */
export type FeedCells = Record<string, string>;

const booksLack = ['color', 'product_highlight'];
const bicyclesLack = ['material', 'product_highlight'];
const lacking: Readonly<Record<DemoStoreCode, readonly string[]>> = {
  'weber-livres': booksLack,
  'weber-deco': ['product_detail'],
  'kirchberg-velo': bicyclesLack,
};

const allColumns = [
  ...['id', 'title', 'description', 'link', 'image_link', 'additional_image_link', 'price', 'sale_price'],
  ...['sale_price_effective_date', 'availability', 'availability_date', 'condition', 'brand', 'gtin', 'mpn'],
  ...['google_product_category', 'product_type', 'item_group_id', 'color', 'size', 'material'],
  ...['product_highlight', 'product_detail', 'shipping', 'shipping_weight', 'custom_label_0', 'own'],
];

/** The columns of a store's feeds, the same in every language: an import of one leaves nothing out. */
export const columnsOf = (storeCode: DemoStoreCode): readonly string[] =>
  allColumns.filter((column) => !lacking[storeCode].includes(column));

/** The header of a column in one feed. */
export const headerOf = (storeCode: DemoStoreCode, language: Language, column: string) =>
  column === 'own' ? catalogues[storeCode].ownColumn : dialects[storeCode][language].header(column);

/** Values in one cell, joined by commas; one that holds a comma is wrapped (Merchant Center answer 9216100). */
export const listCell = (values: readonly string[]) =>
  values.map((value) => (/[,"]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)).join(',');

const pictureAddress = (storeCode: DemoStoreCode, id: string, number: number) =>
  `https://images.example.test/${storeCode}/${id.toLowerCase()}-${number}.jpg`;

function shippingCell(cents: number): string {
  const euros = (amount: number) =>
    `${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, '0')} EUR`;
  return listCell([`LU:::${euros(cents)}`, `BE:::${euros(cents + 290)}`, `DE:::${euros(cents + 290)}`]);
}

/** Some descriptions go over several lines, as those do that were typed in a form. */
const inParagraphs = (text: string) => (hashOf(text) % 16 === 0 ? text.replaceAll(/([.!]) /g, '$1\n') : text);

/** The cells of a product in one feed, all of them right. */
export function cellsOf(storeCode: DemoStoreCode, language: Language, product: DemoProduct): FeedCells {
  const dialect = dialects[storeCode][language];
  const texts = product.textsIn(language);
  const [first, ...others] = Array.from({ length: product.pictureCount }, (_, i) =>
    pictureAddress(storeCode, product.id, i + 1),
  );
  const set = (text: string) => typeset(language, text);
  return {
    id: product.id,
    title: set(texts.title),
    description: set(inParagraphs(texts.description)),
    link: `https://${storeCode}.example.test/${language}/${slug(texts.title)}-${product.id.toLowerCase()}`,
    image_link: first ?? '',
    additional_image_link: listCell(others),
    price: dialect.price(product.priceCents),
    sale_price: product.salePriceCents === undefined ? '' : dialect.price(product.salePriceCents),
    sale_price_effective_date: product.salePeriod ? dialect.period(...product.salePeriod) : '',
    availability: dialect.availability[product.availability],
    availability_date: product.availableOn === undefined ? '' : dialect.day(product.availableOn),
    condition: dialect.condition[product.condition],
    brand: product.brand,
    gtin: product.gtin,
    mpn: product.mpn,
    google_product_category: product.googleCategory,
    product_type: set(texts.productType),
    item_group_id: product.groupId,
    color: texts.colour,
    size: texts.size,
    material: texts.material,
    product_highlight: listCell(texts.highlights.map(set)),
    product_detail: listCell(texts.details.map((detail) => detail.join(':'))),
    shipping: shippingCell(product.shippingCents),
    shipping_weight: `${product.weightGrams} g`,
    custom_label_0: product.label,
    own: product.ownColumn,
  };
}
