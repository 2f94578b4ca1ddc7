import type { ImportErrorType } from '#lib/graphql/generated/graphql.ts';
import { m } from '#lib/paraglide/messages.js';

const names: Readonly<Record<ImportErrorType, () => string>> = {
  PARSE_ERROR: () => m.issue_type_parse_error(),
  MISSING_ID: () => m.issue_missing_id_title(),
  MISSING_TITLE: () => m.issue_missing_title_title(),
  DUPLICATE_ID: () => m.issue_duplicate_id_title(),
  VALIDATION_ERROR: () => m.issue_type_validation_error(),
};

/** What a kind of fault is called, where its codes are not told apart. */
export const issueTypeName = (type: ImportErrorType): string => names[type]();
