import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { WebSocket } from 'ws';
import { createDb, type Database } from '../src/platform/database.ts';
import { applyMigrations } from '../src/platform/migrate.ts';
import { hasRedis, openRedisServer } from '../test/redis-server.ts';
import { openThrowawayPostgres } from '../test/throwaway-postgres.ts';
import { answer } from './child.ts';
import { countOf } from './count-of.ts';
import { percentile, round } from './figures.ts';
import { follow, hearBare, type Heard } from './push-clients.ts';
import type { BothCommits, Commits, NodeAddresses, ToNode } from './push-node.ts';

interface Times {
  readonly p50Ms: number;
  readonly p95Ms: number;
}

interface Row {
  readonly bus: Kind;
  readonly subscribers: number;
  /** Accounts that they have signed in with. */
  readonly accounts: number;
  readonly event: Times;
  readonly bare: Times;
  /** Of the 95th percentiles. */
  readonly ratio: number;
  readonly endsMissed: number;
}

interface Plan {
  readonly batches: number;
  readonly everyMs: number;
}

/**
 * Measures the time from the commit of a batch to the event in a client, next to sending the same text to as many
 * bare sockets, in turn and after a warm-up: `pnpm bench push`. What the importing thread takes to tell of its commit
 * is not in it: nothing, or up to a tenth of a second when batches follow each other more quickly than that.
 */
export async function runPushBench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      subscribers: { type: 'string', default: '1,100,1000' },
      batches: { type: 'string', default: '90' },
      every: { type: 'string', default: '100' },
      json: { type: 'boolean', default: false },
    },
  });
  const plan = { batches: countOf('batches', values.batches), everyMs: countOf('every', values.every) };
  const sizes = values.subscribers.split(',').map((size) => countOf('subscribers', size));
  await using opened = new AsyncDisposableStack();
  const postgres = await openThrowawayPostgres();
  opened.defer(() => postgres.close());
  await applyMigrations(postgres.url);
  const { db, close } = createDb(postgres.url);
  opened.defer(close);
  const redis = hasRedis() ? await openRedisServer() : null;
  if (redis) opened.defer(() => redis.close());
  else console.error('There is no redis-server on this machine: only the bus in process is measured.');
  const rows: Row[] = [];
  for (const kind of redis ? kinds : kinds.slice(0, 1)) {
    rows.push(...(await measureBus(db, kind, [postgres.url, redis?.url ?? ''], sizes, plan)));
  }
  if (values.json) console.log(JSON.stringify(rows));
  else print(rows);
}

/** Where the import runs that is followed. A node hears itself without Redis; what others say comes over it. */
const kinds = ['in process', 'same node, with Redis', 'another node, over Redis'] as const;
export type Kind = (typeof kinds)[number];

async function measureBus(
  db: Database['db'],
  kind: Kind,
  servers: readonly [databaseUrl: string, redisUrl: string],
  sizes: readonly number[],
  plan: Plan,
): Promise<Row[]> {
  const node = fork(new URL('./push-node.ts', import.meta.url), [kind, ...servers]);
  const addresses = await answer<NodeAddresses>(node);
  const ask = <T>(message: ToNode) => {
    node.send(message);
    return answer<T>(node);
  };
  const rows: Row[] = [];
  for (const subscribers of sizes) {
    for (const accounts of new Set([subscribers, 1])) {
      const measured = await measure(db, addresses, ask, { ...plan, subscribers, accounts });
      rows.push({
        bus: kind,
        subscribers,
        accounts,
        ...measured,
      });
    }
  }
  node.send({ kind: 'end' } satisfies ToNode);
  await once(node, 'exit');
  return rows;
}

type Ask = <T>(message: ToNode) => Promise<T>;

interface Run extends Plan {
  readonly subscribers: number;
  readonly accounts: number;
}

/** What comes before that which counts: a server that has run for a while is what people use. */
const warmUp = { batches: 90, everyMs: 50 };

async function measure(db: Database['db'], addresses: NodeAddresses, ask: Ask, run: Run) {
  const { text } = await runOnce(db, addresses, ask, { ...run, ...warmUp });
  const { event, bare, endsMissed } = await runOnce(db, addresses, ask, { ...run, bareText: text });
  return { event, bare, ratio: round(event.p95Ms / bare.p95Ms), endsMissed };
}

