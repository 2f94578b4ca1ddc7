import { ownersPassword } from './access-world.ts';

/**
 * What somebody gets: the values that are called `label` in the answer, each once, in the order of letters; `nothing`
 * when there are none; the code of a refusal or of an error.
 */
export type Outcomes = readonly [
  signedOut: string,
  admin: string,
  owner: string,
  manager: string,
  staff: string,
  other: string,
];

export interface AccessLine {
  /** `Type.field`, or the name of a type of node. */
  readonly field: string;
  /** What is asked when a field has several lines. */
  readonly asking?: string;
  readonly source: (ids: Readonly<Record<string, string>>) => string;
  readonly gets: Outcomes;
  /** Of a subscription: how many events are looked at. */
  readonly events?: number;
}

const U = 'UNAUTHENTICATED';
const F = 'FORBIDDEN';
const none = 'nothing';

type Source = string | AccessLine['source'];
const sourceOf = (source: Source): AccessLine['source'] =>
  typeof source === 'string' ? () => source : source;

const query = (field: string, source: Source, gets: Outcomes, asking?: string): AccessLine => ({
  field: `Query.${field}`,
  source: sourceOf(source),
  gets,
  ...(asking === undefined ? {} : { asking }),
});

/** `part` is a path of fields into the payload, around the label. */
const mutation = (
  field: string,
  input: Source | null,
  part: string,
  gets: Outcomes,
  asking?: string,
): AccessLine => {
  const name = field.slice(0, 1).toUpperCase() + field.slice(1);
  const args = (ids: Readonly<Record<string, string>>) =>
    input === null ? '' : `(input: { ${sourceOf(input)(ids)} })`;
  return {
    field: `Mutation.${field}`,
    source: (ids) =>
      `mutation { ${field}${args(ids)} { ... on UserError { code } ... on ${name}Payload { ${part} } } }`,
    gets,
    ...(asking === undefined ? {} : { asking }),
  };
};

const node = (typename: string, id: string, part: string, gets: Outcomes): AccessLine => ({
  field: typename,
  source: (ids) => `{ node(id: "${ids[id] ?? ''}") { ... on ${typename} { ${part} } } }`,
  gets,
});

const subscription = (field: string, source: Source, events: number, gets: Outcomes, asking?: string) => ({
  ...{ field: `Subscription.${field}`, source: sourceOf(source), events, gets },
  ...(asking === undefined ? {} : { asking }),
});

/** A field of an object that some may see and others not. */
const field = (name: string, source: Source, gets: Outcomes): AccessLine => ({
  ...{ field: name, source: sourceOf(source), gets },
});

const seenOfShop = (label: string): Outcomes => [U, label, label, label, label, none];

const globalId = (text: string) => Buffer.from(text).toString('base64');
const absent = '0192f3a4-0000-7000-8000-000000000001';
const idTypes = ['Store', 'ImportJob', 'ImportError', 'MarketplaceProduct', 'Product', 'PublicationJob'];
/** Ids that are none, of types that there are not or that are no nodes, with malformed keys, and of no record. */
const unusableIds = [
  '',
  'garbage',
  globalId('Nonsense:1'),
  globalId('Stats:1'),
  ...idTypes.flatMap((typename) => [
    globalId(`${typename}:1`),
    globalId(`${typename}:${absent}`),
    globalId(`${typename}:${absent}:0`),
    globalId(`${typename}:${absent}:0:0`),
    globalId(`${typename}:${absent}\0`),
  ]),
];
const nobody: Outcomes = [none, none, none, none, none, none];

