import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { writeBenchmarkFeed } from '../src/demo/benchmark-feed.ts';
import { loadViewer } from '../src/modules/user/viewer.ts';
import { createDb, type Database } from '../src/platform/database.ts';
import { openEmbeddedPostgres } from '../src/platform/embedded-postgres/open-embedded-postgres.ts';
import { applyMigrations } from '../src/platform/migrate.ts';
import { countWorkers } from '../src/platform/worker-presence.ts';
import { execute, signedIn } from '../test/execute.ts';
import { recordStatements, type SentStatement } from '../test/statements.ts';
import { fillApiData, type ApiData } from './api-data.ts';
import { printFigures, resultOf, type Samples } from './api-figures.ts';
import { openApiNode, type ApiNode } from './api-node.ts';
import { operationsOf, type Operation } from './api-operations.ts';
import { countOf } from './count-of.ts';
import { openFeedServer } from './feed-server.ts';
import { timeOf } from './figures.ts';

interface Options {
  readonly importRows: number;
  readonly samples: number;
}

/** Measures how quickly the API answers, next to the same SQL sent straight through pg: `pnpm bench api`. */
export async function runApiBench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rows: { type: 'string', default: '1000000' },
      // On two cores such an import lasts for about as many samples: a percentile of fewer is another one, and that of
      // a hundred is the slowest of them.
      'import-rows': { type: 'string', default: '1400000' },
      samples: { type: 'string', default: '200' },
      json: { type: 'boolean', default: false },
    },
  });
  const rows = countOf('rows', values.rows);
  const importRows = countOf('import-rows', values['import-rows']);
  const options = { importRows, samples: countOf('samples', values.samples) };
  const folder = await mkdtemp(join(tmpdir(), 'bench-api-'));
  // As root the server runs as another user, who has to come in; then its data goes with the folder.
  await chmod(folder, 0o755);
  const server = await openEmbeddedPostgres(join(folder, 'data'));
  const { db, close } = createDb(server.url);
  try {
    await applyMigrations(server.url);
    const data = await fillApiData(db, server.url, rows);
    const results = await measure(db, server.url, folder, data, options);
    if (values.json) console.log(JSON.stringify({ rows, operations: results }));
    else printFigures(rows, results);
  } finally {
    await close();
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Measured {
  readonly operation: Operation;
  /** What the operation sends to the database. */
  readonly statements: readonly SentStatement[];
  readonly idle: Samples;
  readonly importing: Samples;
}

async function measure(db: Database['db'], url: string, folder: string, data: ApiData, options: Options) {
  await writeBenchmarkFeed(join(folder, 'feed.csv'), { rows: options.importRows, seed: 1 });
  const feeds = await openFeedServer(folder);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`SET TIME ZONE 'UTC'; SET random_page_cost = 1.1`);
  const node = await openApiNode({ dataDir: join(folder, 'data'), allowedAddresses: feeds.origin }, data);
  try {
    const all: Measured[] = [];
    for (const operation of operationsOf(data)) {
      const statements = await statementsOf(db, data, operation);
      all.push({ operation, statements, idle: { api: [], sql: [] }, importing: { api: [], sql: [] } });
    }
    for (let warming = 0; warming < 10; warming++)
      await sampleAll(all, node, client, () => ({ api: [], sql: [] }));
    for (let sample = 0; sample < options.samples; sample++) {
      await sampleAll(all, node, client, ({ idle }) => idle);
    }
    const job = await startImport(node, data, `${feeds.origin}/feed.csv`);
    while (await isRunning(node, job)) await sampleAll(all, node, client, ({ importing }) => importing);
    return all.map(({ operation, statements, ...samples }) =>
      resultOf(operation.name, statements.length, samples),
    );
  } finally {
    await node.close();
    await client.end();
    await feeds.close();
  }
}

/** What the operation sends, from a run of it in this process as the same viewer: first who asks, then what for. */
async function statementsOf(db: Database['db'], { email }: ApiData, operation: Operation) {
  const session = await db.session.findFirstOrThrow();
  const asker = await recordStatements(() => loadViewer(db, session.id));
  const viewer = await signedIn(db, await db.user.findUniqueOrThrow({ where: { email } }));
  const { result, statements } = await recordStatements(() =>
    execute({ db, importPlaces: () => countWorkers(db) }, viewer, operation.query, operation.variables),
  );
  if (result.errors) throw new Error(`${operation.name}: ${result.errors[0]?.message ?? ''}`);
  return operation.signedOut ? statements : [...asker.statements, ...statements];
}

let asked = 0;

/** Each operation once, by the API and as plain SQL in turn, so that both meet the same moments. */
async function sampleAll(
  all: readonly Measured[],
  node: ApiNode,
  client: pg.Client,
  samplesOf: (measured: Measured) => Samples,
): Promise<void> {
  asked++;
  await node.staySignedIn();
  for (const measured of all) {
    const { api, sql } = samplesOf(measured);
    const { variables, variablesOf } = measured.operation;
    const operation = { ...measured.operation, variables: variablesOf?.(asked) ?? variables };
    api.push(await timeOf(() => node.ask(operation)));
    sql.push(
      await timeOf(async () => {
        for (const { text, values } of measured.statements) await client.query(text, [...values]);
      }),
    );
  }
}

const start = `mutation ($input: StartImportInput!) {
  startImport(input: $input) { __typename ... on StartImportPayload { importJob { id } } }
}`;

async function startImport(node: ApiNode, data: ApiData, sourceUrl: string): Promise<string> {
  const variables = { input: { storeCode: data.importingStore, sourceUrl, language: 'EN' } };
  const { startImport: started } = (await node.ask({ query: start, variables })) as {
    startImport: { __typename: string; importJob?: { id: string } };
  };
  if (!started.importJob) throw new Error(`The import was refused: ${started.__typename}`);
  return started.importJob.id;
}

async function isRunning(node: ApiNode, id: string): Promise<boolean> {
  const query = 'query ($id: ID!) { importJob(id: $id) { status failure { message } } }';
  const { importJob } = (await node.ask({ query, variables: { id } })) as {
    importJob: { status: string; failure: { message: string } | null };
  };
  if (importJob.failure) throw new Error(`The import failed: ${importJob.failure.message}`);
  return importJob.status === 'PENDING' || importJob.status === 'PROCESSING';
}
