import type { Problem } from '#lib/graphql/problem.ts';
import type { Paged } from './product-filter.ts';

/**
 * What a list of products shows: `rows`, which are those of before while others are asked for; `unread` when what is
 * asked for could not be read; `none` where nothing matches; `beyond` on a page that has become empty.
 */
export type ListState = 'rows' | 'unread' | 'none' | 'beyond';

interface Read {
  readonly problem: Problem | null;
  /** What was found answers what is asked for now. */
  readonly current: boolean;
}

export function listStateOf(
  { problem, current }: Read,
  found: { readonly edges: readonly unknown[] } | null,
  { place }: Pick<Paged, 'place'>,
): ListState {
  // What was found before says nothing of another filter.
  if (!current) return problem === null ? 'rows' : 'unread';
  if (found === null || found.edges.length > 0) return 'rows';
  return place === null ? 'none' : 'beyond';
}
