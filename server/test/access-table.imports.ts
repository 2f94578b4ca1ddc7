import {
  F,
  field,
  masked,
  mutation,
  node,
  none,
  ofShop,
  query,
  seenOfShop,
  shopsFirst,
  staffLook,
  subscription,
  U,
  type AccessLine,
} from './access-line.ts';

/** What there is of imports, and what is counted of them. */
export const importLines: readonly AccessLine[] = [
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
    'feedCheck',
    `{ feedCheck(input: { storeCode: "shop", sourceUrl: "http://10.0.0.1/feed.csv" }) { refused { label: code } } }`,
    [U, 'ADDRESS_FORBIDDEN', 'ADDRESS_FORBIDDEN', 'ADDRESS_FORBIDDEN', F, 'NOT_FOUND'],
  ),
  query('stats', '{ stats(storeCode: "shop") { label: timeZone } }', [
    ...([U, 'Europe/Paris', 'Europe/Paris', 'Europe/Paris', 'Europe/Paris', 'NOT_FOUND'] as const),
  ]),
  query('stats', '{ stats { imports { label: total } } }', [U, '4', F, F, F, F], 'all stores'),
  node('ImportJob', 'endedJob', 'store { label: code }', [none, 'shop', 'shop', 'shop', 'shop', none]),
  node('ImportError', 'importError', 'label: code', [
    ...([none, 'TITLE_MISSING', 'TITLE_MISSING', 'TITLE_MISSING', 'TITLE_MISSING', none] as const),
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
  field('ImportJob.sourceUrl', ofShop('importJobs(first: 1) { edges { node { label: sourceUrl } } }'), [
    ...seenOfShop(masked),
  ]),
];
