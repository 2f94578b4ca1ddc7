import { at } from './random.ts';

export interface Slot<K extends string> {
  readonly kind: K;
  /** How many products of the same kind come before. */
  readonly ordinal: number;
}

/** Kind of the product at `index` in a catalogue that repeats `pattern`, so that kinds are mixed. */
export function slotAt<K extends string>(pattern: readonly K[], index: number): Slot<K> {
  const kind = at(pattern, index);
  const before = pattern.slice(0, index % pattern.length).filter((other) => other === kind).length;
  const perRound = pattern.filter((other) => other === kind).length;
  return { kind, ordinal: Math.floor(index / pattern.length) * perRound + before };
}
