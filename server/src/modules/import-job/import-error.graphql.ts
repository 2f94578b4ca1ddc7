import { builder } from '../../graphql/builder.ts';
import { keysBy, showNodes } from '../../graphql/nodes.ts';
import { pageComplexity } from '../../graphql/page.ts';
import { searchPattern } from '../../graphql/search.ts';
import { loadWithSiblings } from '../../graphql/siblings.ts';
import { canSeeStore } from '../store/store.policy.ts';
import { errorCsvUrl } from './import-error.csv.ts';
import { loadErrorGroups, type ErrorGroup } from './import-error.groups.ts';
import { listImportErrors, loadImportErrors, loadRowData } from './import-error.list.ts';
import { errorKeyText, parseErrorKey, type KeptError } from './import-error.record.ts';
import { ImportErrorRef, ImportErrorTypeType, SeverityType } from './import-error.type.ts';
import { ImportJobType } from './import-job.type.ts';
import type { UrlKeys } from './signed-url.ts';

declare module '../../graphql/context.ts' {
  interface Services {
    /** For links that work without a sign-in for a few minutes. */
    readonly urlKeys: UrlKeys;
  }
}

showNodes<KeptError>(
  'ImportError',
  ({ storeId }, viewer) => canSeeStore(viewer, storeId),
  keysBy(errorKeyText),
);

builder.node(ImportErrorRef, {
  id: { resolve: errorKeyText, description: 'Global id.' },
  loadMany: async (ids, { db }) => {
    const errors = await loadImportErrors(db, ids);
    return ids.map((id) => errors.get(id) ?? null);
  },
  description: "A fault of a row of a feed. Seen by the store's people and by admins.",
  authScopes: ({ storeId }, { viewer }) => canSeeStore(viewer, storeId),
  fields: (t) => ({
    rowNumber: t.exposeInt('rowNumber', { description: 'From 1; the header is not counted.' }),
    lineNumber: t.exposeInt('lineNumber', { description: 'Where the row begins in the file, from 1.' }),
    identifier: t.exposeString('identifier', {
      nullable: true,
      description: "The row's product number; null when it has none that can be read.",
    }),
    type: t.expose('errorType', { type: ImportErrorTypeType, description: 'What kind of fault it is.' }),
    severity: t.expose('severity', { type: SeverityType, description: 'What it costs.' }),
    attribute: t.exposeString('attribute', {
      nullable: true,
      description: 'What the value is, by its name in the product data specification; null for a whole row.',
    }),
    code: t.exposeString('code', { description: 'Stable: what programs look at.' }),
    message: t.exposeString('errorMessage', {
      description: 'A sentence for people, in English. It quotes the feed, so it is text and never HTML.',
    }),
    rowData: t.field({
      type: 'JSON',
      nullable: true,
      description:
        'The row as the feed has it: cells by column, in the order of the file, cut at 1 kB each; from 32 kB of a row on, a cell that has a value is only `…`. Null when it cannot be taken apart.',
      // As large as dozens of the others.
      complexity: 10,
      resolve: (error, _args, context, info) => {
        const load = (keys: readonly string[]) =>
          loadRowData(
            context.db,
            keys.flatMap((key) => parseErrorKey(key) ?? []),
          );
        return loadWithSiblings(context, info, 'row', errorKeyText(error), load);
      },
    }),
  }),
});

const ImportErrorGroup = builder.objectRef<ErrorGroup>('ImportErrorGroup').implement({
  description: 'All faults of one code in an import.',
  fields: (t) => ({
    type: t.expose('type', { type: ImportErrorTypeType, description: 'What kind of fault it is.' }),
    code: t.exposeString('code', { description: 'Stable: what programs look at.' }),
    severity: t.expose('severity', { type: SeverityType, description: 'What each costs.' }),
    count: t.exposeInt('count', { description: 'Exact, however many are kept in detail.' }),
    sample: t.expose('sample', {
      type: ImportErrorRef,
      nullable: true,
      description: 'The first of them; null when none is kept in detail.',
    }),
  }),
});

const ImportErrorConnection = builder.connectionObject(
  {
    type: ImportErrorRef,
    name: 'ImportErrorConnection',
    description: 'Faults of an import, in the order of its rows.',
  },
  { name: 'ImportErrorEdge', description: 'A fault in a list.' },
);

builder.objectField(ImportJobType, 'errors', (t) =>
  t.connection(
    {
      type: ImportErrorRef,
      description:
        'Its faults that are kept in detail: those of the first 100,000 rows left out, and 1,000 warnings of each code; of one row the 20 gravest. None once they have been removed (`errorsRemovedAt`). `totalCount` is exact.',
      args: {
        type: t.arg({ type: ImportErrorTypeType, description: 'Only of this kind.' }),
        severity: t.arg({ type: SeverityType, description: 'Only with this severity.' }),
        code: t.arg.string({ description: 'Only with this code.' }),
        search: t.arg.string({
          description:
            'Only with this text in the product number, the message or a cell of the row, whatever its case.',
        }),
      },
      // A search reads the faults of an import one by one.
      complexity: (args) => ({
        ...pageComplexity(args),
        field: searchPattern(args.search) === null ? 1 : 2_000,
      }),
      resolve: ({ id }, args, context, info) => listImportErrors(context, info, id, args),
    },
    ImportErrorConnection,
  ),
);

builder.objectField(ImportJobType, 'errorGroups', (t) =>
  t.field({
    type: [ImportErrorGroup],
    description: 'Its faults by code: errors before warnings, then by type, the most frequent first.',
    resolve: async ({ id }, _args, context, info) => {
      const load = (ids: readonly string[]) => loadErrorGroups(context.db, ids);
      return (await loadWithSiblings(context, info, 'groups', id, load)) ?? [];
    },
  }),
);

builder.objectField(ImportJobType, 'errorsCsvUrl', (t) =>
  t.string({
    nullable: true,
    description:
      'Path under which its faults can be fetched as CSV, by whoever has it, for five minutes; null when there are none, or none any more.',
    resolve: ({ id, errorCount, warningCount, errorsRemovedAt }, _args, { urlKeys }) =>
      errorCount + warningCount > 0 && !errorsRemovedAt ? errorCsvUrl(urlKeys, id) : null,
  }),
);
