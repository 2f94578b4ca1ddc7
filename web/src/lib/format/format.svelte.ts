import { getContext, setContext } from 'svelte';
import * as dates from './dates.ts';
import { formatDuration, formatTimeLeft } from './durations.ts';
import type { Language } from './locale.ts';
import * as numbers from './numbers.ts';

/**
 * Everything that a page writes figures and times with, in the reader's language and the store's time zone.
 * Its methods read both at each call: where one changes, what was drawn with it is drawn again.
 */
export class Format {
  readonly #place: () => dates.Place;

  constructor(place: () => dates.Place) {
    this.#place = place;
  }

  get language(): Language {
    return this.#place().language;
  }
  get place(): dates.Place {
    return this.#place();
  }
  /** A day of the calendar, such as 2026-01-31, is that day in every zone. */
  #placeOf(at: string | Date): dates.Place {
    const isDay = typeof at === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(at);
    return isDay ? { language: this.language, timeZone: 'UTC' } : this.place;
  }

  count = (count: number | bigint) => numbers.formatCount(count, this.language);
  /** For a message with a plural: `m.imports_count(format.counted(48))`. */
  counted = (count: number) => numbers.counted(count, this.language);
  short = (count: number) => numbers.formatShort(count, this.language);
  share = (share: number, digits?: 0 | 1) => numbers.formatShare(share, this.language, digits);
  money = (amount: string, currency: string, options?: numbers.MoneyOptions) =>
    numbers.formatMoney(amount, currency, this.language, options);
  bytes = (bytes: number | bigint | string) => numbers.formatBytes(bytes, this.language);
  speed = (rowsPerSecond: number) => numbers.formatSpeed(rowsPerSecond, this.language);
  duration = (milliseconds: number) => formatDuration(milliseconds, this.language);
  timeLeft = (seconds: number) => formatTimeLeft(seconds, this.language);
  time = (at: string | Date) => dates.formatTime(new Date(at), this.place);
  timeExact = (at: string | Date) => dates.formatTimeExact(new Date(at), this.place);
  date = (at: string | Date) => dates.formatDate(new Date(at), this.#placeOf(at));
  day = (at: string | Date) => dates.formatDay(new Date(at), this.place);
  dayOfMonth = (at: string | Date) => dates.formatDayOfMonth(new Date(at), this.place, new Date());
  dayShort = (at: string | Date) => dates.formatDayShort(new Date(at), this.#placeOf(at));
  moment = (at: string | Date) => dates.formatMoment(new Date(at), this.place);
}

const key = Symbol('format');

/** Called where language and time zone are known: in the layout of the pages, and again in that of a store. */
export function provideFormat(place: () => dates.Place): Format {
  return setContext(key, new Format(place));
}

/** The nearest format above; to be called while a component is set up. */
export function useFormat(): Format {
  const format = getContext<Format | undefined>(key);
  if (!format) throw new Error('No layout above this component provides a format.');
  return format;
}
