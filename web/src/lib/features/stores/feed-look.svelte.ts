import type { FeedCheck } from '#lib/features/import/import-request.svelte.ts';
import { readingProblemWords } from '#lib/features/import/problem-words.ts';
import type { Api } from '#lib/graphql/api.svelte.ts';
import { FeedCheckDocument, type FeedCheckInput } from '#lib/graphql/generated/graphql.ts';
import { problemOf } from '#lib/graphql/problem.ts';

/** A look at a feed from the settings of a store: whether it can be read, with nothing stored. */
export class FeedLook {
  readonly #api: Api;
  #busy = $state(false);
  #address = $state.raw<string | null>(null);
  #check = $state.raw<FeedCheck | null>(null);
  #problem = $state.raw<string | null>(null);
  #end: (() => void) | undefined;

  constructor(api: Api) {
    this.#api = api;
  }

  get busy(): boolean {
    return this.#busy;
  }
  /** The one that is looked at, or was last; null before, and after it was changed. */
  get address(): string | null {
    return this.#address;
  }
  /** null before somebody asked, and after the address was changed. */
  get check(): FeedCheck | null {
    return this.#check;
  }
  /** Why there is no answer, in words. */
  get problem(): string | null {
    return this.#problem;
  }

  look(input: FeedCheckInput): void {
    this.forget();
    this.#busy = true;
    this.#address = input.sourceUrl;
    const asking = this.#api.client
      .query(FeedCheckDocument, { input }, { requestPolicy: 'network-only' })
      .subscribe(({ data, error }) => {
        this.#busy = false;
        this.#check = data?.feedCheck ?? null;
        this.#problem = error && !data ? readingProblemWords(problemOf(error)) : null;
      });
    this.#end = () => asking.unsubscribe();
  }

  /** What was said does not hold any more; a look that is under way is ended. */
  forget(): void {
    this.stop();
    this.#busy = false;
    this.#address = null;
    this.#check = null;
    this.#problem = null;
  }

  /** The server ends the look when nobody waits for it. */
  stop(): void {
    this.#end?.();
  }
}
