import type { Answer } from '#lib/graphql/api.svelte.ts';
import { problemWords } from '#lib/features/import/problem-words.ts';
import { refusalSentence, type Refusal } from './refusal-sentence.ts';

/** What a mutation gives: its payload, or a refusal with a code. */
export type MutationResult = { readonly __typename: string } | ({ readonly __typename: string } & Refusal);

type PayloadOf<Result> = Exclude<Result, { readonly code: string }>;

/** How saving a form goes: whether it is under way, which fields were refused, and what else went wrong. */
export class Saving {
  #busy = $state(false);
  #refused = $state.raw<Readonly<Record<string, string>>>({});
  #problem = $state.raw<string | null>(null);
  readonly #fields: readonly string[];

  /** `fields`: those of the input that the form shows. A refusal of any other is said above the form. */
  constructor(fields: readonly string[] = []) {
    this.#fields = fields;
  }

  get busy(): boolean {
    return this.#busy;
  }
  /** What is not about one field. */
  get problem(): string | null {
    return this.#problem;
  }
  refusalOf(field: string): string | null {
    return this.#refused[field] ?? null;
  }

  /** Marks fields without asking the server; true when there are any. */
  refuse(refused: Readonly<Record<string, string | null>>): boolean {
    const given = Object.entries(refused).filter((entry): entry is [string, string] => entry[1] !== null);
    this.#refused = Object.fromEntries(given);
    this.#problem = null;
    return given.length > 0;
  }

  clear(): void {
    this.#refused = {};
    this.#problem = null;
  }

  /** The payload, or null when there is none: then the form says why. Nothing is sent twice at a time. */
  async save<Data, Result extends MutationResult>(
    send: () => Promise<Answer<Data>>,
    resultOf: (data: Data) => Result,
  ): Promise<PayloadOf<Result> | null> {
    if (this.#busy) return null;
    this.#busy = true;
    const { data, problem } = await send().finally(() => (this.#busy = false));
    this.clear();
    if (problem !== null) {
      this.#problem = problemWords(problem);
      return null;
    }
    const result: MutationResult = resultOf(data);
    if (!('code' in result)) return result as PayloadOf<Result>;
    const field = result.path?.at(-1);
    const sentence = refusalSentence(result);
    if (field !== undefined && this.#fields.includes(field)) this.#refused = { [field]: sentence };
    else this.#problem = sentence;
    return null;
  }
}

/** Puts the cursor into the first field that is marked as wrong. */
export function focusRefused(form: HTMLElement | undefined): void {
  form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
}
