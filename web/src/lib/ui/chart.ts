/** A day, or another step of time, with what happened in it. */
export interface ChartStep {
  readonly key: string;
  /** In full, for the table. */
  readonly label: string;
  /** Short, for the axis. */
  readonly tick: string;
  readonly counts: readonly number[];
  /** A word above it, for what stands out. */
  readonly remark?: string;
}

/** Round figures for an axis from 0 that holds `largest`: three to five steps, whole numbers only. */
export function axisTicks(largest: number): readonly number[] {
  const rough = Math.max(largest, 1) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(
    1,
    [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? 1,
  );
  const whole = Math.ceil(step);
  const count = Math.ceil(Math.max(largest, 1) / whole);
  return Array.from({ length: count + 1 }, (_, index) => index * whole);
}

/** Which steps get a label when each needs `labelWidth`: evenly spread, the last one always. */
export function labelledSteps(count: number, width: number, labelWidth: number): ReadonlySet<number> {
  const every = Math.max(1, Math.ceil((count * labelWidth) / Math.max(width, labelWidth)));
  const chosen = new Set<number>();
  for (let index = count - 1; index >= 0; index -= every) chosen.add(index);
  return chosen;
}
