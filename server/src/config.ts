import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { z } from 'zod';

/** The environment as the programs use it: parsed once, sizes in bytes and times in milliseconds. */
export interface Config {
  /** 0 for any free port. */
  readonly port: number;
  readonly host: string;
  /** True when only this machine can reach the server. */
  readonly loopback: boolean;
  /** Absolute. */
  readonly dataDir: string;
  readonly spoolFolder: string;
  /** Null for the embedded PostgreSQL. */
  readonly databaseUrl: string | null;
  readonly role: Role;
  /** Demo stores in an empty database, and their feeds. */
  readonly demo: boolean;
  /** As it was set: it is parsed again where feeds are fetched. */
  readonly feedAllowedAddresses: string;
  readonly importConcurrency: number;
  readonly importConnections: number;
  readonly importHangMs: number;
  readonly feedMaxBytes: number;
  readonly feedMaxInflatedBytes: number;
  readonly feedTimeoutMs: number;
  readonly feedIdleMs: number;
  readonly logLevel: LogLevel;
}

export const roles = ['all', 'api', 'worker'] as const;
export type Role = (typeof roles)[number];

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** What other parts know how to check. Each throws an Error with the reason. */
export interface SettingChecks {
  readonly allowedAddresses: (setting: string) => unknown;
}

const root = resolve(import.meta.dirname, '../..');

interface Setting {
  /** As text; shown in the README. Empty for none. */
  readonly fallback: string;
  readonly meaning: string;
}

/** Every setting, as the README lists them. */
export const settings = {
  PORT: { fallback: '4000', meaning: 'Port of the server; 0 takes any that is free.' },
  HOST: {
    fallback: '127.0.0.1',
    meaning:
      'Address that it listens on. On one that others can reach there is no demo, and it does not start while a demo password works.',
  },
  DATA_DIR: {
    fallback: '.data',
    meaning:
      'Folder of the embedded PostgreSQL and of feeds that are being read. Relative to the repository.',
  },
  DATABASE_URL: {
    fallback: '',
    meaning: 'A PostgreSQL server (`postgresql://…`) to use instead of the embedded one.',
  },
  ROLE: {
    fallback: 'all',
    meaning: '`api` serves and does not import, `worker` imports and serves only `/health` and `/ready`.',
  },
  DEMO: {
    fallback: 'on',
    meaning: '`off` leaves an empty database empty, and serves no demo feeds.',
  },
  FEED_ALLOWED_ADDRESSES: {
    fallback: '',
    meaning:
      'Private addresses that feeds may come from, separated by commas: origins, hosts, hosts with a port, or ranges, such as `http://feeds.intranet:4000` or `10.0.0.0/8`.',
  },
  IMPORT_CONCURRENCY: { fallback: '2', meaning: 'Imports that run at the same time, each in a thread.' },
  IMPORT_CONNECTIONS: { fallback: '2', meaning: 'Database connections that one import writes with.' },
  IMPORT_HANG_SECONDS: {
    fallback: '60',
    meaning: 'Silence after which an import counts as hung and is started again.',
  },
  FEED_MAX_MB: { fallback: '2000', meaning: 'Largest feed, as it is sent.' },
  FEED_MAX_INFLATED_MB: { fallback: '4000', meaning: 'Largest feed, once it is unpacked.' },
  FEED_TIMEOUT_SECONDS: {
    fallback: '900',
    meaning: 'Longest download of a feed, redirects and retries included.',
  },
  FEED_IDLE_SECONDS: { fallback: '30', meaning: 'Longest silence of the server of a feed.' },
  LOG_LEVEL: {
    fallback: 'warn',
    meaning:
      'What is logged, as JSON lines on standard error: `fatal`, `error`, `warn`, `info`, `debug`, `trace` or `silent`.',
  },
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof settings;

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
    ROLE: choice(roles),
    DEMO: choice(['on', 'off']),
    FEED_ALLOWED_ADDRESSES: z.string().superRefine((setting, context) => {
      try {
        checks.allowedAddresses(setting);
      } catch (error) {
        const reason = error instanceof Error ? ` ${error.message}` : '';
        context.addIssue({
          code: 'custom',
          message: `origins, hosts, hosts with a port, or ranges.${reason}`,
        });
      }
    }),
    IMPORT_CONCURRENCY: whole(1, 64),
    IMPORT_CONNECTIONS: whole(1, 16),
    IMPORT_HANG_SECONDS: whole(5, day),
    FEED_MAX_MB: whole(1, 1_000_000),
    FEED_MAX_INFLATED_MB: whole(1, 1_000_000),
    FEED_TIMEOUT_SECONDS: whole(1, day),
    FEED_IDLE_SECONDS: whole(1, day),
    LOG_LEVEL: choice(logLevels),
  });

const names = Object.keys(settings) as SettingName[];
/** Quoting these in an error could show a password to whoever reads the terminal. */
const secret: readonly SettingName[] = ['DATABASE_URL'];

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
  return {
    port: parsed.PORT,
    host: parsed.HOST,
    loopback: isLoopback(parsed.HOST),
    dataDir,
    spoolFolder: join(dataDir, 'spool'),
    databaseUrl: parsed.DATABASE_URL || null,
    role: parsed.ROLE,
    demo: parsed.DEMO === 'on',
    feedAllowedAddresses: parsed.FEED_ALLOWED_ADDRESSES,
    importConcurrency: parsed.IMPORT_CONCURRENCY,
    importConnections: parsed.IMPORT_CONNECTIONS,
    importHangMs: parsed.IMPORT_HANG_SECONDS * 1000,
    feedMaxBytes: parsed.FEED_MAX_MB * 1e6,
    feedMaxInflatedBytes: parsed.FEED_MAX_INFLATED_MB * 1e6,
    feedTimeoutMs: parsed.FEED_TIMEOUT_SECONDS * 1000,
    feedIdleMs: parsed.FEED_IDLE_SECONDS * 1000,
    logLevel: parsed.LOG_LEVEL,
  };
}

/** True for addresses that never leave this machine (RFC 1122 3.2.1.3, RFC 4291 2.5.3, RFC 6761 6.3). */
function isLoopback(host: string): boolean {
  if (isIP(host) === 4) return host.startsWith('127.');
  return host === '::1' || /^(.+\.)?localhost$/i.test(host);
}

/** The table of the README, one row a setting. */
export function settingsTable(): string {
  const rows = names.map((name) => {
    const { fallback, meaning } = settings[name];
    return `| \`${name}\` |${fallback === '' ? '' : ` \`${fallback}\``} | ${meaning} |`;
  });
  return ['| variable | default | meaning |', '| --- | --- | --- |', ...rows].join('\n');
}
