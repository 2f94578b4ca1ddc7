import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { settings, type SettingName } from './settings.ts';
import { isLoopback } from './shared/loopback.ts';

/** The environment as the programs use it: parsed once, sizes in bytes and times in milliseconds. */
export interface Config {
  /** 0 for any free port. */
  readonly port: number;
  readonly host: string;
  /** True when only this machine can reach the server: it listens on loopback, and no proxy stands before it. */
  readonly loopback: boolean;
  /** Absolute. */
  readonly dataDir: string;
  readonly spoolFolder: string;
  /** Null for the embedded PostgreSQL. */
  readonly databaseUrl: string | null;
  /** Null for events within this process, and those of others by way of the database. */
  readonly redisUrl: string | null;
  /** As they were set: they are parsed again where tokens are signed. Null for keys of the data folder. */
  readonly authKeys: string | null;
  readonly role: Role;
  /** Demo stores in an empty database, and their feeds. */
  readonly demo: boolean;
  /** As it was set: it is parsed again where feeds are fetched. */
  readonly feedAllowedAddresses: string;
  readonly importConcurrency: number;
  readonly importConnections: number;
  readonly importConnectionsInUse: number;
  readonly importHangMs: number;
  readonly importErrorsKeepDays: number;
  readonly importErrorsKeepImports: number;
  readonly feedMaxBytes: number;
  readonly feedMaxInflatedBytes: number;
  readonly feedMaxRows: number;
  readonly feedTimeoutMs: number;
  readonly feedIdleMs: number;
  readonly logLevel: LogLevel;
  /** From here on entries are kept in the database. */
  readonly logStoreLevel: LogLevel;
  readonly logKeepDays: number;
  readonly logKeepEntries: number;
  readonly graphiql: boolean;
  readonly introspection: boolean;
  readonly corsOrigins: readonly string[];
  /** Addresses and ranges. */
  readonly trustedProxies: readonly string[];
  readonly socketsPerAddress: number;
  /** Addresses, with ports or without; empty for those that the machine uses. */
  readonly dnsServers: readonly string[];
  /** Null when metrics are for this machine and its private network. */
  readonly metricsToken: string | null;
}

export const roles = ['all', 'api', 'worker'] as const;
export type Role = (typeof roles)[number];

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** What other parts know how to check. Each throws an Error with the reason. */
export interface SettingChecks {
  readonly allowedAddresses: (setting: string) => unknown;
  /** Its reasons quote nothing of the setting. */
  readonly authKeys: (setting: string) => unknown;
}

const root = resolve(import.meta.dirname, '../..');

