import { locales, type Language } from './locale.ts';

/** Whose clock: the reader's language, and a zone of the IANA time zone database. */
export interface Place {
  readonly language: Language;
  readonly timeZone: string;
}

const kept = new Map<string, Intl.DateTimeFormat>();

function dateFormat({ language, timeZone }: Place, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${timeZone} ${JSON.stringify(options)}`;
  let format = kept.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(locales[language], { ...options, timeZone });
    kept.set(key, format);
  }
  return format;
}

const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

/** 14:02 */
export const formatTime = (at: Date, place: Place) => dateFormat(place, clock).format(at);

/** 14:02:21 */
export const formatTimeExact = (at: Date, place: Place) =>
  dateFormat(place, { ...clock, second: '2-digit' }).format(at);

/** 23 Nov 2026 · 23 nov. 2026 · 23. Nov. 2026 */
export const formatDate = (at: Date, place: Place) =>
  dateFormat(place, { day: 'numeric', month: 'short', year: 'numeric' }).format(at);

/** Monday 23 November · lundi 23 novembre · Montag, 23. November */
export const formatDay = (at: Date, place: Place) =>
  dateFormat(place, { weekday: 'long', day: 'numeric', month: 'long' }).format(at);

/** 23 November · 23 novembre · 23. November, and the year when it is another one. */
export function formatDayOfMonth(at: Date, place: Place, now: Date): string {
  const year =
    dayNumber(at, place).slice(0, 4) === dayNumber(now, place).slice(0, 4)
      ? {}
      : { year: 'numeric' as const };
  return dateFormat(place, { day: 'numeric', month: 'long', ...year }).format(at);
}

/** 23 Nov · 23 nov. · 23. Nov., for an axis or a narrow column. */
export const formatDayShort = (at: Date, place: Place) =>
  dateFormat(place, { day: 'numeric', month: 'short' }).format(at);

/** Day, month, year and the time to the second: what stands behind every shorter form. */
export const formatMoment = (at: Date, place: Place) =>
  `${formatDate(at, place)}, ${formatTimeExact(at, place)}`;

/** 2026-11-23, so that days can be compared. */
const dayNumber = (at: Date, { timeZone }: Place) =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    at,
  );

const daysBetween = (earlier: string, later: string) =>
  (Date.parse(later) - Date.parse(earlier)) / 86_400_000;

const relative = (language: Language, value: number, unit: 'second' | 'minute' | 'day') =>
  new Intl.RelativeTimeFormat(locales[language], {
    numeric: unit === 'day' ? 'auto' : 'always',
    style: unit === 'day' ? 'long' : 'short',
  })
    .format(value, unit)
    // One sign for a unit in all three languages, kept on the line of its figure.
    .replace(/(\d+)\s(?:secs?\.?|Sek\.|s)/, '$1\u00a0s')
    .replace(/(\d+)\s(?:mins?\.?|Min\.)/, '$1\u00a0min');

/**
 * When something was, as a person would say it: "25 s ago" up to an hour, "yesterday, 18:30" up to two days,
 * then "21 Nov, 07:00", and the date without its time when it was in another year. What is less than five
 * seconds ago, or ahead because two clocks differ, is `justNow`.
 */
export function formatWhen(at: Date, place: Place, now: Date, justNow: string): string {
  const seconds = Math.floor((now.getTime() - at.getTime()) / 1000);
  if (seconds < 5 && seconds > -60) return justNow;
  if (seconds >= 0 && seconds < 60) return relative(place.language, -seconds, 'second');
  if (seconds >= 0 && seconds < 3600) return relative(place.language, -Math.floor(seconds / 60), 'minute');
  const [day, today] = [dayNumber(at, place), dayNumber(now, place)];
  const days = daysBetween(day, today);
  if (days === 0 || days === 1) return `${relative(place.language, -days, 'day')}, ${formatTime(at, place)}`;
  if (day.slice(0, 4) !== today.slice(0, 4)) return formatDate(at, place);
  return `${formatDayShort(at, place)}, ${formatTime(at, place)}`;
}

/** In how many milliseconds `formatWhen` may say something else; null when that is not today. */
export function nextChangeOfWhen(at: Date, now: Date): number | null {
  const seconds = (now.getTime() - at.getTime()) / 1000;
  if (seconds < 5) return Math.max(500, (5 - seconds) * 1000);
  if (seconds < 60) return 1000;
  if (seconds < 3600) return (60 - (seconds % 60)) * 1000;
  // Two days, also when the clocks are put back in one of them.
  return seconds < 176_400 ? 60_000 : null;
}
