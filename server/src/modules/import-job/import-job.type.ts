import { builder } from '../../graphql/builder.ts';
import type { WatchedJob } from './import-job.record.ts';

/** The type ImportJob, for all files that have fields of it; import-job.graphql.ts says what it holds. */
export const ImportJobType = builder.objectRef<WatchedJob>('ImportJob');

export const ImportJobStatusType = builder.enumType('ImportJobStatus', {
  description: 'Where an import is in its life.',
  values: {
    PENDING: { description: "Waits for its store's turn: a store imports one feed at a time." },
    PROCESSING: { description: 'Runs.' },
    COMPLETED: { description: 'Every row of the feed is in the store.' },
    COMPLETED_WITH_ERRORS: { description: 'Some rows were left out; the rest is in the store.' },
    FAILED: { description: 'The feed was refused or broke off; `failure` says why.' },
    CANCELLED: { description: 'Stopped by somebody. What was saved before stays.' },
  } as const,
});

export const MissingReviewType = builder.enumType('MissingReview', {
  description: 'What became of the products that a feed lacks.',
  values: {
    APPLIED: { description: 'They are missing from then on, unless the feed of another language has them.' },
    HELD: {
      description: 'They are so many that a person has to say whether it is right; nothing was changed.',
    },
    ACCEPTED: { description: 'A person has said that it is right: they are missing.' },
    DISMISSED: { description: 'A person has said that it is not: nothing was changed.' },
    SUPERSEDED: { description: 'A later import has answered the question.' },
  } as const,
});

export const ImportJobConnectionType = builder.connectionObject(
  {
    type: ImportJobType,
    name: 'ImportJobConnection',
    description: 'Imports, newest first.',
  },
  { name: 'ImportJobEdge', description: 'An import in a list.' },
);
