import {
  field,
  mutation,
  nobody,
  node,
  none,
  ofShop,
  query,
  seenOfShop,
  shopsFirst,
  staffLook,
  storeLabel,
  subscription,
  type AccessLine,
} from './access-line.ts';

const priced = 'product { label: price }';

/** What there is of products: as feeds bring them, in the catalogue, and in the shop. */
export const catalogueLines: readonly AccessLine[] = [
  query(
    'marketplaceProducts',
    `{ marketplaceProducts(filter: { storeCode: "shop" }) {
         totalCount edges { node { label: marketplaceProductId } } } }`,
    seenOfShop('shop-1'),
  ),
  query(
    'products',
    `{ products(filter: { storeCode: "shop" }) {
         totalCount edges { node { marketplaceProduct { label: marketplaceProductId } } } } }`,
    seenOfShop('shop-1'),
  ),
  query(
    'storefront',
    '{ storefront(code: "shop") { products { totalCount edges { node { label: number } } } } }',
    ['shop-1', 'shop-1', 'shop-1', 'shop-1', 'shop-1', 'shop-1'],
  ),
  query(
    'storefront',
    '{ storefront(hostname: "shop.example") { label: name } }',
    nobody,
    'by a domain that is not verified',
  ),
  node('MarketplaceProduct', 'product', 'label: marketplaceProductId', [
    ...([none, 'shop-1', 'shop-1', 'shop-1', 'shop-1', none] as const),
  ]),
  node('Product', 'catalogueProduct', 'label: price', [none, '5.00', '5.00', '5.00', '5.00', none]),
  node('PublicationJob', 'publication', storeLabel, [none, 'shop', 'shop', 'shop', 'shop', none]),
  mutation(
    'publishProducts',
    ({ product }) => `storeCode: "shop", marketplaceProducts: ["${product ?? ''}"]`,
    'publication { label: status }',
    staffLook('COMPLETED', 'STORE_NOT_FOUND'),
  ),
  mutation(
    'unpublishProducts',
    ({ catalogueProduct }) => `storeCode: "shop", marketplaceProducts: ["${catalogueProduct ?? ''}"]`,
    'publication { label: unpublishedCount }',
    staffLook('1', 'STORE_NOT_FOUND'),
  ),
  mutation(
    'updateProduct',
    ({ catalogueProduct }) => `id: "${catalogueProduct ?? ''}", price: "4"`,
    priced,
    staffLook('4.00', 'PRODUCT_NOT_FOUND'),
  ),
  mutation(
    'updateProduct',
    ({ product }) => `id: "${product ?? ''}", price: "3"`,
    priced,
    staffLook('3.00', 'PRODUCT_NOT_FOUND'),
    'as the feed brought it',
  ),
  mutation(
    'updateProducts',
    ({ catalogueProduct }) =>
      `storeCode: "shop", products: [{ id: "${catalogueProduct ?? ''}", price: "4" }]`,
    'products { label: price }',
    staffLook('4.00', 'STORE_NOT_FOUND'),
  ),
  mutation(
    'moveProduct',
    ({ catalogueProduct }) => `id: "${catalogueProduct ?? ''}", before: "${catalogueProduct ?? ''}"`,
    priced,
    staffLook('5.00', 'PRODUCT_NOT_FOUND'),
  ),
  mutation(
    'resolveDrift',
    ({ catalogueProduct }) => `id: "${catalogueProduct ?? ''}", field: PRICE, keep: true`,
    priced,
    staffLook('5.00', 'PRODUCT_NOT_FOUND'),
  ),
  mutation(
    'resolveDrifts',
    'storeCode: "shop", keep: true',
    storeLabel,
    staffLook('shop', 'STORE_NOT_FOUND'),
  ),
  subscription(
    'publicationProgress',
    ({ publication }) =>
      `subscription { publicationProgress(id: "${publication ?? ''}") { store { label: code } } }`,
    1,
    shopsFirst,
  ),
  field('Store.catalogue', ofShop('catalogue { label: published }'), seenOfShop('1')),
  field(
    'MarketplaceProduct.product',
    ({ product }) =>
      `{ node(id: "${product ?? ''}") { ... on MarketplaceProduct { product { label: price } } } }`,
    [none, '5.00', '5.00', '5.00', '5.00', none],
  ),
  field('Store.brands', ofShop('label: brands'), seenOfShop('shop-brand')),
  field('Store.marketplaceProductCount', ofShop('label: marketplaceProductCount'), seenOfShop('1')),
];
