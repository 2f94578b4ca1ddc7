import { z } from 'zod';
import { builder } from '../../graphql/builder.ts';
import { LanguageType } from '../../graphql/language.ts';
import { errorTypesByRank, type ImportErrorType } from '../../product-data/codes.ts';
import { longestFeedAddress } from '../../product-data/feed-address.ts';
import { requestFeedCheck } from './feed-check.request.ts';
import type { FeedCheckResult } from './feed-check.ts';
import { ImportErrorTypeType } from './import-error.type.ts';

interface Column {
  readonly header: string;
  readonly attribute: string;
  readonly firstCell: string | null;
}

const FeedCheckColumn = builder.objectRef<Column>('FeedCheckColumn').implement({
  description: 'A column of a feed that an import reads.',
  fields: (t) => ({
    header: t.exposeString('header', { description: 'As the file names it.' }),
    attribute: t.exposeString('attribute', {
      description: 'What it is read as, by its name in the product data specification.',
    }),
    firstCell: t.exposeString('firstCell', {
      nullable: true,
      description:
        'What it holds for the first product, as the file has it, cut at 200 characters; empty when it is empty, null without a product.',
    }),
  }),
});

interface Errors {
  readonly type: ImportErrorType;
  readonly count: number;
  readonly example: string | null;
}

const FeedCheckErrors = builder.objectRef<Errors>('FeedCheckErrors').implement({
  description: 'Rows of a feed that an import would leave out for one kind of fault.',
  fields: (t) => ({
    type: t.expose('type', { type: ImportErrorTypeType, description: 'The kind that they count as.' }),
    count: t.exposeInt('count', { description: 'How many rows.' }),
    example: t.exposeString('example', {
      nullable: true,
      description: 'What is wrong with the first of them, with its row, in English.',
    }),
  }),
});

interface Warnings {
  readonly code: string;
  readonly count: number;
  readonly example: string | null;
}

const FeedCheckWarnings = builder.objectRef<Warnings>('FeedCheckWarnings').implement({
  description: 'Faults of one code that leave no row out, also in rows that others leave out.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'Stable: what programs look at.' }),
    count: t.exposeInt('count', { description: 'How many.' }),
    example: t.exposeString('example', {
      nullable: true,
      description: 'What is wrong the first time, with its row unless it is the header, in English.',
    }),
  }),
});

const FeedCheckRefusal = builder.objectRef<{ code: string; message: string }>('FeedCheckRefusal').implement({
  description: 'Why an import would take nothing from the address, or not all of the feed.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'Stable: one of those of failed imports.' }),
    message: t.exposeString('message', { description: 'A sentence for people, in English.' }),
  }),
});

const FeedCheckResultType = builder.objectRef<FeedCheckResult>('FeedCheckResult').implement({
  description: 'What an import of a feed would do. Nothing of it is stored.',
  fields: (t) => ({
    refused: t.expose('refused', {
      type: FeedCheckRefusal,
      nullable: true,
      description: 'Why the address or the feed is refused; null when an import would read it to its end.',
    }),
    encoding: t.exposeString('encoding', {
      nullable: true,
      description: 'As it was detected; null when no file came.',
    }),
    delimiter: t.exposeString('delimiter', {
      nullable: true,
      description: 'The character between cells; null when none was found.',
    }),
    format: t.exposeString('format', {
      nullable: true,
      description:
        '`google` for the names of columns of Google, `catalogue` for those of shops; null when unknown.',
    }),
    bytes: t.expose('bytes', {
      type: 'BigInt',
      nullable: true,
      description: 'Size of the file, unpacked; null when none came.',
    }),
    columns: t.field({
      type: [FeedCheckColumn],
      description: 'Columns that an import reads, in the order of the file.',
      resolve: ({ columns, firstCells }) =>
        Object.entries(columns.recognised).map(([header, attribute]) => ({
          ...{ header, attribute },
          firstCell: firstCells[header] ?? null,
        })),
    }),
    extraColumns: t.stringList({
      description: 'Columns that are no attribute: kept with each product, shown nowhere.',
      resolve: ({ columns }) => [...columns.extra],
    }),
    rows: t.exposeInt('rows', { description: 'Data rows: blank and help records are none.' }),
    accepted: t.exposeInt('accepted', { description: 'Rows that an import would save.' }),
    errors: t.field({
      type: [FeedCheckErrors],
      description: 'Rows that it would leave out, by kind; with `accepted` they add up to `rows`.',
      resolve: ({ errors, examples }) =>
        errorTypesByRank.flatMap((type) => {
          const name = type.toLowerCase();
          const count = errors[name] ?? 0;
          return count > 0 ? [{ type, count, example: examples.errors[name] ?? null }] : [];
        }),
    }),
    warnings: t.field({
      type: [FeedCheckWarnings],
      description: 'Faults that would leave no row out, the most frequent first.',
      resolve: ({ warnings, examples }) =>
        Object.entries(warnings)
          .sort(([, a], [, b]) => b - a)
          .map(([code, count]) => ({ code, count, example: examples.warnings[code] ?? null })),
    }),
    sample: t.field({
      type: ['JSON'],
      description:
        'The first three products, as values by the names of the product data specification; empty ones are left out.',
      resolve: ({ sample }) => [...sample],
    }),
    seconds: t.exposeFloat('seconds', { description: 'How long the check took.' }),
  }),
});

const FeedCheckInput = builder.inputType('FeedCheckInput', {
  description: 'A feed to look at.',
  fields: (t) => ({
    storeCode: t.string({
      required: true,
      description: 'The store that an import would be for: its currency and time zone count.',
    }),
    sourceUrl: t.string({
      required: true,
      description:
        'Address of the feed, http or https. An address of the store as it is shown, with its secrets masked, will do.',
      validate: z
        .string()
        .max(
          longestFeedAddress,
          `An address has at most ${longestFeedAddress.toLocaleString('en')} characters.`,
        ),
    }),
    language: t.field({
      type: LanguageType,
      required: true,
      defaultValue: 'EN',
      description: "Of the feed's texts.",
    }),
  }),
});

builder.queryField('feedCheck', (t) =>
  t.field({
    type: FeedCheckResultType,
    description:
      'Fetches and reads a whole feed as an import would, and stores nothing. For managers and owners of the store, and admins. Ends when the client leaves. TOO_BUSY when too many are under way; NOT_FOUND for a store that the viewer may not see.',
    authScopes: { signedIn: true },
    args: { input: t.arg({ type: FeedCheckInput, required: true, description: 'Which feed.' }) },
    // It costs a download: a few in one operation are too many.
    complexity: { field: 5_000 },
    resolve: (_root, { input }, context, info) => requestFeedCheck(context, input, info.getAbortSignal()),
  }),
);
