import pg from 'pg';
import type { TestDatabase } from './database.ts';
import { until } from './until.ts';

/** An import that waits in the middle of a transaction. */
export interface Pause {
  /** Resolves once it waits. */
  reached(): Promise<void>;
  /** Lets it go on; it does not wait again. */
  release(): Promise<void>;
}

/** Makes every import wait when it is about to write the product with this id in its feed. */
export const pauseAt = (database: TestDatabase, marketplaceProductId: string): Promise<Pause> =>
  pauseBefore(
    database,
    'INSERT ON marketplace_products',
    `NEW.marketplace_product_id = '${marketplaceProductId}'`,
  );

/** Makes every import wait when it is about to change the product with this id in its feed, and holds it. */
export const pauseAtChange = (database: TestDatabase, marketplaceProductId: string): Promise<Pause> =>
  pauseBefore(
    database,
    'UPDATE ON marketplace_products',
    `NEW.marketplace_product_id = '${marketplaceProductId}'`,
  );

/** Makes whoever hands a job back wait when that is about to be written. */
export const pauseAtHandBack = (database: TestDatabase): Promise<Pause> =>
  pauseBefore(database, 'UPDATE ON marketplace_import_jobs', `NEW.status = 'PENDING'`);

/** Makes every import wait when its end is about to be written. */
export const pauseAtEnd = (database: TestDatabase): Promise<Pause> =>
  pauseBefore(database, 'UPDATE ON marketplace_import_jobs', 'NEW.completed_at IS NOT NULL');

/** Makes every transaction wait when it is about to make a product missing in a language. */
export const pauseAtMissing = (database: TestDatabase): Promise<Pause> =>
  pauseBefore(
    database,
    'UPDATE ON marketplace_product_translations',
    'OLD.missing_since IS NULL AND NEW.missing_since IS NOT NULL',
  );

async function pauseBefore(database: TestDatabase, change: string, condition: string): Promise<Pause> {
  const { db } = database;
  await db.$executeRawUnsafe(`
    CREATE FUNCTION wait_for_test() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM pg_advisory_xact_lock_shared(1); RETURN NEW; END $$`);
  await db.$executeRawUnsafe(`
    CREATE TRIGGER wait_for_test BEFORE ${change} FOR EACH ROW
    WHEN (${condition}) EXECUTE FUNCTION wait_for_test()`);
  const holder = new pg.Client({ connectionString: database.url });
  // A test that fails leaves it to be ended with the database.
  holder.on('error', () => undefined);
  await holder.connect();
  await holder.query('SELECT pg_advisory_lock(1)');
  return {
    reached: () => waitsFor(database, 'advisory'),
    release: () => holder.end(),
  };
}

/** Resolves once a session of the database waits for a lock of this kind, as `pg_stat_activity` names it. */
export async function waitsFor({ db }: TestDatabase, event: string): Promise<void> {
  await until(async () => {
    const waiting = await db.$queryRaw<unknown[]>`
      SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event = ${event}`;
    return waiting.length > 0;
  }, `a session that waits for ${event}`);
}

/** How many sessions of the database wait for locks. */
export async function countLockWaits({ db }: TestDatabase): Promise<number> {
  const waiting = await db.$queryRaw<unknown[]>`
    SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  return waiting.length;
}

/** Resolves once so many sessions of the database wait for locks. */
export const waitForLocks = (database: TestDatabase, sessions: number): Promise<void> =>
  until(async () => (await countLockWaits(database)) >= sessions, `${sessions} sessions that wait for locks`);
