import { builder } from '../../graphql/builder.ts';
import { LanguageType } from '../../graphql/language.ts';
import { modelType } from '../../graphql/model-type.ts';
import { showNodes } from '../../graphql/nodes.ts';
import type { HeaderWarning } from '../../pipeline/types.ts';
import { redactUrl } from '../../shared/redact-url.ts';
import { canSeeStore } from '../store/store.policy.ts';
import { loadWatchedJobs } from './import-job.list.ts';
import type { WatchedJob } from './import-job.record.ts';
import {
  broughtNothingNew,
  durationMsOf,
  phasesOf,
  progressOf,
  type Phase,
  type Progress,
} from './import-job.stepper.ts';
import { ImportJobStatusType, ImportJobType } from './import-job.type.ts';

showNodes<WatchedJob>('ImportJob', ({ storeId }, viewer) => canSeeStore(viewer, storeId));

const ImportPhase = builder.enumType('ImportPhase', {
  description: 'The four steps that every import goes through, in this order.',
  values: {
    DOWNLOAD: { value: 'download', description: 'The feed is fetched.' },
    READ: { value: 'read', description: 'Encoding, delimiter and columns are found out.' },
    ROWS: { value: 'rows', description: 'Rows are checked and saved.' },
    REPORT: { value: 'report', description: 'The counts are drawn up.' },
  } as const,
});

const ImportPhaseState = builder.enumType('ImportPhaseState', {
  description: 'How far a step of an import is.',
  values: {
    WAITING: { description: 'Not begun yet.' },
    RUNNING: { description: 'Under way.' },
    DONE: { description: 'Over.' },
    SKIPPED: { description: 'Never begun: the import ended before it, or the feed brought nothing new.' },
    FAILED: { description: 'The import failed in it.' },
    CANCELLED: { description: 'The import was cancelled in it.' },
  } as const,
});

const ImportProgressType = builder.objectRef<Progress>('ImportProgress').implement({
  description: 'Where a running import is. What is not known is null, never a guess.',
  fields: (t) => ({
    phase: t.expose('phase', { type: ImportPhase, description: 'The step that is under way.' }),
    fraction: t.exposeFloat('fraction', {
      nullable: true,
      description: 'Of this step, 0 to 1; null while its size is not known, and while the file is read.',
    }),
    bytesRead: t.expose('bytesRead', {
      type: 'BigInt',
      nullable: true,
      description: 'Of the download or, then, of the file; null in steps that do not count bytes.',
    }),
    bytesTotal: t.expose('bytesTotal', {
      type: 'BigInt',
      nullable: true,
      description: 'What `bytesRead` leads to; null while it is not known.',
    }),
    rowsPerSecond: t.exposeFloat('rowsPerSecond', {
      nullable: true,
      description: 'Over the last seconds; null before rows are saved, and when nothing moves.',
    }),
    secondsLeft: t.exposeFloat('secondsLeft', {
      nullable: true,
      description: 'Until the end of this step, at the speed of now; null while that cannot be told.',
    }),
  }),
});

const ImportPhaseProgress = builder.objectRef<Phase>('ImportPhaseProgress').implement({
  description: 'One step of an import, also when it is long over.',
  fields: (t) => ({
    phase: t.expose('phase', { type: ImportPhase, description: 'Which one.' }),
    state: t.expose('state', { type: ImportPhaseState, description: 'How far it is.' }),
    count: t.expose('count', {
      type: 'BigInt',
      nullable: true,
      description: 'Bytes of DOWNLOAD, rows of ROWS; null for the others, and before it began.',
    }),
    durationMs: t.exposeFloat('durationMs', {
      nullable: true,
      description: 'So far, or in all; null when it did not begin, or its end was not seen.',
    }),
  }),
});

const ImportFailure = builder.objectRef<{ code: string; message: string }>('ImportFailure').implement({
  description: 'Why an import failed.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'Stable: what programs look at.' }),
    message: t.exposeString('message', { description: 'A sentence for people, in English.' }),
  }),
});

/** As a job's record has it; an older one knows no columns. */
type StoredHeaderWarning = Omit<HeaderWarning, 'columns'> & Partial<Pick<HeaderWarning, 'columns'>>;

const ImportHeaderWarning = builder.objectRef<StoredHeaderWarning>('ImportHeaderWarning').implement({
  description: "A fault of the feed's header. It costs no row.",
  fields: (t) => ({
    code: t.exposeString('code', { description: 'Stable: what programs look at.' }),
    message: t.exposeString('message', { description: 'A sentence for people, in English.' }),
    columns: t.stringList({
      description: 'Columns that are meant, as the feed names them: first the one that is read.',
      resolve: ({ columns }) => columns ?? [],
    }),
  }),
});

