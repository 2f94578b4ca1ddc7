import { untrack } from 'svelte';
import { changed } from './changed.ts';

/**
 * Facts in a form: as the API has them, and what somebody types over them. What nobody typed over follows what is read
 * anew, and what is typed stays, also while something is saved. To be made while the form is set up.
 */
export class Draft<Facts extends object> {
  /** As they stand in the form. */
  facts: Facts;
  /** As they were read or saved last. */
  #before: Facts;

  constructor(read: () => Facts) {
    this.#before = untrack(read);
    this.facts = $state({ ...this.#before });
    $effect(() => {
      // Comes after what was seen before.
      const now = read();
      untrack(() => this.settle(now, this.#before));
    });
  }

  get dirty(): boolean {
    return Object.keys(this.newsOf(this.facts)).length > 0;
  }
  /** Of these facts those that are to be saved. */
  newsOf(facts: Facts): Partial<Facts> {
    return changed(this.#before, facts);
  }
  /** They are so now, read or saved: what differs from `seen`, which stood there when that was asked, stays as typed. */
  settle(known: Facts, seen: Facts): void {
    this.facts = { ...known, ...changed(seen, this.facts) };
    this.#before = known;
  }
}
