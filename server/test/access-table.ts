import {
  F,
  field,
  masked,
  mutation,
  nobody,
  node,
  none,
  ofShop,
  ownersDo,
  query,
  seenOfShop,
  staffLook,
  storeLabel,
  subscription,
  U,
  type AccessLine,
} from './access-line.ts';
import { catalogueLines } from './access-table.catalogue.ts';
import { importLines } from './access-table.imports.ts';
import { ownersPassword } from './access-world.ts';
import { globalIdOf } from './global-id.ts';

const absent = '0192f3a4-0000-7000-8000-000000000001';
const idTypes = ['Store', 'ImportJob', 'ImportError', 'MarketplaceProduct', 'Product', 'PublicationJob'];
/** Ids that are none, of types that there are not or that are no nodes, with malformed keys, and of no record. */
const unusableIds = [
  '',
  'garbage',
  globalIdOf('Nonsense', '1'),
  globalIdOf('Stats', '1'),
  ...idTypes.flatMap((typename) => [
    globalIdOf(typename, '1'),
    globalIdOf(typename, absent),
    globalIdOf(typename, `${absent}:0`),
    globalIdOf(typename, `${absent}:0:0`),
    globalIdOf(typename, `${absent}\0`),
  ]),
];

const merchantMissing = 'MERCHANT_NOT_FOUND';

/** The colleague, as somebody meets them who sees the imports of the shop. */
const met = (part: string) =>
  `{ store(code: "shop") { importJobs(first: 1) { edges { node { createdBy { ${part} } } } } } }`;
const email = 'colleague@example.test';

/** What there is of accounts, merchants, stores and logs, and what global ids lead to. */
const accountLines: readonly AccessLine[] = [
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
  query('logs', '{ logs { totalCount edges { node { label: message } } } }', [U, 'noted', F, F, F, F]),
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
    'verifyStoreDomain',
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
  subscription('logTail', 'subscription { logTail { label: message } }', 1, [U, 'noted', F, F, F, F]),
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
];

/** A line for each field of Query, Mutation and Subscription, each type of node, and each field that some may not see. */
export const accessTable: readonly AccessLine[] = [...accountLines, ...catalogueLines, ...importLines];
