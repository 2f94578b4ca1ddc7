import { randomUUID } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import pg from 'pg';

/** Object ids of PostgreSQL's pg_type: `"char"`, a catalogue's one-letter type, and `text`. */
const charType = 18;
const textType = 25;

/**
 * Prisma's adapter knows no `"char"`, which the engine reads in the catalogue. The pool passes such columns
 * off as text and notes which they were, by the rows that they came with.
 */
function passOffChars(pool: pg.Pool): WeakMap<object, number[]> {
  const chars = new WeakMap<object, number[]>();
  const query = pool.query.bind(pool);
  const patched = async (config: string | pg.QueryArrayConfig) => {
    if (typeof config === 'string') return query(config);
    const result = await query(config);
    const found = result.fields.flatMap((field, index) => (field.dataTypeID === charType ? [index] : []));
    for (const index of found) Object.assign(result.fields[index] ?? {}, { dataTypeID: textType });
    chars.set(result.rows, found);
    return result;
  };
  Object.assign(pool, { query: patched });
  return chars;
}

async function connect(url: string, dispose: () => Promise<void>): Promise<SqlDriverAdapter> {
  // One session: the engine's locks belong to it.
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  const chars = passOffChars(pool);
  const inner = await new PrismaPg(pool).connect();
  return {
    provider: inner.provider,
    adapterName: inner.adapterName,
    executeRaw: (query) => inner.executeRaw(query),
    startTransaction: (level) => inner.startTransaction(level),
    getConnectionInfo: () => inner.getConnectionInfo(),
    queryRaw: async (query) => {
      const result = await inner.queryRaw(query);
      for (const index of chars.get(result.rows) ?? []) result.columnTypes[index] = ColumnTypeEnum.Character;
      return result;
    },
    // Prisma's own splits at every semicolon, those in quoted texts and in functions too.
    executeScript: async (script) => void (await pool.query(script)),
    dispose: async () => {
      await pool.end();
      await dispose();
    },
  };
}

async function execute(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

/**
 * What Prisma's schema engine works through, on the server of that address. The shadow database is a new one:
 * Prisma's own factory takes the very database of the address.
 */
export function engineAdapter(url: string): SqlMigrationAwareDriverAdapterFactory {
  const { provider, adapterName } = new PrismaPg(url);
  return {
    provider,
    adapterName,
    connect: () => connect(url, async () => undefined),
    connectToShadowDb: async () => {
      const name = `shadow_${randomUUID().replaceAll('-', '')}`;
      await execute(url, `CREATE DATABASE ${name}`);
      const shadow = new URL(url);
      shadow.pathname = name;
      return connect(shadow.href, () => execute(url, `DROP DATABASE ${name} WITH (FORCE)`));
    },
  };
}
