import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openApi, type NodeApi } from './api.ts';
import { importDemo } from './cli/demo-import.ts';
import { exitStatus, UsageError } from './cli/exit-status.ts';
import {
  allowedAddressesOf,
  openImportNode,
  originOf,
  startWorker,
  type ImportNode,
} from './cli/import-node.ts';
import { onInterruption, surviveClosedOutput } from './cli/interruption.ts';
import { sentenceOf } from './cli/sentence-of.ts';
import { ConfigError, readConfig, type Config } from './config.ts';
import { moveDemoFeeds, openDemoAccounts, otherDemoOrigins, seedDemo } from './demo/seed.ts';
import { serveDemoFeed } from './demo/served-feed.ts';
import { demoAccounts } from './demo/shops.ts';
import { isOurs } from './http/ask-health.ts';
import { createHealth, type LifePhase } from './http/health.ts';
import { ListenError, openHttpServer, type HttpServer } from './http/http-server.ts';
import { createMetricsAnswer } from './http/metrics.ts';
import { servePages } from './http/pages.ts';
import { createRequestListener, createUpgradeListener, type Site } from './http/request-listener.ts';
import type { ImportWorker } from './modules/import-job/import-worker.ts';
import { checkSigningKeys, parseSigningKeys, SigningKeysError } from './modules/user/signing-keys.ts';
import { systemLookup } from './pipeline/source/address.ts';
import { parseAllowedAddresses } from './pipeline/source/allowed-addresses.ts';
import { clusterElsewhere } from './platform/embedded-postgres/place.ts';
import { countWorkers } from './platform/worker-presence.ts';
import { openTelemetry, type Telemetry } from './telemetry.ts';

const root = resolve(import.meta.dirname, '../..');
const say = (line = '') => console.log(line);

/** A refusal to start, with what to do about it. */
class StartError extends Error {}

/** The server, from its start to its end: config, http, database, queue, worker, and back. */
class Server {
  readonly #config: Config;
  readonly #telemetry: Telemetry;
  /** Aborted when the server is to end. */
  readonly #stopping: AbortSignal;
  /** Told of what it cannot go on with. */
  readonly #fail: (error: Error) => void;
  readonly #showsDemo: boolean;
  #phase: LifePhase = 'starting';
  #http: HttpServer | null = null;
  #node: ImportNode | null = null;
  #api: NodeApi | null = null;
  #worker: ImportWorker | null = null;

  constructor(config: Config, telemetry: Telemetry, stopping: AbortSignal, fail: (error: Error) => void) {
    this.#config = config;
    this.#telemetry = telemetry;
    this.#stopping = stopping;
    this.#fail = fail;
    this.#showsDemo = config.demo && config.loopback && config.role !== 'worker';
  }

