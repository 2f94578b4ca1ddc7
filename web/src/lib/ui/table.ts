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
  /** Given when the list can be sorted by it. */
  readonly sorted?: 'ascending' | 'descending' | 'none';
  readonly class?: string;
}
