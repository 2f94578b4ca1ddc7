import { Prisma } from '../generated/prisma/client.ts';
import { exactUpTo, type KeyColumn, type PagePart, type Total } from './page.ts';

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

/** What a share of the rows at some place makes of the whole: so many are more than 10,000, if all places say so. */
const certainlyMany = 20_000;

/** So far from the ends of a list the next places are looked at: keys alone are read on the way there. */
const farthest = 20_000;

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
  /** The columns that the list is ordered by, upwards. */
  readonly key: readonly KeyColumn[];
  /** `FROM` and `WHERE` of the list without the filter. */
  readonly from: Prisma.Sql;
  /** How many the list has without the filter. */
  readonly countWhole: () => Promise<Total>;
  /** How many the filter lets through. */
  readonly countFound: () => Promise<Total>;
  /** Whether that is done after 10,000 of them, rather than begun when all have been gathered. */
  readonly stopsEarly: boolean;
}

/**
 * How many the filter lets through; not counted one by one where so many get through at all places that are looked at
 * that they are estimated. One place alone says little: feeds have their brands, and their categories, side by side,
 * and exceptions gather at the ends, where stores move them and imports add them.
 */
export async function countFiltered(list: FilteredCount): Promise<Total> {
  const { walk, countWhole, countFound, stopsEarly } = list;
  const { found, ended } = await walked(walk, placeOf(list, 'ASC'));
  if (ended) return { count: found.length, exact: true };
  const counted = stopsEarly ? await countFound() : null;
  if (counted?.exact || (!counted && found.length === 0)) return counted ?? countFound();
  const whole = await countWhole();
  const estimateOf = (hits: number) => Math.round((hits / walkLength) * whole.count);
  const isMany = (hits: number) => counted !== null || estimateOf(hits) > certainlyMany;
  if (!isMany(found.length)) return countFound();
  const last = await walked(walk, placeOf(list, 'DESC'));
  if (!isMany(last.found.length)) return countFound();
  const inside: number[] = [];
  for (const direction of ['ASC', 'DESC'] as const) {
    const place = placeOf(list, direction, Math.min(Math.floor(whole.count / 3), farthest));
    const { found: hits, ended: short } = await walked(walk, place);
    if (!short && !isMany(hits.length)) return countFound();
    if (!short) inside.push(hits.length);
  }
  // The ends say nothing of more than themselves.
  const telling = inside.length > 0 ? inside : [found.length, last.found.length];
  const mean = telling.reduce((sum, hits) => sum + hits, 0) / telling.length;
  return { count: Math.max(estimateOf(mean), exactUpTo + 1), exact: false };
}

/** A walk from that end of the list, begun so many rows away from it. */
function placeOf({ key, from }: FilteredCount, direction: 'ASC' | 'DESC', away = 0): PagePart {
  const columns = Prisma.raw(key.map(({ column }) => column).join(', '));
  const orderBy = Prisma.raw(key.map(({ column }) => `${column} ${direction}`).join(', '));
  const beyond = Prisma.raw(direction === 'ASC' ? '>' : '<');
  const start = Prisma.sql`(SELECT ${columns} ${from} ORDER BY ${orderBy} OFFSET ${away} LIMIT 1)`;
  const after = away === 0 ? always : Prisma.sql`(${columns}) ${beyond} ${start}`;
  return { after, orderBy, limit: walkLength };
}

/** `ended` is true when the list ended on the way: there are no more. */
async function walked<Row>(walk: Walk<Row>, part: PagePart) {
  const rows = await walk(part);
  return {
    found: rows.filter(({ hit }) => hit),
    ended: rows.length < part.limit && rows.every(({ step }) => Number(step) < walkLength),
  };
}