/** One job, whose batches are told to subscribers and to as many bare sockets in turn. */
async function runOnce(
  db: Database['db'],
  { graphql, bare }: NodeAddresses,
  ask: Ask,
  { subscribers, accounts, batches: count, everyMs, bareText }: Run & { readonly bareText?: string },
) {
  const job = await makeJob(db);
  const tokens = await ask<string[]>({ kind: 'tokens', count: accounts, storeId: job.storeId });
  const clients = await openAll(subscribers, (at) => follow(graphql, tokens[at % accounts] ?? '', job.id));
  const bareClients = await openAll(subscribers, () => hearBare(bare));
  const commits = await ask<BothCommits>({
    ...{ kind: 'batches', jobId: job.id, count, everyMs },
    bareText: bareText ?? textWithRows(clients),
  });
  await wait(1_000);
  const endsMissed = clients.filter(({ ended }) => !ended).length;
  const text = textWithRows(clients);
  await closeAll([...clients, ...bareClients]);
  return {
    event: timesOf(commits.told, clients),
    bare: timesOf(commits.bare, bareClients),
    endsMissed,
    text,
  };
}

/** What a subscriber has heard last, with a place for the number of rows. */
const textWithRows = ([client]: readonly Heard[]) =>
  client?.text.replace(/"totalProcessed":\d+/, '"totalProcessed":{rows}') ?? '';

async function makeJob(db: Database['db']) {
  const code = `bench-${crypto.randomUUID()}`;
  const merchant = {
    ...{ name: 'Bench', contactEmail: 'bench@example.test' },
    owner: { create: { email: `${code}@example.test`, passwordHash: '!', name: 'Bench' } },
  };
  const store = await db.store.create({ data: { code, name: 'Bench', merchant: { create: merchant } } });
  const sourceUrl = 'https://feeds.example.test/products.csv';
  return db.marketplaceImportJob.create({
    data: { storeId: store.id, sourceUrl, language: 'EN', normaliserVersion: 1 },
  });
}

/** Not all at once: a listen queue has its limits. */
async function openAll(count: number, open: (at: number) => Promise<Heard>): Promise<Heard[]> {
  const clients: Heard[] = [];
  while (clients.length < count) {
    const some = Array.from({ length: Math.min(50, count - clients.length) }, (_, at) =>
      open(clients.length + at),
    );
    clients.push(...(await Promise.all(some)));
  }
  return clients;
}

async function closeAll(clients: readonly Heard[]): Promise<void> {
  const open = clients.map(({ socket }) => socket).filter(({ readyState }) => readyState === WebSocket.OPEN);
  const closed = open.map((socket) => once(socket, 'close'));
  for (const socket of open) socket.close();
  await Promise.all(closed);
}

/** Of every commit and client; an event that a newer one has replaced counts from its own commit to that one. */
function timesOf(commits: Commits, clients: readonly Heard[]): Times {
  const times = clients.flatMap(({ at }) => {
    const heard = [...at].sort(([one], [other]) => one - other);
    return commits.flatMap(([rows, committedAt]) => {
      const first = heard.find(([of]) => of >= rows);
      return first ? [Number(first[1] - BigInt(committedAt)) / 1e6] : [];
    });
  });
  return { p50Ms: round(percentile(times, 0.5)), p95Ms: round(percentile(times, 0.95)) };
}

function print(rows: readonly Row[]): void {
  const cells = (values: readonly (string | number)[]) =>
    console.log(
      values.map((value, at) => (at === 0 ? String(value).padEnd(26) : String(value).padStart(13))).join(''),
    );
  console.log('from the commit of a batch to the event in the client, in milliseconds');
  cells(['', 'subscribers', 'accounts', 'p50', 'p95', 'bare p50', 'bare p95', 'ratio p95', 'ends missed']);
  for (const { bus, subscribers, accounts, event, bare, ratio, endsMissed } of rows) {
    cells([bus, subscribers, accounts, event.p50Ms, event.p95Ms, bare.p50Ms, bare.p95Ms, ratio, endsMissed]);
  }
}
