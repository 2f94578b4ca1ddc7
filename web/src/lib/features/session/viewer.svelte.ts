import { getContext, setContext } from 'svelte';
import type { Api } from '#lib/graphql/api.svelte.ts';
import type { ViewerQuery } from '#lib/graphql/generated/graphql.ts';
import type { Problem } from '#lib/graphql/problem.ts';
import type { Reading } from '#lib/graphql/reading.svelte.ts';

export type ViewerFacts = NonNullable<ViewerQuery['viewer']>;

/** Who uses the pages, for everything below `SignedIn`. */
export class Viewer {
  readonly #api: Api;
  readonly #reading: Pick<Reading<ViewerQuery>, 'data' | 'problem' | 'again'>;
  #leaving = false;

  constructor(api: Api, reading: Pick<Reading<ViewerQuery>, 'data' | 'problem' | 'again'>) {
    this.#api = api;
    this.#reading = reading;
  }

  /** null for the moment before they are read. */
  get facts(): ViewerFacts | null {
    return this.#reading.data?.viewer ?? null;
  }
  /** Why they could not be read; null when they were, or may still be. */
  get problem(): Problem | null {
    return this.#reading.data === null ? this.#reading.problem : null;
  }
  again = (): void => this.#reading.again();
  get name(): string {
    return this.facts?.name ?? '';
  }
  get isAdmin(): boolean {
    return this.facts?.platformAdmin === true;
  }
  /** True from when they signed out by themselves: nothing has ended that they would have to be told about. */
  get leaving(): boolean {
    return this.#leaving;
  }

  async signOut(): Promise<void> {
    this.#leaving = true;
    await this.#api.session.end();
  }
}

const key = Symbol('viewer');

export const provideViewer = (viewer: Viewer): Viewer => setContext(key, viewer);
/** To be called while a component below `SignedIn` is set up. */
export const useViewer = (): Viewer => getContext(key);