  /** Resolves when everything runs; rejects with the signal's reason when it is aborted before. */
  async start(): Promise<void> {
    const config = this.#config;
    const { log, metrics } = this.#telemetry;
    this.#http = await this.#openHttp();
    const { port } = this.#http;
    say(config.databaseUrl === null ? 'Starting PostgreSQL …' : 'Connecting to PostgreSQL …');
    const opening = openImportNode(config, log, this.#fail);
    // A PostgreSQL of our own that is being started cannot be left half-way.
    const opened = await (config.databaseUrl === null ? opening : this.#unlessStopped(opening));
    this.#node = opened;
    const logTails = this.#telemetry.start(opened);
    const node = (this.#node = { ...opened, jobs: this.#telemetry.observe(opened.jobs) });
    this.#stopping.throwIfAborted();
    const outside = config.databaseUrl === null ? await clusterElsewhere(config.dataDir) : null;
    if (outside !== null) say(`The database is in ${outside}, outside ${config.dataDir}: back up both.`);

    if (!config.loopback) await refuseDemoAccounts(node, config);
    const origin = originOf(config.host, port);
    const elsewhere = this.#showsDemo ? await prepareDemo(node, origin) : [];
    this.#stopping.throwIfAborted();

    const allowedAddresses = [allowedAddressesOf(config, port), ...elsewhere].filter(Boolean).join(',');
    // A worker apart offers no feeds, and may be there before whoever does.
    const isApart = config.demo && config.loopback && config.role === 'worker';
    const openedNow = isApart ? () => answeringElsewhere(node, origin) : undefined;
    if (config.role !== 'api')
      this.#worker = await startWorker(node, config, allowedAddresses, log, openedNow);
    if (config.role !== 'worker') {
      const api = openApi({ node, config, allowedAddresses, log, logTails, metrics });
      this.#api = await this.#unlessStopped(api);
    }
    this.#phase = 'ready';
    log.info({ role: config.role }, 'node started');
    if (this.#showsDemo && this.#worker) {
      const rules = { allowedAddresses: parseAllowedAddresses(allowedAddresses), lookup: systemLookup };
      await importDemo({ node, rules, log, stopping: this.#stopping, say });
    }
    this.#stopping.throwIfAborted();
    await greet(node, config, port);
  }

  /** Takes no more work, finishes the batches that are being written, and closes everything. */
  async stop(): Promise<void> {
    if (this.#phase === 'ready') this.#telemetry.log.info('node stops');
    this.#phase = 'stopping';
    // Closed from the last line up, each of them even when one before it fails.
    await using closing = new AsyncDisposableStack();
    closing.defer(async () => this.#node?.close());
    closing.defer(() => this.#telemetry.stop());
    closing.defer(async () => this.#http?.close());
    closing.defer(async () => this.#api?.close());
    closing.defer(async () => this.#worker?.stop());
  }

  /** Breaks off what is under way, and lets go of the embedded PostgreSQL. */
  async abandon(): Promise<void> {
    await this.#node?.abandon();
  }

  /** What is being opened; rejects with the signal's reason when that comes first, and leaves it to the process's end. */
  async #unlessStopped<T>(opening: Promise<T>): Promise<T> {
    await Promise.race([opening, aborted(this.#stopping)]);
    this.#stopping.throwIfAborted();
    return opening;
  }

  async #openHttp(): Promise<HttpServer> {
    const { host, port, role, redisUrl } = this.#config;
    const { version } = JSON.parse(await readFile(resolve(root, 'package.json'), 'utf8')) as {
      version: string;
    };
    const pingDatabase = async () => {
      if (this.#node) await this.#node.db.$queryRaw`SELECT 1`;
    };
    const { log, metrics } = this.#telemetry;
    const site: Site = {
      log,
      loopback: this.#config.loopback,
      api: () => this.#api,
      metrics: createMetricsAnswer({ metrics, token: this.#config.metricsToken }),
      health: createHealth({
        ...{ version, phase: () => this.#phase, pingDatabase },
        ...(redisUrl === null ? {} : { pingEvents: async () => this.#node?.bus.pingOthers?.() }),
      }),
      findFeed: (name) => (this.#showsDemo ? serveDemoFeed(name) : null),
      pages:
        role === 'worker'
          ? (_request, _response, otherwise) => otherwise()
          : servePages(resolve(root, 'web/build')),
    };
    return openHttpServer({ host, port }, createRequestListener(site), createUpgradeListener(site));
  }
}

/** Passwords that everybody can read must not open a server that everybody can reach. */
async function refuseDemoAccounts({ db }: ImportNode, { host, trustedProxies }: Config): Promise<void> {
  const open = await openDemoAccounts(db);
  if (open.length === 0) return;
  const proxies = trustedProxies.length > 0 ? ` by TRUSTED_PROXIES ${trustedProxies.join(', ')}` : '';
  throw new StartError(
    `Others can reach HOST ${host}${proxies}, and in this database demo passwords work: ${open.join(', ')}. ` +
      `Choose another DATA_DIR or DATABASE_URL, without the demo, or HOST=127.0.0.1${proxies && ' and no proxy'}.`,
  );
}

/**
 * The origins where the demo's feeds stay because another server offers them: its imports would be refused the feeds of
 * this one, which may end before it does.
 */
async function prepareDemo(node: ImportNode, origin: string): Promise<string[]> {
  const { db } = node;
  if (await seedDemo(db, origin)) {
    say('Put the demo stores into the empty database.');
    return [];
  }
  const answering = await answeringElsewhere(node, origin);
  // Another node may be on another machine, where its feeds cannot be asked for from here.
  if (answering.length === 0 && (await countWorkers(db)) === 0) await moveDemoFeeds(db, origin);
  return answering;
}

/** The origins of this machine's other servers of this program that the demo's feeds are to come from. */
async function answeringElsewhere({ db }: ImportNode, origin: string): Promise<string[]> {
  const others = await otherDemoOrigins(db, origin);
  const answering: string[] = [];
  // At our own port it is we who answer, by another name.
  const apart = others.filter((other) => new URL(other).port !== new URL(origin).port);
  for (const other of apart) if (await isOurs(other)) answering.push(other);
  return answering;
}

/** Says where the server is and, while their passwords work, who can sign in. */
async function greet({ db }: ImportNode, config: Config, port: number): Promise<void> {
  const { host, role, loopback, graphiql } = config;
  const address = originOf(host === '127.0.0.1' ? 'localhost' : host, port);
  say();
  say(
    role === 'worker' ? `This worker imports what waits. Its health: ${address}/health` : `Ready: ${address}`,
  );
  if (role !== 'worker' && graphiql) say(`GraphiQL: ${address}/graphql`);
  const open = loopback ? await openDemoAccounts(db) : [];
  if (role !== 'worker' && open.length > 0) {
    say();
    for (const { email, password, name } of demoAccounts.filter((account) => open.includes(account.email))) {
      say(`  ${email.padEnd(20)}  ${password.padEnd(10)}  ${name}`);
    }
  }
  say();
  say('Ctrl-C stops it.');
}

/** Longest wait for the database when somebody presses Ctrl-C a second time. */
const leaveMs = 5_000;

/** Runs the server until a signal or a fault ends it; the exit status. */
async function run(config: Config): Promise<number> {
  const telemetry = openTelemetry(config);
  const { log } = telemetry;
  const stopping = new AbortController();
  let status: number = exitStatus.done;
  // A fault that nothing caught, or nothing could: the database must not stay behind.
  const fail = (error: Error) => {
    status = exitStatus.failed;
    stopping.abort();
    log.fatal({ err: error }, 'fault');
    console.error(sentenceOf(error));
  };
  const server = new Server(config, telemetry, stopping.signal, fail);
  const leave = (count: number) => {
    if (count > 2) process.exit(exitStatus.interrupted);
    // What is broken off complains, and everybody knows why.
    log.level = 'silent';
    void Promise.race([server.abandon(), wait(leaveMs)]).finally(() => process.exit(exitStatus.interrupted));
  };
  const stop = () => {
    say('\nStopping …');
    stopping.abort();
  };
  onInterruption({ first: stop, again: leave });
  process.on('uncaughtException', fail);
  try {
    await server.start();
    await aborted(stopping.signal);
  } catch (error) {
    if (!stopping.signal.aborted || error !== stopping.signal.reason) {
      console.error(explain(error, config));
      status = error instanceof ConfigError ? exitStatus.usage : exitStatus.failed;
    }
  }
  await server.stop();
  return status;
}

const aborted = (signal: AbortSignal) =>
  new Promise<void>((settle) => {
    if (signal.aborted) settle();
    else signal.addEventListener('abort', () => settle(), { once: true });
  });

const explain = (error: unknown, { databaseUrl }: Config) =>
  error instanceof ListenError || error instanceof StartError
    ? error.message
    : sentenceOf(error, databaseUrl);

/** Before anything is opened: it would be refused at the end of the start. */
function checkKeys(config: Config): Config {
  try {
    if (config.role !== 'worker') checkSigningKeys(config);
  } catch (error) {
    throw error instanceof SigningKeysError ? new ConfigError([error.message]) : error;
  }
  return config;
}

/** One that is passed over would be taken for one that works. */
function refuseArguments([first]: readonly string[]): void {
  if (first === undefined) return;
  throw new UsageError(
    `The server takes no arguments, and "${first}" is one. It is set by variables, such as PORT=4001; the README lists them.`,
  );
}

surviveClosedOutput();
try {
  refuseArguments(process.argv.slice(2));
  const checks = { allowedAddresses: parseAllowedAddresses, authKeys: parseSigningKeys };
  process.exit(await run(checkKeys(readConfig(process.env, checks))));
} catch (error) {
  console.error(sentenceOf(error));
  const isUsage = error instanceof ConfigError || error instanceof UsageError;
  process.exit(isUsage ? exitStatus.usage : exitStatus.failed);
}
