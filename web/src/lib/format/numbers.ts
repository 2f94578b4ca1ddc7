import { locales, type Language } from './locale.ts';

const kept = new Map<string, Intl.NumberFormat>();

/** Making one costs more than everything that is then done with it. */
function numberFormat(language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${language} ${JSON.stringify(options)}`;
  let format = kept.get(key);
  if (!format) {
    format = new Intl.NumberFormat(locales[language], options);
    kept.set(key, format);
  }
  return format;
}

/** A whole number in full: 486,312 · 486.312. Also for the text of a BigInt, such as a count of bytes. */
export function formatCount(count: number | bigint, language: Language): string {
  return numberFormat(language, { maximumFractionDigits: 0 }).format(count);
}

/** A whole number for the axis of a chart, where there is no room: 12.4K · 12,4 k. */
export function formatShort(count: number, language: Language): string {
  return numberFormat(language, { notation: 'compact', maximumFractionDigits: 1 }).format(count);
}

/**
 * A share from 0 to 1 in whole percent: 61% · 61 %. With `digits`, one place behind the point for what is not
 * whole. Never 100 before the end, and never 0 for something: those would be untrue.
 */
export function formatShare(share: number, language: Language, digits: 0 | 1 = 0): string {
  const step = digits === 0 ? 0.01 : 0.001;
  const shown = share > 0 && share < 1 ? Math.min(Math.max(share, step), 1 - step) : share;
  // Down, so that 99.6 % of the rows are not all of them.
  const rounded = digits === 0 ? Math.floor(shown * 100 + 1e-9) / 100 : shown;
  return numberFormat(language, { style: 'percent', maximumFractionDigits: digits }).format(rounded);
}

export interface MoneyOptions {
  /** Also what is more than nothing has its sign. */
  readonly signed?: boolean;
}

/**
 * An amount with its currency: €1,290.50 · 1.290,50 €. The amount is the exact decimal of the API; nothing is
 * rounded that the currency can show. An amount or currency that `Intl` does not know is shown as it came.
 */
export function formatMoney(
  amount: string,
  currency: string,
  language: Language,
  { signed = false }: MoneyOptions = {},
): string {
  if (!/^-?\d+(\.\d+)?$/.test(amount)) return `${amount} ${currency}`.trim();
  try {
    // A decimal text is taken as written: no digit is lost in a float on the way.
    return numberFormat(language, {
      style: 'currency',
      currency,
      signDisplay: signed ? 'exceptZero' : 'auto',
    }).format(amount as Intl.StringNumericLiteral);
  } catch {
    return `${amount} ${currency}`.trim();
  }
}

const sizes = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** A number of bytes in the largest unit of which there is one, by thousands: 6.4 MB · 6,4 Mo. */
export function formatBytes(bytes: number | bigint | string, language: Language): string {
  const exact = Number(bytes);
  const power = Math.min(exact < 1 ? 0 : Math.floor(Math.log10(exact) / 3 + 1e-12), sizes.length - 1);
  const value = exact / 1000 ** power;
  return numberFormat(language, {
    style: 'unit',
    unit: sizes[power] ?? 'byte',
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: power === 0 || value >= 100 ? 0 : 1,
  })
    .format(value)
    .replaceAll(' ', ' ');
}

/**
 * Rows per second with two leading digits, so that the figure stands still while it means the same:
 * 11,840 is shown as 12,000 and 37 as 37.
 */
export function formatSpeed(rowsPerSecond: number, language: Language): string {
  const whole = Math.max(0, Math.round(rowsPerSecond));
  const unit = 10 ** Math.max(0, String(whole).length - 2);
  return formatCount(Math.round(whole / unit) * unit, language);
}

/** `n` chooses the form of a message, `count` is what it shows: for messages that have a plural. */
export function counted(n: number, language: Language): { n: number; count: string } {
  return { n, count: formatCount(n, language) };
}
