import { builder } from '../../graphql/builder.ts';
import type { KeptError } from './import-error.record.ts';

/** The type ImportError; import-error.graphql.ts says what it holds. */
export const ImportErrorRef = builder.objectRef<KeptError>('ImportError');

export const ImportErrorTypeType = builder.enumType('ImportErrorType', {
  description: 'What kind of fault a row has. One row counts as one error: the first of these that it has.',
  values: {
    PARSE_ERROR: { description: 'The row cannot be taken apart into cells.' },
    MISSING_ID: { description: 'The row has no product number.' },
    MISSING_TITLE: { description: 'The row has no title.' },
    DUPLICATE_ID: { description: 'An earlier row of the feed has the same product number.' },
    VALIDATION_ERROR: { description: 'A value cannot be read, or makes no sense.' },
  } as const,
});

export const SeverityType = builder.enumType('Severity', {
  description: 'What a fault costs.',
  values: {
    ERROR: { description: 'The row is left out.' },
    WARNING: {
      description:
        'At most the value that is meant is left empty. The row is saved, unless an error of its own leaves it out.',
    },
  } as const,
});