const queries: AccessLine[] = [
  query('viewer', '{ viewer { label: name } }', [none, 'admin', 'owner', 'manager', 'staff', 'other']),
  query('users', '{ users { totalCount edges { node { label: name } } } }', [
    ...([U, 'admin colleague manager other owner staff', F, F, F, F] as const),
  ]),
  query('merchant', ({ merchant }) => `{ merchant(id: "${merchant}") { label: name } }`, [
    ...([U, 'Maison', 'Maison', none, none, none] as const),
  ]),
  query('merchants', '{ merchants { totalCount edges { node { label: name } } } }', [
    ...([U, 'Maison Other', 'Maison', none, none, 'Other'] as const),
  ]),
  query('store', '{ store(code: "shop") { label: code } }', seenOfShop('shop')),
  query('stores', '{ stores { totalCount edges { node { label: code } } } }', [
    ...([U, 'other shop', 'shop', 'shop', 'shop', 'other'] as const),
  ]),
  query(
    'stores',
    ({ merchant }) => `{ stores(merchantId: "${merchant}") { totalCount edges { node { label: code } } } }`,
    [U, 'shop', 'shop', none, none, none],
    'those of a merchant',
  ),
  query(
    'stores',
    '{ stores(search: "shop") { totalCount edges { node { label: code } } } }',
    seenOfShop('shop'),
    'those with a word',
  ),
  query('node', ({ store }) => `{ node(id: "${store}") { ... on Store { label: code } } }`, [
    ...([none, 'shop', 'shop', 'shop', 'shop', none] as const),
  ]),
  ...unusableIds.map((id) =>
    query('node', `{ node(id: "${id}") { label: id } }`, nobody, `the id "${id}", of nothing`),
  ),
  query('nodes', `{ nodes(ids: ${JSON.stringify(unusableIds)}) { label: id } }`, nobody, 'ids of nothing'),
  query(
    'nodes',
    ({ store, otherStore }) =>
      `{ nodes(ids: ["${store}", "${otherStore}"]) { ... on Store { label: code } } }`,
    [none, 'other shop', 'shop', 'shop', 'shop', 'other'],
  ),
  query('importJob', ({ endedJob }) => `{ importJob(id: "${endedJob}") { store { label: code } } }`, [
    ...seenOfShop('shop'),
  ]),
  query('importJobs', '{ importJobs { totalCount edges { node { store { label: code } } } } }', [
    ...([U, 'other shop', 'shop', 'shop', 'shop', 'other'] as const),
  ]),
  query(
    'importJobs',
    '{ importJobs(filter: { storeCode: "shop" }) { totalCount edges { node { store { label: code } } } } }',
    seenOfShop('shop'),
    'those of a store',
  ),
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
    'feedCheck',
    `{ feedCheck(input: { storeCode: "shop", sourceUrl: "http://10.0.0.1/feed.csv" }) { refused { label: code } } }`,
    [U, 'ADDRESS_FORBIDDEN', 'ADDRESS_FORBIDDEN', 'ADDRESS_FORBIDDEN', F, 'NOT_FOUND'],
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
  query('stats', '{ stats(storeCode: "shop") { label: timeZone } }', [
    ...([U, 'Europe/Paris', 'Europe/Paris', 'Europe/Paris', 'Europe/Paris', 'NOT_FOUND'] as const),
  ]),
  query('stats', '{ stats { imports { label: total } } }', [U, '4', F, F, F, F], 'all stores'),
  query('logs', '{ logs { totalCount edges { node { label: message } } } }', [U, 'noted', F, F, F, F]),
];

const storeLabel = 'store { label: code }';

const nodes: AccessLine[] = [
  node('Merchant', 'merchant', 'label: name', [none, 'Maison', 'Maison', none, none, none]),
  node('Store', 'store', 'label: code', [none, 'shop', 'shop', 'shop', 'shop', none]),
  node('StoreDomain', 'domain', 'label: hostname', [
    ...([none, 'shop.example', 'shop.example', 'shop.example', 'shop.example', none] as const),
  ]),
  node('StoreMember', 'member', 'label: email', [
    ...([
      none,
      'colleague@example.test',
      'colleague@example.test',
      'colleague@example.test',
      none,
      none,
    ] as const),
  ]),
  node('User', 'staff', 'label: name', [none, 'staff', none, none, 'staff', none]),
  node('ImportJob', 'endedJob', 'store { label: code }', [none, 'shop', 'shop', 'shop', 'shop', none]),
  node('ImportError', 'importError', 'label: code', [
    ...([none, 'TITLE_MISSING', 'TITLE_MISSING', 'TITLE_MISSING', 'TITLE_MISSING', none] as const),
  ]),
  node('MarketplaceProduct', 'product', 'label: marketplaceProductId', [
    ...([none, 'shop-1', 'shop-1', 'shop-1', 'shop-1', none] as const),
  ]),
  node('Product', 'catalogueProduct', 'label: price', [none, '5.00', '5.00', '5.00', '5.00', none]),
  node('PublicationJob', 'publication', storeLabel, [none, 'shop', 'shop', 'shop', 'shop', none]),
];

