import type { RowIssueCode } from './codes.ts';

/** A value read from a cell, or the code of the reason why it cannot be. */
export type Normalised<T> =
  | {
      readonly ok: true;
      readonly value: T;
      readonly warning?: RowIssueCode;
      /** What of the cell the warning is about, when the rest of it was kept. */
      readonly lost?: string | undefined;
    }
  | { readonly ok: false; readonly code: RowIssueCode };