/** Settings that cannot be used: every one of them, a line each, with what is allowed. */
export class ConfigError extends Error {
  constructor(problems: readonly string[]) {
    super(`These settings cannot be used:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

/** A whole number in decimal digits: `Number` would take `0x10`, ` 7 ` and `1e3` as well. */
const whole = (from: number, to: number) => {
  const allowed = `a whole number from ${from} to ${to.toLocaleString('en')}`;
  return z
    .string()
    .regex(/^\d{1,15}$/, allowed)
    .transform(Number)
    .refine((number) => number >= from && number <= to, allowed);
};

const choice = <T extends string>(values: readonly [T, ...T[]]) =>
  z.enum(values, `one of ${values.join(', ')}`);

const isHost = (host: string) => isIP(host) !== 0 || /^[a-z\d]([a-z\d.-]*[a-z\d])?$/i.test(host);

function isPostgresUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^postgres(ql)?:$/.test(url.protocol) && url.pathname.length > 1;
}

/** As the scheme `redis` is registered with IANA: a server and, if any, the number of a database. */
function isRedisUrl(text: string): boolean {
  const url = URL.parse(text);
  return (
    url !== null && /^rediss?:$/.test(url.protocol) && url.hostname !== '' && /^(\/\d*)?$/.test(url.pathname)
  );
}

const entriesOf = (list: string) =>
  list
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean);

/** As the header Origin has it (RFC 6454 7): no path, no slash at the end. */
const isOrigin = (text: string) => /^https?:/.test(text) && URL.parse(text)?.origin === text;

function isAddressRange(text: string): boolean {
  const [, address = '', bits = '0'] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  return isIP(address) !== 0 && Number(bits) <= (isIP(address) === 4 ? 32 : 128);
}

/** An IP address, or one with a port, then in brackets when it is one of IPv6. */
function isServerAddress(text: string): boolean {
  const [, six, four, port = '53'] = /^(?:\[(.+)\]|([^:]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const valid = isIP(text) !== 0 || isIP(six ?? '') === 6 || isIP(four ?? '') === 4;
  return valid && Number(port) >= 1 && Number(port) <= 65_535;
}

/** What another part knows how to check; its reason is told. */
const checked = (allowed: string, check: (setting: string) => unknown) =>
  z.string().superRefine((setting, context) => {
    try {
      check(setting);
    } catch (error) {
      const reason = error instanceof Error ? ` ${error.message}` : '';
      context.addIssue({ code: 'custom', message: `${allowed}.${reason}` });
    }
  });

const day = 86_400;

const schemaOf = (checks: SettingChecks) =>
  z.object({
    PORT: whole(0, 65_535),
    HOST: z.string().refine(isHost, 'an IP address or the name of this machine, without a port'),
    DATA_DIR: z.string().refine((path) => !path.includes('\0'), 'a folder'),
    DATABASE_URL: z.string().refine((url) => url === '' || isPostgresUrl(url), {
      // Never quoted: it holds a password.
      message: 'an address of a database, such as postgresql://user:password@host:5432/name',
    }),
    AUTH_KEYS: checked('keys of access tokens', (keys) => keys === '' || checks.authKeys(keys)),
    REDIS_URL: z.string().refine((url) => url === '' || isRedisUrl(url), {
      message: 'an address of a Redis server, such as redis://:password@host:6379',
    }),
    ROLE: choice(roles),
    DEMO: choice(['on', 'off']),
    FEED_ALLOWED_ADDRESSES: checked('origins, hosts, hosts with a port, or ranges', checks.allowedAddresses),
    IMPORT_CONCURRENCY: whole(1, 64),
    IMPORT_CONNECTIONS: whole(1, 16),
    IMPORT_CONNECTIONS_IN_USE: whole(1, 16),
    IMPORT_HANG_SECONDS: whole(5, day),
    IMPORT_ERRORS_KEEP_DAYS: whole(1, 3_650),
    IMPORT_ERRORS_KEEP_IMPORTS: whole(1, 100_000),
    FEED_MAX_MB: whole(1, 1_000_000),
    FEED_MAX_INFLATED_MB: whole(1, 1_000_000),
    FEED_MAX_ROWS: whole(1, 1_000_000_000),
    FEED_TIMEOUT_SECONDS: whole(1, day),
    FEED_IDLE_SECONDS: whole(1, day),
    LOG_LEVEL: choice(logLevels),
    LOG_STORE_LEVEL: choice(logLevels),
    LOG_KEEP_DAYS: whole(1, 3_650),
    LOG_KEEP_ENTRIES: whole(1_000, 100_000_000),
    GRAPHIQL: choice(['auto', 'on', 'off']),
    GRAPHQL_INTROSPECTION: choice(['auto', 'on', 'off']),
    CORS_ORIGINS: z
      .string()
      .refine((list) => entriesOf(list).every(isOrigin), 'origins such as https://office.example'),
    TRUSTED_PROXIES: z
      .string()
      .refine((list) => entriesOf(list).every(isAddressRange), 'addresses, or ranges such as 10.0.0.0/8'),
    SOCKETS_PER_ADDRESS: whole(1, 100_000),
    DNS_SERVERS: z
      .string()
      .refine(
        (list) => entriesOf(list).every(isServerAddress),
        'IP addresses, with a port or without, such as 192.0.2.53 or [2001:db8::53]:5353',
      ),
    // RFC 6750 2.1. Never quoted, as it is a secret.
    METRICS_TOKEN: z
      .string()
      .regex(/^([\w.~+/-]{16,200}=*)?$/, 'at least 16 letters, digits or any of -._~+/'),
  });

const names = Object.keys(settings) as SettingName[];
/** Quoting these in an error could show a password to whoever reads the terminal. */
const secret: readonly SettingName[] = ['DATABASE_URL', 'REDIS_URL', 'AUTH_KEYS', 'METRICS_TOKEN'];

/**
 * The settings, with their defaults for what is unset or empty. Throws one ConfigError that names every setting
 * that cannot be used.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>, checks: SettingChecks): Config {
  const given = Object.fromEntries(
    names.map((name) => [name, env[name]?.trim() || settings[name].fallback]),
  ) as Record<SettingName, string>;
  const parsed = schemaOf(checks).safeParse(given);
  if (!parsed.success) {
    throw new ConfigError(
      parsed.error.issues.map(({ path, message }) => {
        const name = path[0] as SettingName;
        const value = secret.includes(name) ? 'set to something else' : `"${given[name]}"`;
        return `${name} is ${value}. Allowed: ${message}`;
      }),
    );
  }
  return Object.freeze(configOf(parsed.data));
}

type Parsed = z.output<ReturnType<typeof schemaOf>>;

function configOf(parsed: Parsed): Config {
  const dataDir = resolve(root, parsed.DATA_DIR);
  const trustedProxies = entriesOf(parsed.TRUSTED_PROXIES);
  const loopback = isLoopback(parsed.HOST) && trustedProxies.length === 0;
  const isOn = (choice: 'auto' | 'on' | 'off') => choice === 'on' || (choice === 'auto' && loopback);
  return {
    port: parsed.PORT,
    host: parsed.HOST,
    loopback,
    dataDir,
    spoolFolder: join(dataDir, 'spool'),
    databaseUrl: parsed.DATABASE_URL || null,
    redisUrl: parsed.REDIS_URL || null,
    authKeys: parsed.AUTH_KEYS || null,
    role: parsed.ROLE,
    demo: parsed.DEMO === 'on',
    feedAllowedAddresses: parsed.FEED_ALLOWED_ADDRESSES,
    importConcurrency: parsed.IMPORT_CONCURRENCY,
    importConnections: parsed.IMPORT_CONNECTIONS,
    importConnectionsInUse: parsed.IMPORT_CONNECTIONS_IN_USE,
    importHangMs: parsed.IMPORT_HANG_SECONDS * 1000,
    importErrorsKeepDays: parsed.IMPORT_ERRORS_KEEP_DAYS,
    importErrorsKeepImports: parsed.IMPORT_ERRORS_KEEP_IMPORTS,
    feedMaxBytes: parsed.FEED_MAX_MB * 1e6,
    feedMaxInflatedBytes: parsed.FEED_MAX_INFLATED_MB * 1e6,
    feedMaxRows: parsed.FEED_MAX_ROWS,
    feedTimeoutMs: parsed.FEED_TIMEOUT_SECONDS * 1000,
    feedIdleMs: parsed.FEED_IDLE_SECONDS * 1000,
    logLevel: parsed.LOG_LEVEL,
    logStoreLevel: parsed.LOG_STORE_LEVEL,
    logKeepDays: parsed.LOG_KEEP_DAYS,
    logKeepEntries: parsed.LOG_KEEP_ENTRIES,
    graphiql: isOn(parsed.GRAPHIQL),
    introspection: isOn(parsed.GRAPHQL_INTROSPECTION),
    corsOrigins: entriesOf(parsed.CORS_ORIGINS),
    trustedProxies,
    socketsPerAddress: parsed.SOCKETS_PER_ADDRESS,
    dnsServers: entriesOf(parsed.DNS_SERVERS),
    metricsToken: parsed.METRICS_TOKEN || null,
  };
}

/** The table of the README, one row a setting. */
export function settingsTable(): string {
  const rows = names.map((name) => {
    const { fallback, meaning } = settings[name];
    return `| \`${name}\` |${fallback === '' ? '' : ` \`${fallback}\``} | ${meaning} |`;
  });
  return ['| variable | default | meaning |', '| --- | --- | --- |', ...rows].join('\n');
}
