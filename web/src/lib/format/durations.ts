import { locales, type Language } from './locale.ts';

/** Between a figure and its unit. */
const nbsp = '\u00a0';

/** The units of time that a duration is written in; minutes are written the same in all three languages. */
const units: Readonly<Record<Language, { readonly hour: string; readonly day: string }>> = {
  en: { hour: 'h', day: 'd' },
  fr: { hour: 'h', day: 'j' },
  de: { hour: 'h', day: 'd' },
};

const tenths = (value: number, language: Language) =>
  new Intl.NumberFormat(locales[language], { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(
    value,
  );

/** Two units at most, the smaller one left out when there is none of it. */
function pair(large: number, largeUnit: string, small: number, smallUnit: string): string {
  const first = `${large}${nbsp}${largeUnit}`;
  return small === 0 ? first : `${first} ${small}${nbsp}${smallUnit}`;
}

/** How long something took: 0.3 s · 43 s · 1 min 12 s · 2 h 5 min · 3 d 4 h. */
export function formatDuration(milliseconds: number, language: Language): string {
  const exact = Math.max(0, milliseconds) / 1000;
  const unit = units[language];
  if (exact < 9.95) return `${tenths(exact, language)}${nbsp}s`;
  const seconds = Math.round(exact);
  if (seconds < 60) return `${seconds}${nbsp}s`;
  if (seconds < 3600) return pair(Math.floor(seconds / 60), 'min', seconds % 60, 's');
  const minutes = Math.round(exact / 60);
  if (minutes < 1440) return pair(Math.floor(minutes / 60), unit.hour, minutes % 60, 'min');
  const hours = Math.round(exact / 3600);
  return pair(Math.floor(hours / 24), unit.day, hours % 24, unit.hour);
}

/**
 * How long something will still take, in steps that do not flicker: 5 s below a minute, 15 s below five, then
 * minutes. Never 0: something that is not done takes a moment.
 */
export function formatTimeLeft(seconds: number, language: Language): string {
  const step = seconds < 60 ? 5 : seconds < 300 ? 15 : 60;
  return formatDuration(Math.max(step, Math.round(seconds / step) * step) * 1000, language).replace(
    // Five seconds are no measurement to a tenth.
    /^5[.,]0/,
    '5',
  );
}
