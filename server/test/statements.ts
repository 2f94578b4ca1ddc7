import pg from 'pg';

/** A statement as it was sent, with its values. */
export interface SentStatement {
  readonly text: string;
  readonly values: readonly unknown[];
}

const sent = (query: unknown, values: unknown): SentStatement => {
  if (typeof query === 'string') return { text: query, values: Array.isArray(values) ? values : [] };
  const { text, values: own } = query as { text: string; values?: unknown[] };
  return { text, values: own ?? [] };
};

/** Settings and bounds of a session, which every connection and transaction has. */
const bookkeeping = /^\s*(SET|BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|DEALLOCATE)\b/i;

/** What `work` gives, and all that pg has sent in this process meanwhile, without BEGIN, COMMIT and settings. */
export async function recordStatements<T>(
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly statements: readonly SentStatement[] }> {
  const statements: SentStatement[] = [];
  const { prototype } = pg.Client;
  const original = prototype.query;
  const recording = function (this: pg.Client, ...args: unknown[]): unknown {
    const statement = sent(args[0], args[1]);
    if (!bookkeeping.test(statement.text)) statements.push(statement);
    return Reflect.apply(original, this, args);
  };
  prototype.query = recording as typeof original;
  try {
    return { result: await work(), statements };
  } finally {
    prototype.query = original;
  }
}

/** False when the statement's last LIMIT takes whichever come first, as the database happens to find them. */
export const isInOrder = ({ text }: SentStatement): boolean =>
  !/LIMIT \$\d+\s*$/.test(text) || /ORDER BY [^()]+ LIMIT \$\d+\s*$/.test(text);

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly Plans?: readonly PlanNode[];
}

/** How a statement was carried out. */
export interface Execution {
  /** Names of the indexes that were used. */
  readonly indexes: readonly string[];
  /** Tables that were read from beginning to end, or as far as a limit let them. */
  readonly scannedTables: readonly string[];
  /** Rows of tables that were looked at, whether they were wanted or not; of indexes, what only they were read for. */
  readonly rowsRead: number;
  /** How often one of them was read, for as many other rows. */
  readonly mostLookUps: number;
}

/** Carries the statement out once more, and says how. */
export async function explain(client: pg.ClientBase, { text, values }: SentStatement): Promise<Execution> {
  const { rows } = await client.query<{ 'QUERY PLAN': readonly [{ Plan: PlanNode }] }>(
    `EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${text}`,
    [...values],
  );
  const nodes = rows.flatMap((row) => withChildren(row['QUERY PLAN'][0].Plan));
  const executed = nodes.filter((node) => node['Actual Loops'] > 0);
  const scans = executed.filter((node) => node['Relation Name'] ?? node['Node Type'] === 'Bitmap Index Scan');
  return {
    indexes: [...new Set(executed.flatMap((node) => node['Index Name'] ?? []))],
    scannedTables: executed.flatMap((node) =>
      node['Node Type'] === 'Seq Scan' ? (node['Relation Name'] ?? []) : [],
    ),
    rowsRead: scans.reduce((sum, node) => sum + rowsOf(node), 0),
    mostLookUps: Math.max(0, ...scans.map((node) => node['Actual Loops'])),
  };
}

const withChildren = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(withChildren)];

const rowsOf = (node: PlanNode) =>
  (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'] +
  (node['Rows Removed by Index Recheck'] ?? 0) * node['Actual Loops'];

/** What a read gave, and what its statements cost together. */
export interface Reads<T> {
  readonly result: T;
  readonly rowsRead: number;
  readonly scannedTables: readonly string[];
  readonly statementCount: number;
  readonly inOrder: boolean;
}

/** Reads as the program does, then carries out once more what it has sent. */
export async function readsOf<T>(client: pg.ClientBase, read: () => Promise<T>): Promise<Reads<T>> {
  const { result, statements } = await recordStatements(read);
  const executions: Execution[] = [];
  for (const statement of statements) executions.push(await explain(client, statement));
  return {
    result,
    rowsRead: executions.reduce((sum, { rowsRead }) => sum + rowsRead, 0),
    scannedTables: executions.flatMap(({ scannedTables }) => scannedTables),
    statementCount: statements.length,
    inOrder: statements.every(isInOrder),
  };
}
