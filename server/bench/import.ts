import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, mkdtemp, rm, stat } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { writeBenchmarkFeed } from '../src/demo/benchmark-feed.ts';
import type { MarketplaceImportJob } from '../src/generated/prisma/client.ts';
import { createImportJob } from '../src/modules/import-job/import-job.service.ts';
import { timedSteps } from '../src/pipeline/types.ts';
import { createDb, type Database } from '../src/platform/database.ts';
import { openEmbeddedPostgres } from '../src/platform/embedded-postgres/open-embedded-postgres.ts';
import { applyMigrations } from '../src/platform/migrate.ts';
import { openTurnQueue } from '../src/platform/queue.ts';
import { countOf } from './count-of.ts';
import { openFeedServer } from './feed-server.ts';
import { round } from './figures.ts';
import { openFloor, writeNormalised } from './floor.ts';
import { openBenchNode, type Responsiveness } from './import-node.ts';

const passes = ['first', 'unchanged', 'changed'] as const;
type Pass = (typeof passes)[number];
type Rates = Record<Pass, number>;

/** Measures the floor and a real import on one server, in one run: `pnpm bench import`. */
export async function runImportBench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rows: { type: 'string', default: '200000' },
      'batch-size': { type: 'string', default: '1000' },
      connections: { type: 'string', default: '2' },
      profile: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const rows = countOf('rows', values.rows);
  const batchSize = countOf('batch-size', values['batch-size']);
  const options = { batchSize, connections: countOf('connections', values.connections) };
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  // The embedded server, which is another user when this one is root, has to reach it.
  await chmod(folder, 0o755);
  const server = await openEmbeddedPostgres(join(folder, 'data'));
  try {
    const feeds = await writeFeeds(folder, rows);
    const floor = await measureFloor(await freshDatabase(server.url, 'floor'), feeds, folder);
    await dropDatabase(server.url, 'floor');
    // The second start of a server is what people have: the first one compiles.
    const few = await writeFeeds(await mkdtemp(join(folder, 'few-')), 1000);
    await measureImport(await freshDatabase(server.url, 'warm'), few, folder, options);
    const url = await freshDatabase(server.url, 'import');
    const { rates, jobs, ...rest } = await measureImport(url, feeds, folder, options);
    const ratio = ratesOf((pass) => round(rates[pass] / floor[pass]));
    const result: Result = { rows, floor, import: rates, ratio, ...rest };
    if (values.json) console.log(JSON.stringify(result));
    else print(result);
    if (values.profile) printProfile(jobs);
  } finally {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

const ratesOf = (rate: (pass: Pass) => number): Rates => ({
  first: rate('first'),
  unchanged: rate('unchanged'),
  changed: rate('changed'),
});

type Feeds = Record<Pass, string>;

/** The same feed twice, and with every tenth row changed. */
async function writeFeeds(folder: string, rows: number): Promise<Feeds> {
  const same = join(folder, 'same.csv');
  const changed = join(folder, 'changed.csv');
  await writeBenchmarkFeed(same, { rows, seed: 1 });
  await writeBenchmarkFeed(changed, { rows, seed: 1, changedShare: 0.1 });
  return { first: same, unchanged: same, changed };
}

/** A migrated database with one store. */
async function freshDatabase(serverUrl: string, name: string): Promise<string> {
  const admin = new pg.Client({ connectionString: serverUrl });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name}`);
  await admin.end();
  const url = new URL(serverUrl);
  url.pathname = name;
  await applyMigrations(url.href);
  const { db, close } = createDb(url.href);
  const owner = await db.user.create({
    data: { email: 'bench@example.test', passwordHash: '!', name: 'Bench' },
  });
  const merchant = { name: 'Bench', contactEmail: owner.email, ownerId: owner.id };
  await db.store.create({ data: { code: 'bench', name: 'Bench', merchant: { create: merchant } } });
  await close();
  return url.href;
}

/** What is left to autovacuum in a database would take a fifth of a core from what is measured next. */
async function dropDatabase(serverUrl: string, name: string): Promise<void> {
  const admin = new pg.Client({ connectionString: serverUrl });
  await admin.connect();
  await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
  await admin.end();
}

/** What the marketplace's own disk takes is not the import's. */
async function keepInMemory(path: string): Promise<void> {
  await once(createReadStream(path, { highWaterMark: 1 << 20 }).resume(), 'close');
}

/** What the database will have done when a shop's feed is looked at again, an hour later. */
async function settle(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('VACUUM (ANALYZE)');
  await client.query('CHECKPOINT');
  await client.end();
}

async function measureFloor(url: string, feeds: Feeds, folder: string): Promise<Rates> {
  const { db, close } = createDb(url);
  const store = await db.store.findFirstOrThrow();
  await close();
  const floor = await openFloor(url, store.id);
  const rates = ratesOf(() => 0);
  try {
    for (const pass of passes) {
      const { size } = await stat(feeds[pass]);
      const spooled = { path: feeds[pass], bytes: size, sha256: '', etag: null, charset: null };
      const file = await writeNormalised(spooled, join(folder, 'normalised'));
      rates[pass] = Math.round(await floor.run(file));
    }
  } finally {
    await floor.close();
  }
  return rates;
}

interface ImportOptions {
  readonly batchSize: number;
  readonly connections: number;
}

/** Real imports of feeds that are served on loopback, by a node in a process of its own. */
async function measureImport(
  url: string,
  feeds: Feeds,
  folder: string,
  { batchSize, connections }: ImportOptions,
) {
  const web = await openFeedServer(dirname(feeds.first));
  const node = await openBenchNode([url, folder, web.origin, String(connections)]);
  const { db, close } = createDb(url);
  const queue = await openTurnQueue(url, (error) => console.error(error));
  const importOf = async (pass: Pass) => {
    await keepInMemory(feeds[pass]);
    // An address of its own for each pass: the same one could be nothing new.
    const job = await createImportJob(db, queue, uuidv7(), {
      ...{ storeCode: 'bench', language: 'EN', batchSize, createdById: null },
      sourceUrl: `${web.origin}/${basename(feeds[pass])}?${pass}`,
    });
    return waitForEnd(db, job.id);
  };
  try {
    const idle = await node.during(() => wait(idleMs));
    const first = await node.during(() => importOf('first'));
    const jobs = [first.result, await importOf('unchanged'), await importOf('changed')];
    const notModified = await importOf('changed');
    web.forgetEtags();
    await settle(url);
    const plain = () => downloadSeconds(`${web.origin}/${basename(feeds.changed)}`, join(folder, 'plain'));
    // A virtual machine gives memory back while it lies idle, and gets it again page by page: nobody's seconds.
    const whileMemoryComes = await plain();
    const sameBytes = [await importOf('changed'), await importOf('changed'), await importOf('changed')];
    const plainSeconds = await plain();
    const rates = ratesOf((pass) => rateOf(jobs[passes.indexOf(pass)]));
    const responsiveness = { idle: idle.responsiveness, importing: first.responsiveness };
    return {
      rates,
      peakRssMb: await node.peakRssMb(),
      jobs,
      againSeconds: {
        notModified: durationMs(notModified) / 1000,
        sameBytes: sameBytes.map((job) => durationMs(job) / 1000),
        plain: plainSeconds,
        whileMemoryComes,
      },
      responsiveness,
    };
  } finally {
    await node.close();
    await queue.stop();
    await close();
    await web.close();
  }
}

/** How long it takes to get a feed into a file, and nothing else: the plain measure of the same bytes again. */
async function downloadSeconds(url: string, path: string): Promise<number> {
  const started = performance.now();
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  get(url, resolve).on('error', reject);
  await pipeline(await promise, createWriteStream(path));
  const seconds = (performance.now() - started) / 1000;
  await rm(path);
  return seconds;
}

/** As long as an import of 200,000 rows about takes, so that both percentiles are of as many answers. */
const idleMs = 15_000;

const rateOf = (job: MarketplaceImportJob | undefined) =>
  job ? Math.round(job.totalProcessed / (durationMs(job) / 1000)) : 0;

const durationMs = ({ startedAt, completedAt }: MarketplaceImportJob) =>
  (completedAt?.getTime() ?? 0) - (startedAt?.getTime() ?? 0);

async function waitForEnd(db: Database['db'], id: string): Promise<MarketplaceImportJob> {
  for (;;) {
    const job = await db.marketplaceImportJob.findUniqueOrThrow({ where: { id } });
    if (job.completedAt) {
      if (job.status !== 'COMPLETED_WITH_ERRORS')
        throw new Error(`the import ended ${job.status}: ${job.failureMessage ?? ''}`);
      return job;
    }
    await wait(100);
  }
}

interface Result {
  readonly rows: number;
  /** Rows a second. */
  readonly floor: Rates;
  readonly import: Rates;
  readonly ratio: Rates;
  /** Of the whole importing process. */
  readonly peakRssMb: number;
  /**
   * The last feed once more: a server that says so itself, and one that sends all of it again, three times; beside it
   * a plain download to a file, after them and before, when the memory for it was not there yet.
   */
  readonly againSeconds: {
    readonly notModified: number;
    readonly sameBytes: readonly number[];
    readonly plain: number;
    readonly whileMemoryComes: number;
  };
  readonly responsiveness: { readonly idle: Responsiveness; readonly importing: Responsiveness };
}

function print({ rows, floor, ratio, peakRssMb, againSeconds, responsiveness, ...rest }: Result): void {
  const count = (value: number) => value.toLocaleString('en').padStart(12);
  console.log(`${rows.toLocaleString('en')} rows, in rows a second`);
  console.log(`${''.padEnd(12)}${'floor'.padStart(12)}${'import'.padStart(12)}${'ratio'.padStart(12)}`);
  for (const pass of passes) {
    console.log(
      `${pass.padEnd(12)}${count(floor[pass])}${count(rest.import[pass])}${ratio[pass].toFixed(2).padStart(12)}`,
    );
  }
  const { idle, importing } = responsiveness;
  const seconds = (...values: readonly number[]) => `${values.map((value) => value.toFixed(2)).join(', ')} s`;
  const { notModified, sameBytes, plain, whileMemoryComes } = againSeconds;
  console.log(
    `the same again: ${seconds(notModified)} when the server knows it, ${seconds(...sameBytes)} when it sends all; a plain download takes ${seconds(plain)}, and took ${seconds(whileMemoryComes)} before`,
  );
  console.log(`peak memory of the importing process: ${peakRssMb} MB`);
  const rise = (what: keyof Responsiveness) =>
    `${idle[what]} ms idle, ${importing[what]} ms during the first import, ${(importing[what] / idle[what]).toFixed(1)} times`;
  console.log(`/health p99: ${rise('healthP99Ms')}`);
  console.log(`a process beside it that only answers, p99: ${rise('bareP99Ms')}`);
  console.log(`event loop delay p99: ${rise('delayP99Ms')}`);
}

/** Milliseconds a step. Two connections overlap, so the sum may exceed the whole. */
function printProfile(jobs: readonly MarketplaceImportJob[]): void {
  const columns = jobs.map((job): Record<string, number> => ({ ...stepMs(job), total: durationMs(job) }));
  console.log(`\n${'ms'.padEnd(12)}${passes.map((pass) => pass.padStart(12)).join('')}`);
  for (const step of [...timedSteps, 'total']) {
    console.log(step.padEnd(12) + columns.map((ms) => String(ms[step] ?? 0).padStart(12)).join(''));
  }
}

function stepMs({ phases }: MarketplaceImportJob): object {
  const last: unknown = Array.isArray(phases) ? phases.at(-1) : null;
  return last && typeof last === 'object' && 'stepMs' in last && last.stepMs ? last.stepMs : {};
}
