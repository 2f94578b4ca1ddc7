import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { openEmbeddedPostgres } from '../src/platform/embedded-postgres/open-embedded-postgres.ts';
import { applyMigrations } from '../src/platform/migrate.ts';
import { createDb } from '../src/platform/database.ts';
import { openApiNode, type ApiNode } from './api-node.ts';
import { countOf } from './count-of.ts';
import { percentile, round, timeOf } from './figures.ts';
import { fillPublishData, type PublishData } from './publish-data.ts';

interface Result {
  /** Of all rounds. */
  readonly publishMs: readonly number[];
  readonly bareMs: readonly number[];
  /** Of the medians. */
  readonly ratio: number;
  readonly againMs: readonly number[];
  /** Rows that the second publishing wrote. */
  readonly writtenAgain: number;
  readonly answers: { readonly idle: Answers; readonly publishing: Answers };
}

/** Of a small query of the API, in milliseconds. */
interface Answers {
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
}

const rounds = 3;

/**
 * Measures how long the program takes to publish the products of a store, from the request until the job is over, next
 * to the bare INSERT … SELECT of the same rows into the same table: `pnpm bench publish`.
 */
export async function runPublishBench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { rows: { type: 'string', default: '100000' }, json: { type: 'boolean', default: false } },
  });
  const rows = countOf('rows', values.rows);
  const folder = await mkdtemp(join(tmpdir(), 'bench-publish-'));
  // As root the server runs as another user, who has to come in; then its data goes with the folder.
  await chmod(folder, 0o755);
  const dataDir = join(folder, 'data');
  const server = await openEmbeddedPostgres(dataDir);
  const { db, close } = createDb(server.url);
  const client = new pg.Client({ connectionString: server.url });
  try {
    await applyMigrations(server.url);
    await client.connect();
    const data = await fillPublishData(db, client, rows);
    const node = await openApiNode({ dataDir, allowedAddresses: '' }, data);
    try {
      const result = await measure(client, node, data);
      if (values.json) console.log(JSON.stringify({ rows, ...result }));
      else print(rows, result);
    } finally {
      await node.close();
    }
  } finally {
    await client.end();
    await close();
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(client: pg.Client, node: ApiNode, data: PublishData): Promise<Result> {
  const [publishMs, bareMs, againMs]: [number[], number[], number[]] = [[], [], []];
  const publishing: number[] = [];
  let writtenAgain = 0;
  const idle = await answersWhile(node, () => wait(2_000));
  for (let round = 0; round <= rounds; round++) {
    await empty(client);
    const bare = await timeOf(() => insertBare(client, data.storeId));
    await empty(client);
    const times: number[] = [];
    const answers = await answersWhile(node, async () => {
      times.push(await timeOf(() => publish(client, node, data)));
    });
    const before = await version(client);
    const again = await timeOf(() => publish(client, node, data));
    // The first round is for the caches.
    if (round === 0) continue;
    publishMs.push(...times);
    bareMs.push(bare);
    againMs.push(again);
    publishing.push(...answers);
    writtenAgain += (await version(client)) === before ? 0 : 1;
  }
  return {
    ...{ publishMs, bareMs, againMs, writtenAgain, ratio: round(median(publishMs) / median(bareMs)) },
    answers: { idle: answersOf(idle), publishing: answersOf(publishing) },
  };
}

async function empty(client: pg.Client): Promise<void> {
  await client.query('TRUNCATE products');
  await client.query('CHECKPOINT');
}

const insertBare = (client: pg.Client, storeId: string) =>
  client.query(
    `INSERT INTO products (store_id, marketplace_product_id, published_at)
     SELECT store_id, id, now() FROM marketplace_products WHERE store_id = $1 AND price IS NOT NULL`,
    [storeId],
  );

const mutation = `mutation ($input: PublishProductsInput!) {
  publishProducts(input: $input) { ... on UserError { code } ... on PublishProductsPayload { publication { status } } } }`;

/** Resolves when the job that was asked for is over. */
async function publish(client: pg.Client, node: ApiNode, { storeCode, rows }: PublishData): Promise<void> {
  const input = { storeCode, filter: { storeCode } };
  await node.ask({ query: mutation, variables: { input } });
  for (;;) {
    const { rows: jobs } = await client.query<{ status: string; done: number }>(
      `SELECT status, published_count + unchanged_count AS done FROM publication_jobs ORDER BY created_at DESC LIMIT 1`,
    );
    const [job] = jobs;
    if (job?.status === 'FAILED') throw new Error('The products were not published.');
    if (job?.status === 'COMPLETED') {
      if (job.done !== rows) throw new Error(`Of ${rows} products ${job.done} were published.`);
      return;
    }
    await wait(5);
  }
}

/** Changes with every row that is written. */
async function version(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ version: string }>(
    `SELECT count(*) || ' ' || sum(xmin::text::bigint) || ' ' || max(published_at) AS version FROM products`,
  );
  return rows[0]?.version ?? '';
}

/** How long a small query took, one after the other, while `work` was under way. */
async function answersWhile(node: ApiNode, work: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  let over = false;
  const working = work().finally(() => (over = true));
  while (!over) {
    times.push(await timeOf(() => node.ask({ query: '{ viewer { name } }', variables: {} })));
    await wait(5);
  }
  await working;
  return times;
}

const median = (times: readonly number[]) => percentile(times, 0.5);

const answersOf = (times: readonly number[]): Answers => ({
  count: times.length,
  p50: round(percentile(times, 0.5)),
  p99: round(percentile(times, 0.99)),
});

function print(rows: number, { publishMs, bareMs, againMs, ratio, writtenAgain, answers }: Result): void {
  const line = (name: string, times: readonly number[]) =>
    console.log(`${name.padEnd(34)}${times.map((ms) => ms.toFixed(0).padStart(8)).join('')}`);
  console.log(`publishing ${rows.toLocaleString('en')} products, in milliseconds; ${rounds} rounds`);
  line('bare INSERT … SELECT', bareMs);
  line('request until the job is over', publishMs);
  console.log(`${'ratio of the medians'.padEnd(34)}${ratio.toFixed(2).padStart(8)}`);
  line('again, nothing to do', againMs);
  console.log(`${'rounds whose second time wrote'.padEnd(34)}${String(writtenAgain).padStart(8)}`);
  console.log('answers of the API meanwhile        count     p50     p99');
  for (const [name, { count, p50, p99 }] of Object.entries(answers)) {
    console.log(`${name.padEnd(33)}${[count, p50, p99].map((value) => String(value).padStart(8)).join('')}`);
  }
}
