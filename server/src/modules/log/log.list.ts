import { Prisma, type LogEntry } from '../../generated/prisma/client.ts';
import {
  countUpTo,
  resolvePage,
  type KeyColumn,
  type Page,
  type PageArgs,
  type PagePart,
} from '../../graphql/page.ts';
import { searchPattern } from '../../graphql/search.ts';
import type { Db } from '../../platform/database.ts';
import { askedText, jobIdOf, type LogFilter } from './log.filter.ts';
import { levelNumbers } from './log.levels.ts';

const key: readonly KeyColumn[] = [
  { column: 'at', type: 'timestamptz' },
  { column: 'id', type: 'bigint' },
];

/** A page of the log's entries, newest first. Throws GraphQL errors for pages that make no sense. */
export const listLogs = (db: Db, filter: LogFilter, args: PageArgs): Promise<Page<LogEntry>> =>
  resolvePage({
    args,
    key,
    descending: true,
    find: (part) => db.$queryRaw<LogEntry[]>(findLogs(filter, part)),
    keyOf: ({ at, id }) => [at, id],
    count: () => countUpTo(db, Prisma.sql`SELECT 1 FROM log_entries WHERE ${wholeCondition(filter)}`),
  });

const columns = Prisma.sql`id, at, level, message, node, request_id AS "requestId", job_id AS "jobId", store_id AS "storeId", fields`;

/**
 * The next entries of a list. Errors may be one in a million: each level has its entries in order in an index, so
 * each gives its first ones, and the first of those are taken.
 */
export function findLogs(filter: LogFilter, { after, orderBy, limit }: PagePart): Prisma.Sql {
  const inOrder = Prisma.sql`ORDER BY ${orderBy} LIMIT ${limit}`;
  const entries = Prisma.sql`SELECT ${columns} FROM log_entries WHERE`;
  const levels = levelsOf(filter);
  // Of one request or job there are few enough to pick from.
  if (!levels || filter.requestId || filter.jobId) {
    return Prisma.sql`${entries} ${wholeCondition(filter)} AND ${after} ${inOrder}`;
  }
  // Written out: of a level that it does not see the planner believes that it is as frequent as any other.
  const lanes = levels.map((level) => {
    const ofLevel = Prisma.sql`level = ${Prisma.raw(String(level))}`;
    return Prisma.sql`(${entries} ${ofLevel} AND ${condition(filter)} AND ${after} ${inOrder})`;
  });
  return Prisma.sql`SELECT * FROM (${Prisma.join(lanes, ' UNION ALL ')}) AS first_ones ${inOrder}`;
}

/** Null for all of them. */
function levelsOf({ level }: LogFilter): number[] | null {
  if (!level || level === 'TRACE') return null;
  return Object.values(levelNumbers).filter((number) => number >= levelNumbers[level]);
}

function wholeCondition(filter: LogFilter): Prisma.Sql {
  const levels = levelsOf(filter);
  return levels ? Prisma.sql`level = ANY(${levels}::smallint[]) AND ${condition(filter)}` : condition(filter);
}

/** Everything but the level. */
function condition(filter: LogFilter): Prisma.Sql {
  const { requestId, node, since, until } = filter;
  const pattern = searchPattern(filter.search);
  const jobId = jobIdOf(filter);
  const conditions = [
    Prisma.sql`true`,
    ...(typeof requestId === 'string' ? [Prisma.sql`request_id = ${askedText(requestId)}`] : []),
    ...(jobId === undefined ? [] : [Prisma.sql`job_id = ${jobId}::uuid`]),
    ...(typeof node === 'string' ? [Prisma.sql`node = ${askedText(node)}`] : []),
    ...(since ? [Prisma.sql`at >= ${since}`] : []),
    ...(until ? [Prisma.sql`at < ${until}`] : []),
    ...(pattern === null ? [] : [Prisma.sql`message ILIKE ${pattern}`]),
  ];
  return Prisma.join(conditions, ' AND ');
}
