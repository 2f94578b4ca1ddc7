import type { Db } from '../../platform/database.ts';
import { TimeZoneUnknownError } from './store.errors.ts';

/** Names such as Europe/Luxembourg and UTC; no offsets, which know no summer. */
const timeZoneForm = /^[a-z]+([/_+-][a-z\d]+)*$/i;

/**
 * The zone's name as the IANA database spells it; throws TimeZoneUnknownError for what is none. Feeds are read by
 * Intl and days are counted by PostgreSQL, so both have to know it.
 */
export async function normaliseTimeZone(db: Db, text: string): Promise<string> {
  const given = text.trim();
  const resolved = timeZoneForm.test(given) ? resolvedName(given) : null;
  if (resolved === null) throw new TimeZoneUnknownError(given);
  // Intl knows Europe/Kyiv under its old name alone, and EST as America/Panama; an older PostgreSQL may do so too.
  const [known] = await db.$queryRaw<{ name: string }[]>`
    SELECT name FROM pg_timezone_names WHERE lower(name) IN (lower(${given}), lower(${resolved}))
    ORDER BY lower(name) = lower(${given}) DESC LIMIT 1`;
  if (!known) throw new TimeZoneUnknownError(given);
  return known.name;
}

/** Intl's name for the zone, which may be an older one; null for what it does not know. */
function resolvedName(timeZone: string): string | null {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
