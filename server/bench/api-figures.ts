import { percentile, round } from './figures.ts';

/** Milliseconds of each answer. */
export interface Samples {
  readonly api: number[];
  readonly sql: number[];
}

interface Percentiles {
  readonly p50: number;
  readonly p99: number;
  readonly samples: number;
}

/** Milliseconds, and ratios of them. */
export interface Result {
  readonly name: string;
  readonly statements: number;
  readonly idle: { readonly sql: Percentiles; readonly api: Percentiles };
  readonly importing: { readonly sql: Percentiles; readonly api: Percentiles };
  /** Of the API's p50 to plain SQL's, idle. */
  readonly toSql: number;
  /** Of the API's p99 during the import to its p99 idle. */
  readonly toIdle: number;
  /** The same of plain SQL: what the machine and the database alone make of it. */
  readonly sqlToIdle: number;
}

/** The figures of one operation. */
export function resultOf(
  name: string,
  statements: number,
  { idle, importing }: { readonly idle: Samples; readonly importing: Samples },
): Result {
  const both = ({ sql, api }: Samples) => ({ sql: percentilesOf(sql), api: percentilesOf(api) });
  const [quiet, busy] = [both(idle), both(importing)];
  return {
    ...{ name, statements, idle: quiet, importing: busy },
    toSql: round(quiet.api.p50 / quiet.sql.p50),
    toIdle: round(busy.api.p99 / quiet.api.p99),
    sqlToIdle: round(busy.sql.p99 / quiet.sql.p99),
  };
}

function percentilesOf(values: readonly number[]): Percentiles {
  const at = (share: number) => round(percentile(values, share));
  return { p50: at(0.5), p99: at(0.99), samples: values.length };
}

const header = [
  'idle, ms',
  'sql p50',
  'p99',
  'api p50',
  'p99',
  'to sql',
  'import: sql p50',
  'p99',
  'api p50',
  'p99',
  'to idle',
  'sql to idle',
];

/** One table, a line an operation. */
export function printFigures(rows: number, results: readonly Result[]): void {
  console.log(
    `${rows.toLocaleString('en')} products, over HTTP, next to the same SQL sent straight through pg`,
  );
  console.log(line(header));
  for (const { name, idle, importing, toSql, toIdle, sqlToIdle } of results) {
    const figures = ({ sql, api }: Result['idle']) => [sql.p50, sql.p99, api.p50, api.p99];
    console.log(line([name, ...figures(idle), toSql, ...figures(importing), toIdle, sqlToIdle]));
  }
  console.log(
    `samples: ${results[0]?.idle.api.samples ?? 0} idle, ${results[0]?.importing.api.samples ?? 0} during the import`,
  );
}

const line = ([name = '', ...figures]: readonly (string | number)[]) =>
  String(name).padEnd(40) +
  figures.map((figure) => (typeof figure === 'number' ? figure.toFixed(2) : figure).padStart(16)).join('');
