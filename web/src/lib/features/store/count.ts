import type { Format } from '#lib/format/format.svelte.ts';
import { m } from '#lib/paraglide/messages.js';

/** A count that is an estimate from some size on. */
export interface Count {
  readonly count: number;
  readonly exact: boolean;
}

/** The figure, with a word before it where it is an estimate. */
export const countWords = ({ count, exact }: Count, format: Pick<Format, 'count'>): string =>
  exact ? format.count(count) : m.catalogue_about({ count: format.count(count) });
