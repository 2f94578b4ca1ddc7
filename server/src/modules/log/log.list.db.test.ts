// @module-tag log
// @module-tag db
import { expect, test } from 'vitest';
import { Prisma, type LogEntry } from '../../generated/prisma/client.ts';
import type { Db } from '../../platform/database.ts';
import { withDatabase, withRollback } from '../../../test/database.ts';
import { globalIdOf } from '../../../test/global-id.ts';
import { entryMatcher, type LogFilter } from './log.filter.ts';
import { findLogs, listLogs } from './log.list.ts';

const jobId = '0198a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b';
const minute = (number: number) => new Date(Date.UTC(2030, 0, 1, 12, number));

async function buildEntries(db: Db): Promise<readonly LogEntry[]> {
  const entry = (number: number, values: Partial<Prisma.LogEntryCreateManyInput> = {}) => ({
    at: minute(number),
    level: 30,
    message: `entry ${number}`,
    node: 'one:1',
    ...values,
  });
  await db.logEntry.createMany({
    data: [
      entry(0, { level: 20 }),
      entry(1, { message: 'Sign-in of 100%_\\ failed', level: 40 }),
      entry(2, { requestId: 'r1', level: 50 }),
      entry(3, { jobId }),
      entry(3, { jobId, node: 'two:2', level: 40 }),
      entry(4, { level: 60, requestId: 'r2' }),
      entry(5),
    ],
  });
  return db.logEntry.findMany({ orderBy: [{ at: 'desc' }, { id: 'desc' }] });
}

const filters: readonly [what: string, filter: LogFilter, count: number][] = [
  ['none', {}, 7],
  [
    'nothing but null',
    { level: null, search: null, requestId: null, jobId: null, node: null, since: null },
    7,
  ],
  ['the lowest level', { level: 'TRACE' }, 7],
  ['a level', { level: 'WARN' }, 4],
  ['the highest level', { level: 'FATAL' }, 1],
  ['text in other capitals', { search: ' SIGN-IN ' }, 1],
  ['text with signs of a pattern', { search: '%_\\' }, 1],
  ['blank text', { search: '  ' }, 7],
  ['text that nobody wrote', { search: '%' + '%' }, 0],
  ['a request', { requestId: 'r1' }, 1],
  ['a request and a level', { requestId: 'r2', level: 'ERROR' }, 1],
  ['a job', { jobId }, 2],
  ['a job in capitals', { jobId: jobId.toUpperCase() }, 2],
  ['a job by its global id', { jobId: globalIdOf('ImportJob', jobId) }, 2],
  ['a store by its global id', { jobId: globalIdOf('Store', jobId) }, 0],
  ['no job at all', { jobId: 'x\0' }, 0],
  ['a node and a level', { node: 'two:2', level: 'INFO' }, 1],
  ['a node that cannot be', { node: 'two\0' }, 0],
  ['a time', { since: minute(1), until: minute(3) }, 2],
  ['a time and a level', { since: minute(2), level: 'ERROR' }, 2],
  [
    'everything',
    { since: minute(3), until: minute(4), level: 'WARN', jobId, node: 'two:2', search: 'ENTRY' },
    1,
  ],
];

test.each(filters)('by %s the list has what the tail has', (_what, filter, count) =>
  withRollback(async (db) => {
    const all = await buildEntries(db);
    const page = await listLogs(db, filter, {});
    expect(page.edges.map(({ node }) => node)).toEqual(all.filter(entryMatcher(filter)));
    expect([page.edges.length, await page.total()]).toEqual([count, { count, exact: true }]);
  }),
);

test.each([{}, { level: 'DEBUG' }, { jobId: null, search: 'e' }] as const)(
  'pages of %o have every entry once, in both directions',
  (filter) =>
    withRollback(async (db) => {
      const all = (await buildEntries(db)).filter(entryMatcher(filter)).map(({ id }) => id);
      const forwards: bigint[] = [];
      const backwards: bigint[] = [];
      for (let after: string | null = null, more = true; more;) {
        const page = await listLogs(db, filter, { first: 2, after });
        forwards.push(...page.edges.map(({ node }) => node.id));
        [after, more] = [page.pageInfo.endCursor, page.pageInfo.hasNextPage];
      }
      for (let before: string | null = null, more = true; more;) {
        const page = await listLogs(db, filter, { last: 2, before });
        backwards.unshift(...page.edges.map(({ node }) => node.id));
        [before, more] = [page.pageInfo.startCursor, page.pageInfo.hasPreviousPage];
      }
      expect([forwards, backwards]).toEqual([all, all]);
    }),
);

/** 50,000 entries of an hour: mostly noise, one in 5,000 an error, a few about one job and one request. */
const buildMany = (db: Db) => db.$executeRaw`
  INSERT INTO log_entries (at, level, message, node, request_id, job_id)
  SELECT timestamptz '2030-01-01' + number * interval '72 ms',
    CASE WHEN number % 5000 = 0 THEN 50 WHEN number % 10 = 0 THEN 40 ELSE 30 END,
    CASE WHEN number % 5000 = 1 THEN 'a needle in ' ELSE 'hay of ' END || number, 'node:' || number % 4,
    CASE WHEN number % 2 = 0 THEN 'request ' || number / 10 END,
    CASE WHEN number % 100 = 0 THEN ${jobId}::uuid END
  FROM generate_series(1, 50000) AS numbers(number)`;

interface Plan {
  readonly 'Node Type': string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly Plan[];
}

/** Rows that were looked at anywhere in the plan, and whether all of a table was. */
function costOf(plan: Plan): { readonly rows: number; readonly scans: boolean } {
  const rows = (plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0)) * plan['Actual Loops'];
  const parts = (plan.Plans ?? []).map(costOf);
  return {
    rows: rows + parts.reduce((sum, part) => sum + part.rows, 0),
    scans: plan['Node Type'] === 'Seq Scan' || parts.some(({ scans }) => scans),
  };
}

const deep = Prisma.sql`(at, id) < ('2030-01-01 00:20:00+00'::timestamptz, 16000::bigint)`;

test('no list reads more than it shows, however deep its page and whatever its filter', () =>
  withDatabase(async ({ db }) => {
    await buildMany(db);
    await db.$executeRaw`ANALYZE log_entries`;
    const asked: readonly LogFilter[] = [
      {},
      { level: 'WARN' },
      { level: 'ERROR' },
      { search: 'needle' },
      { search: 'needle', level: 'INFO' },
      { requestId: 'request 777' },
      { requestId: 'request 777', level: 'FATAL' },
      { jobId },
      { node: 'node:3' },
      { node: 'node:3', level: 'ERROR' },
      { node: 'gone:1' },
      { since: minute(-719), until: minute(-718) },
    ];
    for (const filter of asked) {
      for (const after of [Prisma.sql`true`, deep]) {
        const query = findLogs(filter, { after, orderBy: Prisma.sql`at DESC, id DESC`, limit: 51 });
        const [explained] = await db.$queryRaw<{ 'QUERY PLAN': [{ Plan: Plan }] }[]>(
          Prisma.sql`EXPLAIN (ANALYZE, FORMAT JSON) ${query}`,
        );
        const plan = explained?.['QUERY PLAN'][0].Plan;
        const { rows, scans } = costOf(plan as Plan);
        expect({ filter, scans, many: rows > 1_000 }).toEqual({
          filter,
          scans: false,
          many: false,
        });
      }
    }
  }));