const staffLook = (done: string, notFound: string): Outcomes => [U, done, done, done, F, notFound];
const ownersDo = (done: string, notFound: string): Outcomes => [U, done, done, F, F, notFound];
const merchantMissing = 'MERCHANT_NOT_FOUND';

const mutations: AccessLine[] = [
  mutation('login', `email: "owner@example.test", password: "${ownersPassword}"`, 'viewer { label: name }', [
    'owner',
    'owner',
    'owner',
    'owner',
    'owner',
    'owner',
  ]),
  mutation('refreshSession', null, 'viewer { label: name }', [
    ...(['SESSION_ENDED', 'SESSION_ENDED', 'SESSION_ENDED'] as const),
    ...(['SESSION_ENDED', 'SESSION_ENDED', 'SESSION_ENDED'] as const),
  ]),
  mutation('logout', null, 'label: sessionsEnded', ['0', '1', '1', '1', '1', '1']),
  mutation('logoutEverywhere', null, 'label: sessionsEnded', [U, '1', '1', '1', '1', '1']),
  mutation(
    'changePassword',
    'currentPassword: "not the one", password: "a new one that nobody guesses"',
    'viewer { label: name }',
    [U, 'WRONG_PASSWORD', 'WRONG_PASSWORD', 'WRONG_PASSWORD', 'WRONG_PASSWORD', 'WRONG_PASSWORD'],
  ),
  mutation(
    'createUser',
    'email: "new@example.test", name: "new", password: "a new one that nobody guesses"',
    'user { label: name }',
    [U, 'new', F, F, F, F],
  ),
  mutation('updateUser', ({ staff }) => `id: "${staff}", name: "renamed"`, 'user { label: name }', [
    ...([U, 'renamed', 'USER_NOT_FOUND', 'USER_NOT_FOUND', 'renamed', 'USER_NOT_FOUND'] as const),
  ]),
  mutation(
    'updateUser',
    ({ staff }) => `id: "${staff}", platformAdmin: true`,
    'user { label: name }',
    [U, 'staff', 'USER_NOT_FOUND', 'USER_NOT_FOUND', F, 'USER_NOT_FOUND'],
    'more rights',
  ),
  mutation(
    'createMerchant',
    'name: "New", contactEmail: "office@new.example", ownerEmail: "staff@example.test"',
    'merchant { label: name }',
    [U, 'New', F, F, F, F],
  ),
  mutation(
    'updateMerchant',
    ({ merchant }) => `id: "${merchant}", name: "Renamed"`,
    'merchant { label: name }',
    [...([U, 'Renamed', 'Renamed', merchantMissing, merchantMissing, merchantMissing] as const)],
  ),
  mutation(
    'updateMerchant',
    ({ merchant }) => `id: "${merchant}", active: false`,
    'merchant { label: name }',
    [U, 'Maison', F, merchantMissing, merchantMissing, merchantMissing],
    'switched off',
  ),
  mutation(
    'updateMerchant',
    ({ merchant }) => `id: "${merchant}", ownerEmail: "staff@example.test"`,
    'merchant { label: name }',
    [U, 'Maison', F, merchantMissing, merchantMissing, merchantMissing],
    'another owner',
  ),
  mutation(
    'createStore',
    ({ merchant }) => `merchantId: "${merchant}", code: "new", name: "New"`,
    storeLabel,
    [...([U, 'new', 'new', merchantMissing, merchantMissing, merchantMissing] as const)],
  ),
  mutation(
    'updateStore',
    'storeCode: "shop", active: false',
    storeLabel,
    ownersDo('shop', 'STORE_NOT_FOUND'),
  ),
  mutation(
    'updateStoreSettings',
    'storeCode: "shop", name: "Shop", letzshopCsvUrlDe: "https://feeds.example/de.csv"',
    storeLabel,
    staffLook('shop', 'STORE_NOT_FOUND'),
  ),
  mutation(
    'addStoreDomain',
    'storeCode: "shop", hostname: "new.example"',
    'storeDomain { label: hostname }',
    staffLook('new.example', 'STORE_NOT_FOUND'),
  ),
  mutation(
    'setPrimaryStoreDomain',
    ({ domain }) => `id: "${domain}"`,
    storeLabel,
    staffLook('shop', 'STORE_DOMAIN_NOT_FOUND'),
  ),
  mutation(
    'removeStoreDomain',
    ({ domain }) => `id: "${domain}"`,
    storeLabel,
    staffLook('shop', 'STORE_DOMAIN_NOT_FOUND'),
  ),
  mutation(
    'addStoreMember',
    'storeCode: "shop", email: "other@example.test", role: STAFF',
    'storeMember { label: email }',
    ownersDo('other@example.test', 'STORE_NOT_FOUND'),
  ),
  mutation(
    'updateStoreMember',
    ({ member }) => `id: "${member}", role: MANAGER`,
    'storeMember { label: role }',
    [...([U, 'MANAGER', 'MANAGER', F, 'STORE_MEMBER_NOT_FOUND', 'STORE_MEMBER_NOT_FOUND'] as const)],
  ),
  mutation('removeStoreMember', ({ member }) => `id: "${member}"`, storeLabel, [
    ...([U, 'shop', 'shop', F, 'STORE_MEMBER_NOT_FOUND', 'STORE_MEMBER_NOT_FOUND'] as const),
  ]),
  mutation(
    'startImport',
    'storeCode: "shop", sourceUrl: "https://feeds.example/feed.csv"',
    'importJob { store { label: code } }',
    staffLook('shop', 'STORE_NOT_FOUND'),
  ),
  mutation(
    'cancelImport',
    ({ waitingJob }) => `id: "${waitingJob}"`,
    'importJob { label: status }',
    staffLook('CANCELLED', 'IMPORT_JOB_NOT_FOUND'),
  ),
  mutation(
    'retryImport',
    ({ endedJob }) => `id: "${endedJob}"`,
    'importJob { label: status }',
    staffLook('PENDING', 'IMPORT_JOB_NOT_FOUND'),
  ),
  mutation(
    'reviewMissingProducts',
    ({ endedJob }) => `id: "${endedJob ?? ''}", accept: true`,
    'importJob { label: status }',
    staffLook('MISSING_NOT_HELD', 'IMPORT_JOB_NOT_FOUND'),
  ),
];

