import type { StatsNow } from './live-stats.svelte.ts';

export const periods = ['1', '7', '30', 'all'] as const;
/** How many days back, today being one of them; `all` is since the beginning. */
export type Period = (typeof periods)[number];

export const periodOf = (text: string | null): Period => periods.find((known) => known === text) ?? '30';

export interface PeriodFigures {
  readonly imports: number;
  readonly completed: number;
  readonly completedWithErrors: number;
  readonly failed: number;
  readonly cancelled: number;
  /** On an average day of the period; null for all times, whose beginning is not known. */
  readonly perDay: number | null;
}

type Days = StatsNow['days'];
const sumOf = (days: Days, count: (day: Days[number]) => number) =>
  days.reduce((sum, day) => sum + count(day), 0);

/** How the imports of a period ended. */
export function figuresOf(
  { imports, days }: Pick<StatsNow, 'imports' | 'days'>,
  period: Period,
): PeriodFigures {
  if (period === 'all') return { ...imports, imports: imports.total, perDay: null };
  const chosen = days.slice(-Number(period));
  const all = sumOf(chosen, (day) => day.imports);
  return {
    imports: all,
    completed: sumOf(chosen, (day) => day.completed),
    completedWithErrors: sumOf(chosen, (day) => day.completedWithErrors),
    failed: sumOf(chosen, (day) => day.failures),
    cancelled: sumOf(chosen, (day) => day.cancelled),
    perDay: chosen.length > 1 ? all / chosen.length : null,
  };
}
