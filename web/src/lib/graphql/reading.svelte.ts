import type { AnyVariables, DocumentInput } from '@urql/core';
import { untrack } from 'svelte';
import { useApi } from './api.svelte.ts';
import { problemOf, type Problem } from './problem.ts';

/** What a page reads: as it was when it was seen before, then as it is. */
export class Reading<Data> {
  #data = $state.raw<Data | null>(null);
  #problem = $state.raw<Problem | null>(null);
  #asking = $state(true);
  #turn = $state(0);
  readonly #wanted: () => string;
  #answered = $state<string | null>(null);

  /** `wanted`: what is asked for now, as a text. */
  constructor(wanted: () => string) {
    this.#wanted = wanted;
  }

  /** null until there is any. Kept while it is asked for again, and when that fails. */
  get data(): Data | null {
    return this.#data;
  }
  /** False while `data` answers what was asked for before. */
  get current(): boolean {
    return this.#answered === this.#wanted();
  }
  /** Why there is nothing new; null when all is well. */
  get problem(): Problem | null {
    return this.#problem;
  }
  /** Nothing to show yet, and no reason why: the time for a skeleton. */
  get loading(): boolean {
    return this.#data === null && this.#problem === null;
  }
  get asking(): boolean {
    return this.#asking;
  }
  /** How often it was to be read again; an effect that reads it starts over. */
  get turn(): number {
    return this.#turn;
  }

  again = (): void => {
    this.#turn += 1;
  };

  /** An event brought news of what was read. */
  change(change: (data: Data) => Data): void {
    if (this.#data !== null) this.#data = change(this.#data);
  }

  hearAsked(keep: boolean): void {
    this.#asking = true;
    this.#problem = null;
    if (!keep) this.#data = null;
  }
  hearAnswer(wanted: string, data: Data | undefined, problem: Problem | null): void {
    this.#asking = false;
    this.#problem = problem;
    if (data === undefined) return;
    this.#data = data;
    this.#answered = wanted;
  }
}

interface Options {
  /** False: other variables are another thing, and what was read before is not shown meanwhile. */
  readonly keep?: boolean;
}

/**
 * Reads what the variables say, and again when they change; null: nothing yet. To be called while a component is
 * set up. Nothing is asked for again by itself.
 */
export function useReading<Data, Variables extends AnyVariables>(
  document: DocumentInput<Data, Variables>,
  variables: () => Variables | null,
  { keep = true }: Options = {},
): Reading<Data> {
  const api = useApi();
  // The same variables ask for the same thing, however often they were made anew: an address that changed elsewhere.
  const wantedText = $derived(JSON.stringify(variables()));
  const reading = new Reading<Data>(() => wantedText);
  let lastTurn = 0;
  let lastText = '';
  // Keeps what is shown in step with the API.
  $effect(() => {
    const text = wantedText;
    const wanted = text === 'null' ? null : untrack(variables);
    const again = reading.turn > lastTurn;
    lastTurn = reading.turn;
    // The same thing read again stays, and with it what is typed into its forms.
    const same = text === lastText;
    lastText = text;
    if (wanted === null) return;
    reading.hearAsked(keep || same);
    const asking = api.client
      .query(document, wanted, again ? { requestPolicy: 'network-only' } : {})
      .subscribe(({ data, error, stale }) => {
        // Stale: as it was when it was seen before, while it is asked for again.
        reading.hearAnswer(text, data ?? undefined, error && !data ? problemOf(error) : null);
        if (stale) reading.hearAsked(true);
      });
    return () => asking.unsubscribe();
  });
  return reading;
}
