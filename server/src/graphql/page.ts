import { Prisma } from '../generated/prisma/client.ts';
import { byId } from '../shared/by-id.ts';
import { readUuid } from '../shared/uuid.ts';
import { fault } from './errors.ts';
import { readMoment } from './moment.ts';

/** How many entries a list has; an estimate when there are very many. */
export interface Total {
  readonly count: number;
  readonly exact: boolean;
}

export interface PageArgs {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
}

/** A connection as Relay's specification has it, and the total, which is counted only when it is asked for. */
export interface Page<Row> {
  readonly edges: { readonly cursor: string; readonly node: Row }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  readonly total: () => Promise<Total>;
}

/** The page with the records of its entries, without those that were deleted a moment ago. */
export async function withRecords<Id, Row extends { readonly id: Id }>(
  page: Page<{ readonly id: Id }>,
  load: (ids: Id[]) => Promise<readonly Row[]>,
): Promise<Page<Row>> {
  const rows = await byId(
    page.edges.map(({ node }) => node.id),
    load,
  );
  const edges = page.edges.flatMap(({ cursor, node: { id } }) => {
    const node = rows.get(id);
    return node ? [{ cursor, node }] : [];
  });
  return { ...page, edges };
}

/** A column of the key that a list is ordered by; `type` is PostgreSQL's, to which a cursor's text is cast. */
export interface KeyColumn {
  readonly column: string;
  readonly type: 'timestamptz' | 'uuid' | 'bigint' | 'int' | 'text';
}

type KeyValue = string | number | bigint | Date;

/** Where a page begins, in SQL, and how much of it is read. */
export interface PagePart {
  readonly after: Prisma.Sql;
  readonly orderBy: Prisma.Sql;
  readonly limit: number;
}

export interface Keyset<Row> {
  readonly args: PageArgs;
  /** All columns in one direction, the last of them unique within the rest. Names are ours, never a client's. */
  readonly key: readonly KeyColumn[];
  readonly descending: boolean;
  /** At most `limit` rows for which `after` holds, in this order. */
  find(part: PagePart): Promise<readonly Row[]>;
  /** The row's own values for `key`. */
  keyOf(row: Row): readonly KeyValue[];
  count(): Promise<Total>;
}

export const defaultPageSize = 20;
export const largestPage = 100;

/** For the complexity of a connection: what is inside counts for each entry that is asked for. */
export const pageComplexity = ({ first, last }: PageArgs) => ({
  field: 1,
  multiplier: Math.min(Math.max(first ?? last ?? defaultPageSize, 1), largestPage),
});

/**
 * One page of a list by its key: a single row comparison finds its beginning, however deep it lies. Throws
 * GraphQL errors for pages and cursors that make no sense.
 */
export async function resolvePage<Row>(keyset: Keyset<Row>): Promise<Page<Row>> {
  const { args, key, descending, find, keyOf, count } = keyset;
  const backwards = args.last !== undefined && args.last !== null;
  const size = sizeOf(args);
  const cursor = (backwards ? args.before : args.after) ?? null;
  const down = descending !== backwards;
  const columns = Prisma.raw(key.map(({ column }) => column).join(', '));
  const direction = Prisma.raw(down ? 'DESC' : 'ASC');
  const rows = await find({
    after:
      cursor === null
        ? Prisma.sql`true`
        : Prisma.sql`(${columns}) ${Prisma.raw(down ? '<' : '>')} (${Prisma.join(valuesOf(cursor, key))})`,
    orderBy: Prisma.join(key.map(({ column }) => Prisma.sql`${Prisma.raw(column)} ${direction}`)),
    limit: size + 1,
  });
  let total: Promise<Total> | undefined;
  const page = rows.slice(0, size);
  const more = rows.length > size;
  const edges = (backwards ? page.reverse() : page).map((node) => ({ cursor: cursorOf(keyOf(node)), node }));
  return {
    edges,
    pageInfo: {
      hasNextPage: backwards ? cursor !== null : more,
      hasPreviousPage: backwards ? more : cursor !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    total: () => (total ??= count()),
  };
}

/** How many entries are asked for. Throws the GraphQL error of a page that makes no sense. */
export function sizeOf({ first, last, after, before }: PageArgs): number {
  const backwards = (last ?? null) !== null;
  const both = (first ?? null) !== null && backwards;
  // Also without a number: entries before a cursor are counted from there, and `last` says so.
  const against = backwards ? after : before;
  const size = first ?? last ?? defaultPageSize;
  if (both || (against ?? null) !== null || size < 1 || size > largestPage) throw fault('INVALID_PAGE');
  return size;
}

const cursorOf = (values: readonly KeyValue[]) =>
  Buffer.from(
    JSON.stringify(values.map((value) => (value instanceof Date ? value.toISOString() : String(value)))),
  ).toString('base64url');

/** What can be a value of a column of that type. */
const isOfType: Record<KeyColumn['type'], (text: string) => boolean> = {
  timestamptz: (text) =>
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/.test(text) && readMoment(text) !== null,
  uuid: (text) => readUuid(text) !== null,
  bigint: (text) => /^-?\d{1,18}$/.test(text),
  int: (text) => /^-?\d{1,9}$/.test(text),
  text: (text) => !text.includes('\0'),
};

function valuesOf(cursor: string, key: readonly KeyColumn[]): Prisma.Sql[] {
  let values: unknown;
  try {
    values = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw fault('INVALID_CURSOR');
  }
  if (!Array.isArray(values) || values.length !== key.length) throw fault('INVALID_CURSOR');
  return key.map(({ type }, at) => {
    const value: unknown = values[at];
    if (typeof value !== 'string' || !isOfType[type](value)) throw fault('INVALID_CURSOR');
    return Prisma.sql`${value}::text::${Prisma.raw(type)}`;
  });
}

/** Totals up to this are counted. */
export const exactUpTo = 10_000;

/**
 * Counts what a query finds: exactly up to 10,000, by the planner's estimate beyond. `query` selects from
 * something; its columns do not matter.
 */
export async function countUpTo(
  db: { $queryRaw<T>(sql: Prisma.Sql): Promise<T> },
  query: Prisma.Sql,
): Promise<Total> {
  const [exact] = await db.$queryRaw<{ count: bigint }[]>(
    Prisma.sql`SELECT count(*) FROM (${query} LIMIT ${exactUpTo + 1}) AS counted`,
  );
  const count = Number(exact?.count ?? 0);
  if (count <= exactUpTo) return { count, exact: true };
  const plans = await db.$queryRaw<{ 'QUERY PLAN': readonly { Plan: { 'Plan Rows': number } }[] }[]>(
    Prisma.sql`EXPLAIN (FORMAT JSON) ${query}`,
  );
  const estimate = plans[0]?.['QUERY PLAN'][0]?.Plan['Plan Rows'] ?? 0;
  return { count: Math.max(estimate, exactUpTo + 1), exact: false };
}
