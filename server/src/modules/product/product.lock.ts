import type { Store } from '../../generated/prisma/client.ts';
import { fault } from '../../graphql/errors.ts';
import type { Db } from '../../platform/database.ts';

/**
 * The store as it is once the catalogue is locked: until the end of the transaction nobody else writes many products
 * of it. Of two that lock the same rows in different orders, each would wait for the other. Single products are
 * written without it.
 */
export async function lockCatalogue(db: Db, storeId: string): Promise<Store> {
  await db.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended('catalogue ' || ${storeId}::text, 0))::text`;
  // Afterwards: whoever had the lock before may have changed what the store wants.
  return db.store.findUniqueOrThrow({ where: { id: storeId } });
}

/** One is at it, and the next waits for that in the database. */
const mostPlaces = 2;
/** Nothing is written long after it was asked for. */
const longestWaitMs = 10_000;

interface Places {
  taken: number;
  /** Each takes over the place that somebody leaves. */
  readonly waiting: Set<() => void>;
}

const lines = new Map<string, Places>();

/** The line of those who change a single product, or the store: they wait for its settings, or wait to change them. */
export const singleOf = (storeId: string): string => `single ${storeId}`;

interface Line {
  /** How many are at it, all at once. */
  readonly places?: number;
  readonly waitMs?: number;
}

/**
 * Does what somebody asks of this process that may have to wait for a lock: the line is the store whose catalogue it
 * is, `singleOf` it, or a name of its own; who has a place in one must not ask for another. Whoever waits in the
 * database has a connection meanwhile, and all stores share a few: so of each line only so many do, and the others
 * wait without one. Throws TOO_BUSY for who has waited so for too long.
 */
export async function inPlace<T>(
  line: string,
  work: () => Promise<T>,
  { places: most = mostPlaces, waitMs = longestWaitMs }: Line = {},
): Promise<T> {
  const places = lines.get(line) ?? { taken: 0, waiting: new Set() };
  lines.set(line, places);
  if (places.taken < most) places.taken++;
  else await placeOf(places, waitMs);
  try {
    return await work();
  } finally {
    const [next] = places.waiting;
    if (next) next();
    else if (--places.taken === 0) lines.delete(line);
  }
}

const placeOf = ({ waiting }: Places, waitMs: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const take = () => {
      clearTimeout(timer);
      waiting.delete(take);
      resolve();
    };
    const timer = setTimeout(() => {
      waiting.delete(take);
      reject(fault('TOO_BUSY'));
    }, waitMs);
    waiting.add(take);
  });