builder.node(ImportJobType, {
  id: { resolve: ({ id }) => id, description: 'Global id.' },
  loadMany: async (ids, { db }) => {
    const jobs = await loadWatchedJobs(db, ids);
    return ids.map((id) => jobs.get(id) ?? null);
  },
  description: "An import of a feed into a store. Seen by the store's people and by admins.",
  authScopes: ({ storeId }, { viewer }) => canSeeStore(viewer, storeId),
  fields: (t) => ({
    store: t.expose('store', {
      type: modelType('Store'),
      description: 'The store that the products go to.',
    }),
    createdBy: t.expose('createdBy', {
      type: modelType('User'),
      nullable: true,
      description: 'Who started it; null for the command line, and when the account is gone.',
    }),
    marketplace: t.exposeString('marketplace', { description: 'Where the feed comes from: "Letzshop".' }),
    sourceUrl: t.string({
      description: 'Address of the feed. Passwords and tokens in it are masked, for everybody.',
      resolve: ({ sourceUrl }) => redactUrl(sourceUrl),
    }),
    language: t.expose('language', { type: LanguageType, description: "Of the feed's texts." }),
    batchSize: t.exposeInt('batchSize', { description: 'Rows that are saved together.' }),
    status: t.expose('status', { type: ImportJobStatusType, description: 'Where it is in its life.' }),
    importedCount: t.exposeInt('importedCount', { description: 'Rows that brought a new product.' }),
    updatedCount: t.exposeInt('updatedCount', { description: 'Rows that changed a product.' }),
    unchangedCount: t.exposeInt('unchangedCount', { description: 'Rows that changed nothing.' }),
    errorCount: t.exposeInt('errorCount', { description: 'Rows that were left out.' }),
    warningCount: t.exposeInt('warningCount', {
      description: 'Faults that leave no row out, also in rows that others leave out.',
    }),
    totalProcessed: t.exposeInt('totalProcessed', {
      description: 'Rows so far: always the sum of new, updated, unchanged and errors.',
    }),
    totalRows: t.exposeInt('totalRows', {
      nullable: true,
      description: 'Rows of the feed; null until all of it has been read.',
    }),
    progress: t.field({
      type: ImportProgressType,
      nullable: true,
      description: 'Where it is now; null unless it runs.',
      resolve: (job) => progressOf(job, new Date()),
    }),
    phases: t.field({
      type: [ImportPhaseProgress],
      description: 'All four steps in their order, before, while and after it runs.',
      resolve: (job) => phasesOf(job, new Date()),
    }),
    nothingNew: t.boolean({
      description: 'True when the feed was the same as at an earlier import, so that no row had to be read.',
      resolve: (job) => broughtNothingNew(job),
    }),
    encoding: t.exposeString('encoding', {
      nullable: true,
      description: 'Of the feed, as it was detected; null before.',
    }),
    delimiter: t.exposeString('delimiter', {
      nullable: true,
      description: 'The character between cells, as it was detected; null before.',
    }),
    format: t.exposeString('format', {
      nullable: true,
      description:
        '`google` for the names of columns of Google, `catalogue` for those of shops; null before it is known.',
    }),
    bytesTotal: t.expose('bytesTotal', {
      type: 'BigInt',
      nullable: true,
      description: 'Size of the feed in bytes; null while it is not known.',
    }),
    headerWarnings: t.field({
      type: [ImportHeaderWarning],
      description: 'Faults of the header; none before it was read.',
      resolve: ({ headerWarnings }) =>
        Array.isArray(headerWarnings) ? (headerWarnings as unknown as StoredHeaderWarning[]) : [],
    }),
    failure: t.field({
      type: ImportFailure,
      nullable: true,
      description: 'Why it failed; null unless it did.',
      resolve: ({ failureCode: code, failureMessage }) =>
        code === null ? null : { code, message: failureMessage ?? '' },
    }),
    attempt: t.exposeInt('attempt', {
      description:
        'How often it was begun: more than once after an interruption. 0 before the first time; one that was handed back waits again and keeps it.',
    }),
    retryOf: t.loadable({
      type: ImportJobType,
      nullable: true,
      description: 'The import that this one repeats; null when it repeats none, or that one is gone.',
      load: async (ids: string[], { db }) => {
        const jobs = await loadWatchedJobs(db, ids);
        return ids.map((id) => jobs.get(id) ?? null);
      },
      resolve: ({ retryOfId }) => retryOfId,
    }),
    revision: t.exposeInt('revision', {
      description: 'Grows with each change: of two states of an import the one with the larger is newer.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was asked for.' }),
    startedAt: t.expose('startedAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'When it began to run for the first time; null before. One that was handed back waits again and keeps it.',
    }),
    restartedAt: t.expose('restartedAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'When the feed was found changed after an interruption, so that counting began anew; null if never.',
    }),
    cancelRequestedAt: t.expose('cancelRequestedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was asked to stop; it ends after the rows that are being saved. Null if never.',
    }),
    lastSignAt: t.expose('lastSignAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When something was heard of it last; null before it runs.',
    }),
    completedAt: t.expose('completedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it ended, however it did; null before.',
    }),
    errorsRemovedAt: t.expose('errorsRemovedAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'When the details of its faults were deleted, as those of old imports are; their counts stay. Null while there are any.',
    }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it changed last.' }),
    durationMs: t.float({
      nullable: true,
      description:
        'From its first start to its end, or until now while it runs; null when it has not begun, and while it waits again.',
      resolve: (job) => durationMsOf(job, new Date()),
    }),
  }),
});
