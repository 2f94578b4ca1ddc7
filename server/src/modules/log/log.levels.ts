/** pino's numbers of the levels, by the names that the API has for them, quietest first. */
export const levelNumbers = { TRACE: 10, DEBUG: 20, INFO: 30, WARN: 40, ERROR: 50, FATAL: 60 } as const;

export type LogLevelName = keyof typeof levelNumbers;

/** The name of a level; of one between two, the quieter one. */
export function levelName(level: number): LogLevelName {
  const names = Object.entries(levelNumbers) as [LogLevelName, number][];
  return names.findLast(([, number]) => number <= level)?.[0] ?? 'TRACE';
}
