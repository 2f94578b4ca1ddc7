/**
 * Chance that comes out the same everywhere and always: the demo and the benches have to give the same
 * bytes on every machine. Mulberry32, seeded with the FNV-1a hash of whatever names the thing drawn.
 */
export interface Random {
  /** A whole number from 0 up to, but not including, `limit`. */
  below(limit: number): number;
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number;
  /** True in `share` of the cases, 0 to 1. */
  chance(share: number): boolean;
  pick<T>(list: readonly T[]): T;
}

/** The 32-bit FNV-1a hash of the UTF-16 units of a text. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** Well-mixed 32 bits for a number, always the same for the same number. */
export function mix(value: number): number {
  let mixed = (value + 0x6d2b79f5) | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return (mixed ^ (mixed >>> 14)) >>> 0;
}

/** A sequence of draws that depends on nothing but the names given. */
export function randomOf(...names: readonly (string | number)[]): Random {
  let state = hashOf(names.join('/'));
  const below = (limit: number) => {
    state = (state + 0x6d2b79f5) | 0;
    return Math.floor((mix(state) / 2 ** 32) * limit);
  };
  return {
    below,
    between: (least, most) => least + below(most - least + 1),
    chance: (share) => below(1_000_000) < share * 1_000_000,
    pick: (list) => at(list, below(list.length)),
  };
}

/** The element at `index`, counted round and round, of a list that is not empty. */
export function at<T>(list: readonly T[], index: number): T {
  const found = list[index % list.length];
  if (found === undefined) throw new RangeError('An empty list has nothing to choose from.');
  return found;
}

/** A copy of the list in an order that depends on nothing but `random` (Fisher-Yates). */
export function shuffled<T>(list: readonly T[], random: Random): T[] {
  const cards = [...list];
  for (let i = cards.length - 1; i > 0; i -= 1) {
    const j = random.below(i + 1);
    [cards[i], cards[j]] = [at(cards, j), at(cards, i)];
  }
  return cards;
}

const greatestDivisor = (a: number, b: number): number => (b === 0 ? a : greatestDivisor(b, a % b));

/**
 * The combination number `index` of lists of the given lengths, as one position a list. Different indexes
 * give different combinations until all are used up, and neighbours have little in common.
 */
export function combination(index: number, lengths: readonly number[]): number[] {
  const count = lengths.reduce((product, length) => product * length, 1);
  if (index >= count) throw new RangeError(`There are only ${count} combinations.`);
  let step = Math.max(1, Math.floor(count * 0.618));
  while (greatestDivisor(step, count) !== 1) step += 1;
  let rest = (index * step) % count;
  return lengths.map((length) => {
    const position = rest % length;
    rest = Math.floor(rest / length);
    return position;
  });
}
