/** How a part of the ledger is painted. */
export type LedgerKind = 'new' | 'updated' | 'unchanged' | 'error' | 'warning' | 'todo';

export interface LedgerPart {
  readonly kind: LedgerKind;
  readonly count: number;
}

/** In full, for the style sheet is made from the names that it finds in the sources. */
export const ledgerClass: Readonly<Record<LedgerKind, string>> = {
  new: 'l-new',
  updated: 'l-updated',
  unchanged: 'l-unchanged',
  error: 'l-error',
  warning: 'l-warning',
  todo: 'l-todo',
};
