import { afterAll, beforeAll } from 'vitest';
import { openBus, type EventBus } from '../src/platform/bus.ts';
import { hasRedis, openRedisServer, type RedisServer } from './redis-server.ts';

/** A kind of bus, of which a test opens as many as it has nodes. */
export interface BusKind {
  /** For the name of a test. */
  readonly name: string;
  /** Why tests with it are left out; null when they run. */
  readonly missing: string | null;
  /** Null for the bus of a process. */
  readonly redisUrl: string | null;
  /** Another node's bus. Those of one process are one: what others do there comes by the database. */
  open(onError?: (error: unknown) => void): EventBus;
}

const inProcess: BusKind = {
  name: 'in process',
  missing: null,
  redisUrl: null,
  open: (onError = fail) => openBus({ redisUrl: null, onError }),
};

function fail(error: unknown): never {
  throw error;
}

/** Under CI a machine without the program fails. */
const lacksRedis = process.env['CI'] !== 'true' && !hasRedis();
const missing = lacksRedis ? 'there is no redis-server on this machine' : null;

let server: RedisServer | null = null;

/** The server of this file's tests. */
export function redis(): RedisServer {
  if (!server) throw new Error(missing ?? 'Call startRedisForTests at the top of the file.');
  return server;
}

const overRedis: BusKind = {
  name: 'over Redis',
  missing,
  get redisUrl() {
    return redis().url;
  },
  open: (onError = fail) => openBus({ redisUrl: redis().url, onError }),
};

/** Every kind: `describe.each(buses)`, or `test.each(buses)`; a kind that is missing is to be skipped by name. */
export const buses: readonly BusKind[] = [inProcess, overRedis];

/** To be called at the top of a file of tests. */
export function startRedisForTests(): void {
  beforeAll(async () => {
    if (!lacksRedis) server = await openRedisServer();
  });
  afterAll(async () => {
    await server?.close();
    server = null;
  });
}

/** A name of tests that says why they are skipped, when they are. */
export const titleOf = ({ name, missing: reason }: BusKind) =>
  reason === null ? name : `${name} (skipped: ${reason})`;
