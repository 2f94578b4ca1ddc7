import type { Db } from '../../platform/database.ts';

/** What the database's clock says: one for all nodes, whose own may be apart. */
export async function databaseTime(db: Db): Promise<Date> {
  const [row] = await db.$queryRaw<[{ now: Date }]>`SELECT clock_timestamp() AS now`;
  return row.now;
}
