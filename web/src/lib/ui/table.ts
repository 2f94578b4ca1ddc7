import type { Snippet } from 'svelte';

export interface TableColumn<Row> {
  readonly key: string;
  readonly head: string;
  /** A head that is only said, such as that of actions. */
  readonly headHidden?: boolean;
  readonly cell: Snippet<[Row]>;
  /** Figures and times: to the right, each digit as wide as the others. */
  readonly number?: boolean;
  readonly action?: boolean;
  /** Where it stands on the card of a phone: status on `top`, the time `aside`, the `name`, its `action`, a line `wide`, or not at all. */
  readonly phone?: 'top' | 'aside' | 'name' | 'action' | 'wide' | 'off';
  readonly class?: string;
}

/** For a table whose display is changed, which to a browser is none any more, unless its parts say what they are. */
export const tableRole = {
  table: 'table',
  group: 'rowgroup',
  row: 'row',
  head: 'columnheader',
  rowHead: 'rowheader',
  cell: 'cell',
};
