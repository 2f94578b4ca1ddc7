/** Where a product is to stand: right after or right before another one of the list. */
export interface Move {
  readonly id: string;
  readonly after?: string;
  readonly before?: string;
}

/** The order with one of them at another place, at the ends at most. */
export function withMoved(order: readonly string[], id: string, index: number): readonly string[] {
  const others = order.filter((other) => other !== id);
  return others.toSpliced(Math.min(Math.max(index, 0), others.length), 0, id);
}

/** What to tell the server when one was moved; null when it stands where it stood. */
export function moveOf(before: readonly string[], after: readonly string[], id: string): Move | null {
  const index = after.indexOf(id);
  if (before.indexOf(id) === index) return null;
  const [previous, next] = [after[index - 1], after[index + 1]];
  if (previous !== undefined) return { id, after: previous };
  return next === undefined ? null : { id, before: next };
}

interface Box {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** Before how many of the others somebody points: one below the other, or side by side line by line. */
export function placeAt(others: readonly Box[], x: number, y: number, sideBySide: boolean): number {
  const passed = ({ top, bottom, left, right }: Box) =>
    sideBySide ? bottom < y || (top <= y && (left + right) / 2 < x) : (top + bottom) / 2 < y;
  return others.filter(passed).length;
}
