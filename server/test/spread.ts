/** `WHAT: 20 times, min 8.1, median 10.4, max 12.9 UNIT`, for the log of a long test. */
export function spreadOf(what: string, values: readonly number[], unit: string): string {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor((sorted.length - 1) * share)] ?? NaN).toFixed(1);
  return `${what}: ${sorted.length} times, min ${at(0)}, median ${at(0.5)}, max ${at(1)} ${unit}`;
}
