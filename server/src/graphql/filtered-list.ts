import { Prisma } from '../generated/prisma/client.ts';
import type { PagePart, Total } from './page.ts';

/**
 * Pages and totals of lists with a filter. The planner would have to know how many of one store's rows the filter lets
 * through, and guesses wrong by thousands, so it is never asked: a walk through the list fills the page when the
 * filter lets many through, or the list is short; otherwise all that it lets through are looked up by its own index.
 */

/**
 * Rows that are looked at one after the other before an index of the filter is asked. A filter that lets one in fifty
 * through fills its page on the way; one that lets fewer through has few enough to be sorted.
 */
export const walkLength = 1_000;

/** So few are left by other conditions that their titles are compared, rather than the index of titles asked. */
export const fewEnough = 5_000;

/** What a share of the rows at both ends makes of the whole: so many are surely more than 10,000, and not counted out. */
const certainlyMany = 20_000;

export const always = Prisma.sql`true`;

/** What a row of a walk has besides its own columns. */
export interface WalkStep {
  /** Whether the filter lets it through. */
  readonly hit: boolean | null;
  /** From 1 up to `walkLength`. */
  readonly step: bigint;
}

/** The rows of the first `walkLength` steps that the filter lets through, and that of the last step; `limit` at most. */
export type Walk<Row> = (part: PagePart) => Promise<readonly (Row & WalkStep)[]>;

interface FilteredList<Row> {
  readonly walk: Walk<Row>;
  /** The first that the filter lets through, out of all that it does. */
  readonly lookUp: (part: PagePart) => Promise<readonly Row[]>;
}

/** A part of what the filter lets through. */
export async function findFiltered<Row>(
  { walk, lookUp }: FilteredList<Row>,
  part: PagePart,
): Promise<readonly Row[]> {
  const { found, ended } = await walked(walk, part);
  return ended || found.length === part.limit ? found : lookUp(part);
}

interface FilteredCount {
  readonly walk: Walk<unknown>;
  /** In the order of the list, and from its end. */
  readonly orderBy: Prisma.Sql;
  readonly fromEnd: Prisma.Sql;
  /** How many the list has without the filter. */
  readonly countWhole: () => Promise<Total>;
  /** How many the filter lets through. */
  readonly countFound: () => Promise<Total>;
}

/**
 * How many the filter lets through; not counted one by one where so many get through from both ends of the list that
 * they are estimated. One end alone says little: feeds have their brands, and their categories, side by side.
 */
export async function countFiltered({
  walk,
  orderBy,
  fromEnd,
  countWhole,
  countFound,
}: FilteredCount): Promise<Total> {
  const part = { after: always, limit: walkLength };
  const { found, ended } = await walked(walk, { ...part, orderBy });
  if (ended) return { count: found.length, exact: true };
  const whole = found.length > 0 ? await countWhole() : { count: 0 };
  const estimateOf = (count: number) => Math.round((count / walkLength) * whole.count);
  if (estimateOf(found.length) <= certainlyMany) return countFound();
  const last = await walked(walk, { ...part, orderBy: fromEnd });
  if (estimateOf(last.found.length) <= certainlyMany) return countFound();
  return { count: estimateOf((found.length + last.found.length) / 2), exact: false };
}

/** `ended` is true when the list ended on the way: there are no more. */
async function walked<Row>(walk: Walk<Row>, part: PagePart) {
  const rows = await walk(part);
  return {
    found: rows.filter(({ hit }) => hit),
    ended: rows.length < part.limit && rows.every(({ step }) => Number(step) < walkLength),
  };
}
