import pg from 'pg';
import type { TestDatabase } from './database.ts';
import { until } from './until.ts';

/**
 * Keeps the imports of a database from going past a chosen batch: what a test does to a running import then never
 * comes too late, however busy the machine is.
 */
export interface ImportHold {
  /** Once a job has so many batches on record, those that follow wait. Lets go what an earlier call holds. */
  after(batches: number): Promise<void>;
  /** Resolves when the job waits: between a batch's first statement and its commit. */
  reached(jobId: string): Promise<void>;
  /** Nothing waits any more. */
  lift(): Promise<void>;
}

/** Keys of PostgreSQL's advisory locks: this class, and the number of the call. */
const lockClass = 20;

/** To be made before the workers: the trigger asks for a lock that their sessions would keep from it. */
export async function holdImports({ db, url }: TestDatabase): Promise<ImportHold> {
  await db.$executeRawUnsafe('CREATE TABLE import_hold (after_batches int, lock int NOT NULL)');
  await db.$executeRawUnsafe('INSERT INTO import_hold VALUES (NULL, 0)');
  // A statement of an import has the job in the name of its session.
  await db.$executeRawUnsafe(`
    CREATE FUNCTION hold_import() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      job text := substring(current_setting('application_name') FROM '^import (.*)$');
      hold import_hold;
    BEGIN
      SELECT * INTO hold FROM import_hold;
      IF (SELECT count(*) FROM marketplace_import_batches WHERE job_id = job::uuid) >= hold.after_batches
        THEN PERFORM pg_advisory_xact_lock_shared(${lockClass}, hold.lock); END IF;
      RETURN NULL;
    END $$`);
  await db.$executeRawUnsafe(`
    CREATE TRIGGER hold_import BEFORE INSERT ON marketplace_products
    FOR EACH STATEMENT EXECUTE FUNCTION hold_import()`);
  const holder = new pg.Client({ connectionString: url });
  // It ends with the database, at the latest.
  holder.on('error', () => undefined);
  await holder.connect();
  let lock = 0;
  return {
    async after(batches) {
      lock += 1;
      await holder.query(`SELECT pg_advisory_lock(${lockClass}, ${lock})`);
      await db.$executeRaw`UPDATE import_hold SET after_batches = ${batches}, lock = ${lock}`;
      await holder.query(`SELECT pg_advisory_unlock(${lockClass}, ${lock - 1})`);
    },
    reached: (jobId) =>
      until(async () => {
        const waiting = await db.$queryRaw<unknown[]>`
          SELECT 1 FROM pg_stat_activity
          WHERE application_name = ${`import ${jobId}`} AND wait_event = 'advisory' AND pid IN (
            SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND classid = ${lockClass} AND objid = ${lock} AND NOT granted
          )`;
        return waiting.length > 0;
      }, 'the batch that is held'),
    async lift() {
      await db.$executeRaw`UPDATE import_hold SET after_batches = NULL`;
      await holder.end();
    },
  };
}
