import type { TestDatabase } from './database.ts';

/** What befalls a batch the first time that its record is written, in the transaction of the batch. */
export type BatchFault =
  /** Another attempt takes the job, as a claim does. The batch itself is committed, as the last of its attempt. */
  | 'fenced'
  /** The database ends the session. */
  | 'lost'
  /** Others were in the way. */
  | 'conflict'
  | 'deadlock';

/** Faults by the numbers of batches, from 1. */
export type FaultPlan = ReadonlyMap<number, BatchFault>;

const mostBatches = 40;

/** Makes the database able to hurt batches; nothing happens before `planFaults`. */
export async function prepareFaults({ db }: TestDatabase): Promise<void> {
  await db.$executeRawUnsafe(
    'CREATE TABLE planned_faults (batch_number int PRIMARY KEY, kind text NOT NULL)',
  );
  // What a transaction has done is undone with it, but not what it took from a sequence.
  for (let number = 1; number <= mostBatches; number++) {
    await db.$executeRawUnsafe(`CREATE SEQUENCE fault_of_batch_${number}`);
  }
  await db.$executeRawUnsafe(`
    CREATE FUNCTION hurt_batch() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE planned text := (SELECT kind FROM planned_faults WHERE batch_number = NEW.batch_number);
    BEGIN
      IF planned IS NULL OR nextval('fault_of_batch_' || NEW.batch_number) > 1 THEN RETURN NULL; END IF;
      CASE planned
        WHEN 'fenced' THEN UPDATE marketplace_import_jobs SET attempt = attempt + 1 WHERE id = NEW.job_id;
        WHEN 'lost' THEN PERFORM pg_terminate_backend(pg_backend_pid());
        WHEN 'conflict' THEN RAISE unique_violation;
        WHEN 'deadlock' THEN RAISE deadlock_detected;
      END CASE;
      RETURN NULL;
    END $$`);
  await db.$executeRawUnsafe(`
    CREATE TRIGGER hurt_batch AFTER INSERT ON marketplace_import_batches
    FOR EACH ROW EXECUTE FUNCTION hurt_batch()`);
}

/** What is to happen to the batches of the next import, in place of any plan before. */
export async function planFaults({ db }: TestDatabase, plan: FaultPlan): Promise<void> {
  await db.$executeRawUnsafe('TRUNCATE planned_faults');
  for (const [number, kind] of plan) {
    await db.$executeRawUnsafe(`ALTER SEQUENCE fault_of_batch_${number} RESTART`);
    await db.$executeRaw`INSERT INTO planned_faults VALUES (${number}, ${kind})`;
  }
}
