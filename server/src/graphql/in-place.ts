import { fault } from './errors.ts';

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

interface Line {
  /** How many are at it, all at once. */
  readonly places?: number;
  readonly waitMs?: number;
}

/**
 * Does what somebody asks of this process that may keep a database connection for long, as who waits for a lock does:
 * all stores share a few, so of each line only so many have one, and the others wait without. Whoever has a place in
 * one line must not ask for another. Throws TOO_BUSY for who has waited for too long.
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
