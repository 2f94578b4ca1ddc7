import type { RowIssueCode } from './codes.ts';
import type { Normalised } from './normalised.ts';
import { rememberingFor } from './remember.ts';
import { instantOfLocalTime } from './time-zone.ts';

/** Both ends as ISO 8601 in UTC with milliseconds; null for an open end. At least one is not null. */
export interface DateTimeRange {
  readonly from: string | null;
  readonly until: string | null;
}

const time = String.raw`(?:(?:[T ]|,? )(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?: ?(Z|[+-]\d{2}(?::?\d{2})?))?(?: Uhr)?)?`;
const yearFirst = new RegExp(String.raw`^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})${time}$`, 'i');
const yearLast = new RegExp(String.raw`^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})${time}$`, 'i');
/** The template of Meta's catalogue writes whole days as `2017-12-01T0:00-23:59`. */
const wholeDay = /T00?:00-23:59$/i;

const maxRangeLength = 160;
const firstYear = 1900;
/** Neither the database nor ISO 8601's usual form takes a later one, and nobody means more by it than never. */
const lastInstant = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
const minuteMs = 60_000;
const maxOffsetMinutes = 14 * 60;

type Failure = Extract<RowIssueCode, 'DATE_UNREADABLE' | 'DATE_AMBIGUOUS'>;

interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** A day and, behind it, the captures of `time`. */
interface Pieces extends Day {
  readonly clock: readonly (string | undefined)[];
}

/** Day first where the dot or the numbers say so: `24.02.2016`, `24/02/2016`, `02/24/2016`; not `03/04/2024`. */
function orderOf(first: number, separator: string, second: number): 'dayFirst' | 'monthFirst' | 'either' {
  if (separator === '.' || first > 12 || first === second) return 'dayFirst';
  return second > 12 ? 'monthFirst' : 'either';
}

function takeApart(text: string): Pieces | Failure {
  const [, year, , month, day, ...clock] = yearFirst.exec(text) ?? [];
  if (year) return { year: Number(year), month: Number(month), day: Number(day), clock };
  const [, first, separator = '', second, lastYear, ...lastClock] = yearLast.exec(text) ?? [];
  if (!first) return 'DATE_UNREADABLE';
  const order = orderOf(Number(first), separator, Number(second));
  if (order === 'either') return 'DATE_AMBIGUOUS';
  const [dayText, monthText] = order === 'dayFirst' ? [first, second] : [second, first];
  return { year: Number(lastYear), month: Number(monthText), day: Number(dayText), clock: lastClock };
}

const daysOfMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const isLeapYear = (year: number) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

function exists({ year, month, day }: Day): boolean {
  const days = month === 2 && isLeapYear(year) ? 29 : (daysOfMonth[month - 1] ?? 0);
  return year >= firstYear && day >= 1 && day <= days;
}

/** Minutes ahead of UTC, or null for an offset that no place has. */
function offsetMinutes(zone: string): number | null {
  if (zone.toUpperCase() === 'Z') return 0;
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  if (minutes > maxOffsetMinutes || Number(digits.slice(2)) > 59) return null;
  return zone.startsWith('-') ? -minutes : minutes;
}

type Edge = 'start' | 'end';

function instant(pieces: Pieces, edge: Edge, timeZone: string): number | Failure {
  if (!exists(pieces)) return 'DATE_UNREADABLE';
  const midnight = Date.UTC(pieces.year, pieces.month - 1, pieces.day);
  const [hours, minutes, seconds = '0', fraction = '', zone] = pieces.clock;
  if (hours === undefined || minutes === undefined) {
    const local = edge === 'start' ? midnight : midnight + 24 * 60 * minuteMs - 1000;
    return instantOfLocalTime(local, timeZone);
  }
  const millisecond = Number(fraction.slice(0, 3).padEnd(3, '0'));
  const ofDay = (Number(hours) * 60 + Number(minutes)) * minuteMs + Number(seconds) * 1000 + millisecond;
  // ISO 8601 lets the end of a day be written 24:00.
  const possible = Number(minutes) < 60 && Number(seconds) < 60 && ofDay <= 24 * 60 * minuteMs;
  if (!possible) return 'DATE_UNREADABLE';
  if (zone === undefined) return instantOfLocalTime(midnight + ofDay, timeZone);
  const offset = offsetMinutes(zone);
  return offset === null ? 'DATE_UNREADABLE' : midnight + ofDay - offset * minuteMs;
}

function readInstant(text: string, edge: Edge, timeZone: string): number | Failure {
  if (text.length > 64) return 'DATE_UNREADABLE';
  const pieces = takeApart(text.replace(wholeDay, ''));
  const read = typeof pieces === 'string' ? pieces : instant(pieces, edge, timeZone);
  return typeof read === 'string' ? read : Math.min(read, lastInstant);
}

/**
 * The instant that a cell names, as `2016-02-24T21:00:00.000Z`: ISO 8601, also `-0800`, `T0:00`, blanks for T
 * and slashes; `24.02.2016`; `24/02/2016` where the numbers leave no doubt which is the month. Without an
 * offset it is local time of `timeZone` (IANA); a day alone is its beginning. Codes: DATE_UNREADABLE, also for
 * days that no calendar has, numbers and words; DATE_AMBIGUOUS.
 */
export const readDateTime = rememberingFor((text, timeZone: string): Normalised<string> => {
  const read = readInstant(text, 'start', timeZone);
  return typeof read === 'number'
    ? { ok: true, value: new Date(read).toISOString() }
    : { ok: false, code: read };
});

const moment = String.raw`null|\d{1,4}[-./]\d{1,2}[-./]\d{1,4}(?:(?:T|,? )\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?: ?(?:Z|[+-]\d{2}(?::?\d{2})?))?)?`;
const range = new RegExp(
  String.raw`^(${moment})?(?:\s*[/,;\u2013]\s*|(?<=\.\d{4})\s*-\s*(?=\d)|\s+(?:(?:-|to|until|bis|au)\s+)?)(${moment})?$`,
  'i',
);
const isOpen = (text: string | undefined) => text === undefined || text.toLowerCase() === 'null';

/**
 * The period between two instants with a slash, a comma, blanks or, as in `24.02.2016-29.02.2016`, a hyphen
 * between them, each as `readDateTime` takes it; an end without a time is 23:59:59 of its day, `null` or nothing
 * is an open end. Codes: DATE_UNREADABLE, DATE_AMBIGUOUS, DATE_RANGE_REVERSED.
 */
export const readDateTimeRange = rememberingFor((text, timeZone: string): Normalised<DateTimeRange> => {
  const match = text.length > maxRangeLength ? null : range.exec(text);
  const [, start, end] = match ?? [];
  if (isOpen(start) && isOpen(end)) return { ok: false, code: 'DATE_UNREADABLE' };
  const from = start === undefined || isOpen(start) ? null : readInstant(start, 'start', timeZone);
  const until = end === undefined || isOpen(end) ? null : readInstant(end, 'end', timeZone);
  if (typeof from === 'string') return { ok: false, code: from };
  if (typeof until === 'string') return { ok: false, code: until };
  if (from !== null && until !== null && until < from) return { ok: false, code: 'DATE_RANGE_REVERSED' };
  const text8601 = (value: number | null) => (value === null ? null : new Date(value).toISOString());
  return { ok: true, value: { from: text8601(from), until: text8601(until) } };
});
