import { builder } from '../../graphql/builder.ts';
import { fault } from '../../graphql/errors.ts';
import { modelType } from '../../graphql/model-type.ts';
import { statsScope } from './stats.access.ts';
import type {
  DayStats,
  ImportCounts,
  QueueStats,
  StatsRecord,
  StoreDuration,
  StoreFailures,
} from './stats.record.ts';
import { readStats } from './stats.service.ts';
import type {} from './stats.watch.ts';

const ImportStats = builder.objectRef<ImportCounts>('ImportStats').implement({
  description: 'How many imports there are, of all times.',
  fields: (t) => ({
    total: t.exposeInt('total', { description: 'In all.' }),
    pending: t.exposeInt('pending', { description: "Those that wait for their store's turn." }),
    processing: t.exposeInt('processing', { description: 'Those that run.' }),
    completed: t.exposeInt('completed', { description: 'Those without errors.' }),
    completedWithErrors: t.exposeInt('completedWithErrors', {
      description: 'Those that left some rows out.',
    }),
    failed: t.exposeInt('failed', {
      description: 'Those whose feed was refused or broke off, or that could not be carried out.',
    }),
    cancelled: t.exposeInt('cancelled', { description: 'Those that somebody stopped.' }),
    active: t.int({
      description: 'Those that wait or run.',
      resolve: ({ pending, processing }) => pending + processing,
    }),
    withErrors: t.int({
      description: 'Those that need a look: failed, or with rows left out.',
      resolve: ({ completedWithErrors, failed }) => completedWithErrors + failed,
    }),
  }),
});

const ImportDay = builder.objectRef<DayStats>('ImportDay').implement({
  description: 'The imports that were asked for on one day, in the state that they are in now.',
  fields: (t) => ({
    day: t.exposeString('day', { description: 'Such as 2026-01-31, in `timeZone`.' }),
    imports: t.exposeInt('total', { description: 'In all.' }),
    completed: t.exposeInt('completed', { description: 'Those without errors.' }),
    completedWithErrors: t.exposeInt('completedWithErrors', {
      description: 'Those that left some rows out.',
    }),
    failures: t.exposeInt('failed', {
      description: 'Those whose feed was refused or broke off, or that could not be carried out.',
    }),
    cancelled: t.exposeInt('cancelled', { description: 'Those that somebody stopped.' }),
    rows: t.exposeFloat('rows', {
      description: 'Rows that were read: none by an import that brought nothing new.',
    }),
    rowErrors: t.exposeFloat('rowErrors', { description: 'Rows of those that were left out.' }),
  }),
});

const StoreDurationStats = builder.objectRef<StoreDuration>('StoreDurationStats').implement({
  description:
    'How long the imports of a store took, of the last 30 days. Left out are those that failed, were cancelled, were ' +
    'interrupted, or brought nothing new.',
  fields: (t) => ({
    store: t.expose('store', { type: modelType('Store'), description: 'The store.' }),
    imports: t.exposeInt('imports', { description: 'How many there were, of those.' }),
    typicalDurationMs: t.exposeFloat('typicalDurationMs', { description: 'Half of them took no longer.' }),
    longestDurationMs: t.exposeFloat('longestDurationMs', { description: 'The longest of them.' }),
  }),
});

const StoreFailureStats = builder.objectRef<StoreFailures>('StoreFailureStats').implement({
  description: 'How often imports of a store failed in the last 30 days.',
  fields: (t) => ({
    store: t.expose('store', { type: modelType('Store'), description: 'The store.' }),
    imports: t.exposeInt('imports', { description: 'Those that ended, cancelled ones left out.' }),
    failed: t.exposeInt('failed', { description: 'Those of them that failed.' }),
    share: t.float({ description: '0 to 1.', resolve: ({ failed, imports }) => failed / imports }),
  }),
});

const QueueStatsType = builder.objectRef<QueueStats>('QueueStats').implement({
  description: 'What waits and what runs now.',
  fields: (t) => ({
    waiting: t.exposeInt('waiting', { description: 'Imports that wait for their turn.' }),
    running: t.exposeInt('running', { description: 'Imports that run.' }),
    places: t.exposeInt('places', {
      description: 'How many can run at the same time: one for a store. 0 when nothing takes turns now.',
    }),
    oldestWaitingSeconds: t.exposeFloat('oldestWaitingSeconds', {
      nullable: true,
      description: 'How long the oldest waits already; null when none does.',
    }),
    typicalWaitMs: t.exposeFloat('typicalWaitMs', {
      nullable: true,
      description:
        'Half of the imports that were asked for in the last 24 hours and have begun waited no longer; null when there were none.',
    }),
    longestWaitMs: t.exposeFloat('longestWaitMs', {
      nullable: true,
      description:
        'The longest wait of an import that was asked for in the last 24 hours and has begun; null when there were none.',
    }),
    rowsPerSecond: t.exposeFloat('rowsPerSecond', {
      description: 'Of all imports that run, together; 0 when nothing moves.',
    }),
  }),
});

const StatsType = builder.objectRef<StatsRecord>('Stats').implement({
  description: 'Figures of imports: of a store for its people, of all stores for admins.',
  fields: (t) => ({
    imports: t.expose('imports', { type: ImportStats, description: 'How many there are, by state.' }),
    days: t.field({
      type: [ImportDay],
      description: 'The last 30 days, today being the last of them; days without imports are there too.',
      resolve: ({ days }) => [...days],
    }),
    timeZone: t.exposeString('timeZone', {
      description: "Where days begin: the store's time zone, or Luxembourg's. Of the IANA database.",
    }),
    slowestStores: t.field({
      type: [StoreDurationStats],
      description: 'The five stores whose imports typically take longest, the slowest first.',
      resolve: ({ slowestStores }) => [...slowestStores],
    }),
    mostFailingStores: t.field({
      type: [StoreFailureStats],
      description: 'The five stores of whose imports the largest share fails; none without failures.',
      resolve: ({ mostFailingStores }) => [...mostFailingStores],
    }),
    queue: t.expose('queue', { type: QueueStatsType, description: 'What waits and what runs.' }),
    at: t.expose('at', { type: 'DateTime', description: 'The moment that the figures are of.' }),
  }),
});

const storeCodeDescription =
  'Of this store, for its people; null for all stores, for admins alone (FORBIDDEN). NOT_FOUND for one that the viewer may not see.';

builder.queryField('stats', (t) =>
  t.field({
    type: StatsType,
    description: 'Figures of imports as they are now.',
    authScopes: { signedIn: true },
    args: { storeCode: t.arg.string({ description: storeCodeDescription }) },
    resolve: async (_root, { storeCode }, { db, viewer, importPlaces }) =>
      readStats(db, await statsScope(db, viewer, storeCode ?? null), await importPlaces()),
  }),
);

builder.subscriptionField('statsChanged', (t) =>
  t.field({
    type: StatsType,
    description:
      'Figures of imports: first as they are now, then whenever an import of the scope has changed, at most once a second, and every minute, for what changes by itself.',
    authScopes: { signedIn: true },
    args: { storeCode: t.arg.string({ description: storeCodeDescription }) },
    subscribe: async (_root, { storeCode }, { db, live, statsWatch }) => {
      if (!live) throw fault('UNAUTHENTICATED');
      return statsWatch.follow(await statsScope(db, live.current(), storeCode ?? null), live);
    },
    resolve: (stats) => stats,
  }),
);