const priced = 'product { label: price }';
const catalogueMutations: AccessLine[] = [
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
];

const shopsFirst: Outcomes = [U, 'shop', 'shop', 'shop', 'shop', 'NOT_FOUND'];

const subscriptions: AccessLine[] = [
  subscription(
    'importJobProgress',
    ({ waitingJob }) => `subscription { importJobProgress(id: "${waitingJob}") { store { label: code } } }`,
    1,
    shopsFirst,
  ),
  subscription('importJobsChanged', 'subscription { importJobsChanged { store { label: code } } }', 2, [
    ...([U, 'other shop', 'shop', 'shop', 'shop', 'other'] as const),
  ]),
  subscription(
    'importJobsChanged',
    'subscription { importJobsChanged(storeCode: "shop") { store { label: code } } }',
    2,
    shopsFirst,
    'those of a store',
  ),
  subscription(
    'publicationProgress',
    ({ publication }) =>
      `subscription { publicationProgress(id: "${publication ?? ''}") { store { label: code } } }`,
    1,
    shopsFirst,
  ),
  subscription('statsChanged', 'subscription { statsChanged(storeCode: "shop") { label: timeZone } }', 1, [
    ...([U, 'Europe/Paris', 'Europe/Paris', 'Europe/Paris', 'Europe/Paris', 'NOT_FOUND'] as const),
  ]),
  subscription(
    'statsChanged',
    'subscription { statsChanged { imports { label: total } } }',
    1,
    [U, '4', F, F, F, F],
    'all stores',
  ),
  subscription('logTail', 'subscription { logTail { label: message } }', 1, [U, 'noted', F, F, F, F]),
];

