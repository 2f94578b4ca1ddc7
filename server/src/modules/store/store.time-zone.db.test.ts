// @module-tag store
// @module-tag db
import { expect, test } from 'vitest';
import { withRollback } from '../../../test/database.ts';
import { normaliseTimeZone } from './store.time-zone.ts';

test.each([
  ['Europe/Luxembourg', 'Europe/Luxembourg'],
  [' europe/PARIS ', 'Europe/Paris'],
  ['america/port-au-prince', 'America/Port-au-Prince'],
  ['UTC', 'UTC'],
  // Intl has older names, or other ones, for these.
  ['europe/kyiv', 'Europe/Kyiv'],
  ['Asia/Kolkata', 'Asia/Kolkata'],
  ['asia/calcutta', 'Asia/Calcutta'],
  ['est', 'EST'],
])('the time zone "%s" is stored as %s, which PostgreSQL knows', (typed, stored) =>
  withRollback(async (db) => {
    const name = await normaliseTimeZone(db, typed);
    expect(name).toBe(stored);
    await db.$queryRaw`SELECT (now() AT TIME ZONE ${name})::date`;
  }),
);

test.each([
  ['+02:00'],
  ['Europe/Nowhere'],
  [''],
  ['Europe/Paris; DROP'],
  // PostgreSQL knows these.
  ['CEST'],
  ['posix/Europe/Paris'],
  ['Factory'],
])('there is no time zone "%s"', (typed) =>
  withRollback((db) =>
    expect(normaliseTimeZone(db, typed)).rejects.toMatchObject({ code: 'STORE_TIME_ZONE_UNKNOWN' }),
  ),
);
