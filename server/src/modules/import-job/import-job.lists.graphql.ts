import { builder } from '../../graphql/builder.ts';
import { fault } from '../../graphql/errors.ts';
import { LanguageType } from '../../graphql/language.ts';
import { pageComplexity } from '../../graphql/page.ts';
import { findImportJob } from './import-job.access.ts';
import { listImportJobs } from './import-job.list.ts';
import { listStoreJobs } from './import-job.store-list.ts';
import {
  ImportJobConnectionType,
  ImportJobStatusType,
  ImportJobType,
  MissingReviewType,
} from './import-job.type.ts';

const ImportJobFilter = builder.inputType('ImportJobFilter', {
  description: 'Which imports are meant; what is left out or null leaves all of them in.',
  fields: (t) => ({
    storeCode: t.string({ description: 'Of this store. None when the viewer may not see it.' }),
    status: t.field({ type: [ImportJobStatusType], description: 'In one of these states. Empty means any.' }),
    marketplace: t.string({ description: 'From this marketplace.' }),
    language: t.field({ type: LanguageType, description: 'Of feeds in this language.' }),
    missingReview: t.field({
      type: MissingReviewType,
      description: 'Those whose missing products became this: HELD for those that ask.',
    }),
    createdByMe: t.boolean({ description: 'True for those that the viewer started.' }),
  }),
});

builder.queryField('importJobs', (t) =>
  t.connection(
    {
      type: ImportJobType,
      description: 'Imports of the stores that the viewer may see, newest first.',
      authScopes: { signedIn: true },
      args: { filter: t.arg({ type: ImportJobFilter, description: 'Only these.' }) },
      complexity: pageComplexity,
      resolve: (_root, { filter, ...args }, { db, viewer }) => {
        if (!viewer) throw fault('UNAUTHENTICATED');
        return listImportJobs(db, viewer, filter ?? {}, args);
      },
    },
    ImportJobConnectionType,
  ),
);

builder.queryField('importJob', (t) =>
  t.field({
    type: ImportJobType,
    nullable: true,
    description: 'The import of a global id; null when there is none that the viewer may see.',
    authScopes: { signedIn: true },
    args: { id: t.arg.id({ required: true, description: 'Global id of the import.' }) },
    resolve: (_root, { id }, { db, viewer }) => findImportJob(db, viewer, id),
  }),
);

builder.prismaObjectField('Store', 'importJobs', (t) =>
  t.connection(
    {
      type: ImportJobType,
      description: "The store's imports, newest first.",
      args: {
        status: t.arg({
          type: [ImportJobStatusType],
          description: 'Only those in one of these states. Empty means any.',
        }),
        language: t.arg({ type: LanguageType, description: 'Only those of feeds in this language.' }),
      },
      complexity: pageComplexity,
      resolve: ({ id }, args, context, info) => listStoreJobs(context, info, id, args),
    },
    ImportJobConnectionType,
  ),
);
