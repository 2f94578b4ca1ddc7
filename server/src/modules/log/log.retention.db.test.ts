// @module-tag log
// @module-tag db
import { expect, test } from 'vitest';
import type { Db } from '../../platform/database.ts';
import { withDatabase, withRollback } from '../../../test/database.ts';
import { pruneLogs, startLogPruning } from './log.retention.ts';

/** One entry for each age, in days. */
const buildEntries = (db: Db, ages: readonly number[]) =>
  db.logEntry.createMany({
    data: ages.map((age) => ({
      at: new Date(Date.now() - age * 86_400_000),
      level: 30,
      message: `${age}`,
      node: 'one:1',
    })),
  });

const agesOf = async (db: Db) =>
  (await db.logEntry.findMany({ orderBy: { id: 'asc' } })).map(({ message }) => Number(message));

test.each([
  ['days', 14, 100, [20, 14.5, 13.5, 1], [13.5, 1]],
  ['entries', 14, 2, [4, 3, 2, 1], [2, 1]],
  ['both', 3, 2, [9, 8, 2, 1, 0.5], [1, 0.5]],
  ['nothing', 14, 4, [4, 3, 2, 1], [4, 3, 2, 1]],
])('what is too much by %s goes', (_kind, keepDays, keepEntries, before, after) =>
  withRollback(async (db) => {
    await buildEntries(db, before);
    expect(await pruneLogs(db, { keepDays, keepEntries })).toBe(before.length - after.length);
    expect(await agesOf(db)).toEqual(after);
  }),
);

test('numbers that were never used are no entries', () =>
  withRollback(async (db) => {
    await buildEntries(db, [3]);
    await db.$queryRaw`SELECT setval('log_entries_id_seq', 1000000)`;
    await buildEntries(db, [2, 1]);
    expect(await pruneLogs(db, { keepDays: 14, keepEntries: 3 })).toBe(0);
    expect(await pruneLogs(db, { keepDays: 14, keepEntries: 2 })).toBe(1);
  }));

test('more than a batch goes at once, and of two nodes one does it', () =>
  withDatabase(async ({ db }) => {
    await buildEntries(
      db,
      Array.from({ length: 5_000 }, () => 20),
    );
    await db.$transaction(async (other) => {
      await other.$queryRaw`SELECT pg_advisory_xact_lock(72707371)::text`;
      expect(await pruneLogs(db, { keepDays: 14, keepEntries: 1_000 })).toBe(0);
    });
    const pruner = startLogPruning(db, { keepDays: 14, keepEntries: 10_000 }, (error) => {
      throw error;
    });
    await expect.poll(() => db.logEntry.count()).toBe(0);
    await pruner.stop();
  }));
