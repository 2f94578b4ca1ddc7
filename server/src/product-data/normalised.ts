import type { RowIssueCode } from './codes.ts';

/** A value read from a cell, or the code of the reason why it cannot be. */
export type Normalised<T> =
  | { readonly ok: true; readonly value: T; readonly warning?: RowIssueCode }
  | { readonly ok: false; readonly code: RowIssueCode };
