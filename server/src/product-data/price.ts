import { currencies, type CurrencyMark } from './currency.ts';
import type { Normalised } from './normalised.ts';
import { readPriceCell } from './price-cell.ts';
import { settleNumber, type DecimalSeparator, type PriceNumber, type Separators } from './price-number.ts';

export interface Price {
  /** A decimal string with two decimals, between 0.00 and 9999999999.99: fits numeric(12,2). */
  readonly amount: string;
  /** As the cell writes it: `settleCurrency` makes an ISO 4217 code of it. Null when the cell names none. */
  readonly currency: CurrencyMark | null;
}

/** Minor units that numeric(12,2) can hold. */
const maxMinorUnits = 999_999_999_999n;
const maxIntegerDigits = 10;

/** `12.34 EUR`, `12.34`, `12`, as Google wants it, and `12,34 €`: nearly every cell. */
const usual = /^(0|[1-9]\d{0,9})(?:[.,](\d\d?))?(?: ?(€|[A-Z]{3}))?$/;

const twoDecimals = (fraction: string) => (fraction.length === 2 ? fraction : fraction.padEnd(2, '0'));

function usualPrice([, integer = '', fraction = '', mark]: RegExpExecArray): Normalised<Price> {
  const currency = mark === undefined ? null : mark === '€' ? 'EUR' : mark;
  if (currency !== null && !currencies.has(currency)) return { ok: false, code: 'CURRENCY_UNKNOWN' };
  return priced(`${integer}.${twoDecimals(fraction)}`, currency, false);
}

function priced(amount: string, currency: CurrencyMark | null, rounded: boolean): Normalised<Price> {
  const value: Price = { amount, currency };
  if (amount === '0.00') return { ok: true, value, warning: 'PRICE_ZERO' };
  return rounded ? { ok: true, value, warning: 'PRICE_ROUNDED' } : { ok: true, value };
}

function exactPrice({ integer, fraction }: PriceNumber, currency: CurrencyMark | null): Normalised<Price> {
  const digits = integer.replace(/^0+(?=\d)/, '') || '0';
  if (digits.length > maxIntegerDigits) return { ok: false, code: 'PRICE_TOO_LARGE' };
  const exact = twoDecimals(fraction);
  let minorUnits = BigInt(digits + exact.slice(0, 2));
  // Half up, on the digits themselves: in binary floating point 1.005 is less than it says.
  if (exact.charAt(2) >= '5') minorUnits += 1n;
  if (minorUnits > maxMinorUnits) return { ok: false, code: 'PRICE_TOO_LARGE' };
  const text = minorUnits.toString().padStart(3, '0');
  return priced(`${text.slice(0, -2)}.${text.slice(-2)}`, currency, /[1-9]/.test(exact.slice(2)));
}

/**
 * The price that a cell holds, or a code: PRICE_UNREADABLE, PRICE_NEGATIVE, PRICE_TOO_LARGE,
 * CURRENCY_UNKNOWN, or PRICE_AMBIGUOUS when it could be 1.299 or 1,299 and `separators`, which are those of the
 * whole column (`PriceColumn`) or else of the feed, do not tell. Numbers that have one meaning are read
 * whatever `separators` are. More than two decimals are rounded half up, with the warning PRICE_ROUNDED; zero
 * has the warning PRICE_ZERO. The caller looks for blank cells first.
 */
export function readPrice(raw: string, separators: Separators = {}): Normalised<Price> {
  const match = usual.exec(raw);
  if (match) return usualPrice(match);
  const cell = readPriceCell(raw);
  if (typeof cell === 'string') return { ok: false, code: cell };
  const number = settleNumber(cell.number, separators);
  if (number.ambiguous !== null) return { ok: false, code: 'PRICE_AMBIGUOUS' };
  return exactPrice(number, cell.currency);
}

/**
 * The evidence of all cells of a price column, for the cells that could be 1.2 or 1,200. Any cell with one
 * meaning settles the others: `12,50` and `1.144.000` say that the comma is decimal, and so does `0,000`,
 * as nothing is grouped behind a zero.
 */
export class PriceColumn {
  /** What cells with one meaning write before their decimals: both, when they contradict each other. */
  readonly proved = new Set<DecimalSeparator>();

  /** Takes the evidence of one cell; cells that hold no price are none. */
  observe(raw: string): void {
    const cell = readPriceCell(raw);
    if (typeof cell !== 'string' && cell.number.proves !== null) this.proved.add(cell.number.proves);
  }
}
