import { builder } from '../../graphql/builder.ts';
import { followImportJob, followImportJobs } from './import-job.follow.ts';
import { ImportJobType } from './import-job.type.ts';

builder.subscriptionField('importJobProgress', (t) =>
  t.field({
    type: ImportJobType,
    description:
      'An import as it goes: first its state now, then each change, at most ten a second, and the end after the last. NOT_FOUND when there is none that the viewer may see; it ends early when the viewer may see it no more. While it runs, each change has the store as it was when the run began.',
    authScopes: { signedIn: true },
    args: { id: t.arg.id({ required: true, description: 'Global id of the import.' }) },
    subscribe: (_root, { id }, { importWatch, live }) => followImportJob(importWatch, live, String(id)),
    resolve: (job) => job,
  }),
);

builder.subscriptionField('importJobsChanged', (t) =>
  t.field({
    type: ImportJobType,
    description:
      'Each import that appears or changes from now on, as it is then; of several changes in a row the last is told. Nothing is told of imports that the viewer may not see at the time. One that runs has the store as it was when the run began.',
    authScopes: { signedIn: true },
    args: {
      storeCode: t.arg.string({
        description:
          'Only those of this store; null for all that the viewer may see. NOT_FOUND when there is none that the viewer may see.',
      }),
    },
    subscribe: (_root, { storeCode }, { db, importWatch, live }) =>
      followImportJobs(db, importWatch, live, storeCode ?? null),
    resolve: (job) => job,
  }),
);
