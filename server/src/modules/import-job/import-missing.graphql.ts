import { builder } from '../../graphql/builder.ts';
import { results, userError } from '../../graphql/results.ts';
import { ImportJobNotFoundError, MissingNotHeldError, NewerImportRunningError } from './import-job.errors.ts';
import type { WatchedJob } from './import-job.record.ts';
import { requestReview } from './import-job.requests.ts';
import { ImportJobType, MissingReviewType } from './import-job.type.ts';

userError(MissingNotHeldError, 'The import asks nothing about missing products, or no longer.');
userError(
  NewerImportRunningError,
  'A newer import in the language has begun: its end may answer the question.',
);

type ComparedJob = WatchedJob & { readonly missingReview: NonNullable<WatchedJob['missingReview']> };

const ImportMissing = builder.objectRef<ComparedJob>('ImportMissing').implement({
  description:
    'What a complete import found of the products that earlier imports in its language had brought.',
  fields: (t) => ({
    review: t.expose('missingReview', {
      type: MissingReviewType,
      description: 'What became of the products that the feed lacks.',
    }),
    missingCount: t.int({
      description: 'Products that the feed lacks and that the complete import before it had.',
      resolve: ({ missingCount }) => missingCount ?? 0,
    }),
    returnedCount: t.int({
      description: 'Products that were missing and that the feed has again.',
      resolve: ({ returnedCount }) => returnedCount ?? 0,
    }),
    presentCount: t.int({
      nullable: true,
      description:
        'Products of its language that are not missing, as the import has left them; null when it brought nothing new.',
      resolve: ({ presentCount }) => presentCount,
    }),
  }),
});

builder.objectField(ImportJobType, 'missing', (t) =>
  t.field({
    type: ImportMissing,
    nullable: true,
    description:
      'What the feed lacks; null until a complete import has compared it with the products of its language.',
    resolve: (job) => {
      const { missingReview } = job;
      return missingReview === null ? null : { ...job, missingReview };
    },
  }),
);

const ReviewMissingProductsInput = builder.inputType('ReviewMissingProductsInput', {
  description: 'An answer to an import that lacked so many products that it asks.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'Global id of the import.' }),
    accept: t.boolean({
      required: true,
      description:
        'True when they are really gone: they are missing from then on. False when the feed was wrong: all stays as it is.',
    }),
  }),
});

const ReviewMissingProductsPayload = builder
  .objectRef<{ readonly importJob: WatchedJob }>('ReviewMissingProductsPayload')
  .implement({
    description: 'The question was answered.',
    fields: (t) => ({
      importJob: t.expose('importJob', { type: ImportJobType, description: 'The import as it is now.' }),
    }),
  });

builder.mutationField('reviewMissingProducts', (t) =>
  t.field({
    type: ReviewMissingProductsPayload,
    description:
      'Says whether the products that an import lacked are really gone. For managers and owners of the store, and admins.',
    authScopes: { signedIn: true },
    args: {
      input: t.arg({ type: ReviewMissingProductsInput, required: true, description: 'The answer.' }),
    },
    errors: results('ReviewMissingProducts', [
      ImportJobNotFoundError,
      MissingNotHeldError,
      NewerImportRunningError,
    ]),
    resolve: async (_root, { input }, context) => ({
      importJob: await requestReview(context, input.id, input.accept),
    }),
  }),
);