/** The colleague, as somebody meets them who sees the imports of the shop. */
const met = (part: string) =>
  `{ store(code: "shop") { importJobs(first: 1) { edges { node { createdBy { ${part} } } } } } }`;
const ofShop = (part: string) => `{ store(code: "shop") { ${part} } }`;
const email = 'colleague@example.test';
const masked = 'https://***@feeds.example/feed.csv?token=***';

const fields: AccessLine[] = [
  field('User.name', met('label: name'), seenOfShop('colleague')),
  field('User.email', met('label: email'), [U, email, email, email, none, none]),
  field('User.platformAdmin', met('label: platformAdmin'), [U, 'false', none, none, none, none]),
  field('User.active', met('label: active'), [U, 'true', none, none, none, none]),
  field('User.createdAt', met('createdAt'), [U, none, none, none, none, none]),
  field('User.memberships', met('memberships { label: role }'), [U, 'STAFF', 'STAFF', 'STAFF', none, none]),
  field('User.memberships', '{ viewer { memberships { label: role store { code } } } }', [
    ...([none, none, none, 'MANAGER', 'STAFF', none] as const),
  ]),
  field('User.merchants', '{ viewer { merchants { label: name } } }', [
    ...([none, none, 'Maison', none, none, 'Other'] as const),
  ]),
  field('Store.members', ofShop('members { label: role email user { name } }'), [
    ...([U, 'MANAGER STAFF', 'MANAGER STAFF', 'MANAGER STAFF', none, none] as const),
  ]),
  field('Store.domains', ofShop('domains { label: hostname }'), seenOfShop('shop.example')),
  field('Store.merchant', ofShop('merchant { label: name }'), [U, 'Maison', 'Maison', none, none, none]),
  field('Store.viewerRole', ofShop('label: viewerRole'), [U, 'ADMIN', 'OWNER', 'MANAGER', 'STAFF', none]),
  field('Store.viewerCanManage', ofShop('label: viewerCanManage'), [
    U,
    'true',
    'true',
    'true',
    'false',
    none,
  ]),
  field('Store.viewerCanOwn', ofShop('label: viewerCanOwn'), [U, 'true', 'true', 'false', 'false', none]),
  field('Store.letzshopCsvUrlFr', ofShop('label: letzshopCsvUrlFr'), seenOfShop(masked)),
  field('Store.catalogue', ofShop('catalogue { label: published }'), seenOfShop('1')),
  field(
    'MarketplaceProduct.product',
    ({ product }) =>
      `{ node(id: "${product ?? ''}") { ... on MarketplaceProduct { product { label: price } } } }`,
    [none, '5.00', '5.00', '5.00', '5.00', none],
  ),
  field('Store.brands', ofShop('label: brands'), seenOfShop('shop-brand')),
  field('Store.marketplaceProductCount', ofShop('label: marketplaceProductCount'), seenOfShop('1')),
  field('Merchant.contactEmail', ofShop('merchant { label: contactEmail }'), [
    ...([U, 'office@shop.example', 'office@shop.example', none, none, none] as const),
  ]),
  field('Merchant.vatNumber', ofShop('merchant { label: vatNumber }'), [
    ...([U, 'LU12345678', 'LU12345678', none, none, none] as const),
  ]),
  field('Merchant.owner', ofShop('merchant { owner { label: name } }'), [
    ...([U, 'owner', 'owner', none, none, none] as const),
  ]),
  field('Merchant.stores', ofShop('merchant { stores { totalCount edges { node { label: code } } } }'), [
    ...([U, 'shop', 'shop', none, none, none] as const),
  ]),
  field('ImportJob.sourceUrl', ofShop('importJobs(first: 1) { edges { node { label: sourceUrl } } }'), [
    ...seenOfShop(masked),
  ]),
];

/** A line for each field of Query, Mutation and Subscription, each type of node, and each field that some may not see. */
export const accessTable: readonly AccessLine[] = [
  ...queries,
  ...nodes,
  ...mutations,
  ...catalogueMutations,
  ...subscriptions,
  ...fields,
];
