import { z } from 'zod';
import { builder } from '../../graphql/builder.ts';
import { LanguageType } from '../../graphql/language.ts';
import { results, userError } from '../../graphql/results.ts';
import { longestFeedAddress } from '../../product-data/feed-address.ts';
import { StoreNotFoundError } from '../store/store.errors.ts';
import {
  BatchSizeError,
  FeedAddressError,
  ImportFileGoneError,
  ImportJobEndedError,
  ImportJobNotEndedError,
  ImportJobNotFoundError,
  MarketplaceUnknownError,
  StoreInactiveError,
  TooManyWaitingError,
} from './import-job.errors.ts';
import type { WatchedJob } from './import-job.record.ts';
import { requestCancellation, requestImport, requestRetry } from './import-job.requests.ts';
import { defaultBatch, defaultMarketplace, largestBatch, smallestBatch } from './import-job.service.ts';
import { ImportJobType } from './import-job.type.ts';

userError(BatchSizeError, 'The batch size is too small or too large.');
userError(
  FeedAddressError,
  'No feed can be fetched from the address. The code is one of those of failed imports.',
);
userError(ImportFileGoneError, 'The import read a file of the command line, which is not kept.');
userError(ImportJobEndedError, 'The import has ended: there is nothing left to cancel.');
userError(ImportJobNotEndedError, 'The import has not ended: it cannot be repeated yet.');
userError(ImportJobNotFoundError, 'There is no such import, or none that the viewer may see.');
userError(MarketplaceUnknownError, 'Feeds of this marketplace cannot be imported.');
userError(StoreInactiveError, 'The store or its merchant is switched off.');
userError(TooManyWaitingError, 'As many imports of the store wait for its turn as can.');

const payload = (name: string, description: string, field: string) =>
  builder.objectRef<{ readonly importJob: WatchedJob }>(name).implement({
    description,
    fields: (t) => ({ importJob: t.expose('importJob', { type: ImportJobType, description: field }) }),
  });

const StartImportInput = builder.inputType('StartImportInput', {
  description: 'A feed to import into a store.',
  fields: (t) => ({
    storeCode: t.string({ required: true, description: 'The store that the products go to.' }),
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
    marketplace: t.string({
      required: true,
      defaultValue: defaultMarketplace,
      description: 'Where the feed comes from; "Letzshop" is the only one so far.',
    }),
    language: t.field({
      type: LanguageType,
      required: true,
      defaultValue: 'EN',
      description: "Of the feed's texts.",
    }),
    batchSize: t.int({
      required: true,
      defaultValue: defaultBatch,
      description: `Rows that are saved together, ${smallestBatch} to ${largestBatch.toLocaleString('en')}. It changes nothing of the result.`,
    }),
  }),
});

const ImportJobIdInput = (name: string, description: string) =>
  builder.inputType(name, {
    description,
    fields: (t) => ({ id: t.id({ required: true, description: 'Global id of the import.' }) }),
  });

builder.mutationField('startImport', (t) =>
  t.field({
    type: payload('StartImportPayload', 'The import was asked for.', "It waits for the store's turn."),
    description:
      'Asks for an import, and returns at once. For managers and owners of the store, and admins; a store imports one feed at a time, further ones wait.',
    authScopes: { signedIn: true },
    args: {
      input: t.arg({ type: StartImportInput, required: true, description: 'What to import.' }),
    },
    errors: results('StartImport', [
      StoreNotFoundError,
      StoreInactiveError,
      FeedAddressError,
      MarketplaceUnknownError,
      BatchSizeError,
      TooManyWaitingError,
    ]),
    resolve: async (_root, { input }, context) => ({ importJob: await requestImport(context, input) }),
  }),
);

builder.mutationField('cancelImport', (t) =>
  t.field({
    type: payload(
      'CancelImportPayload',
      'The import is cancelled, or will be.',
      'CANCELLED when it waited; a running one ends after the rows that are being saved.',
    ),
    description:
      'Stops an import; what it has saved stays. For managers and owners of the store, and admins. Twice is once.',
    authScopes: { signedIn: true },
    args: {
      input: t.arg({
        type: ImportJobIdInput('CancelImportInput', 'An import to stop.'),
        required: true,
        description: 'Which import.',
      }),
    },
    errors: results('CancelImport', [ImportJobNotFoundError, ImportJobEndedError]),
    resolve: async (_root, { input }, context) => ({
      importJob: await requestCancellation(context, input.id),
    }),
  }),
);

builder.mutationField('retryImport', (t) =>
  t.field({
    type: payload('RetryImportPayload', 'The import was asked for once more.', 'A new one, with `retryOf`.'),
    description:
      'Asks for an import with the address and settings of one that has ended. For managers and owners of the store, and admins.',
    authScopes: { signedIn: true },
    args: {
      input: t.arg({
        type: ImportJobIdInput('RetryImportInput', 'An import to repeat.'),
        required: true,
        description: 'Which import.',
      }),
    },
    errors: results('RetryImport', [
      ImportJobNotFoundError,
      ImportJobNotEndedError,
      ImportFileGoneError,
      StoreInactiveError,
      FeedAddressError,
      TooManyWaitingError,
    ]),
    resolve: async (_root, { input }, context) => ({ importJob: await requestRetry(context, input.id) }),
  }),
);
