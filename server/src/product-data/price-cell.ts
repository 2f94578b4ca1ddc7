import type { RowErrorCode } from './codes.ts';
import { codeOfMark, combineMarks, currencyMark, decimalsOf, type CurrencyMark } from './currency.ts';
import { readPriceNumber, settleNumber, type PriceNumber } from './price-number.ts';
import { remembering } from './remember.ts';
import { plainText, stripSpreadsheetArmour } from './text.ts';

/** One number and at most one currency: all that a price cell may hold. */
export interface PriceCell {
  readonly number: PriceNumber;
  readonly currency: CurrencyMark | null;
}

type Reading = PriceCell | RowErrorCode;

/** No price is written longer, with entities and all. */
const maxCellLength = 256;

const entity = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,8}));/gi;
const namedEntities = new Map<string, string>(
  Object.entries({
    nbsp: ' ',
    ensp: ' ',
    emsp: ' ',
    thinsp: ' ',
    euro: '€',
    pound: '£',
    yen: '¥',
    rsquo: "'",
  }),
);

function decodeEntity(whole: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) return namedEntities.get(name.toLowerCase()) ?? whole;
  const code = decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal);
  return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}

const apostrophes = /[’‘ʼ´`′]/g;
/** Digits that NFKC would turn into others: `12⁹⁹` is not 1299. */
const raisedDigits = /\p{No}/u;

/** At an end of what stands around the number: that of `US-$` is no minus. */
const minus = /^[-\u2212\u2010-\u2015]|[-\u2212\u2010-\u2015]$/;
const signs = /[-\u2212\u2010-\u2015()]/g;
const numberShape = /^[.,]?\d[\d.,' ]*$/;
const currencyInside = /^(\d+)(\p{Sc})(\d{2})$/u;
/** `29,-` and `29.–`: a dash in place of the decimals. */
const noDecimals = /^([.,])(-{1,2}|[\u2012-\u2015\u2212])?/;

const isDigit = (text: string, index: number) => {
  const code = text.charCodeAt(index);
  return code >= 48 && code <= 57;
};

interface Pieces {
  readonly before: string;
  readonly number: string;
  readonly after: string;
}

/** The cell around its number, which reaches from the first digit to the last one. */
function takeApart(text: string): Pieces | null {
  let start = 0;
  while (start < text.length && !isDigit(text, start)) start++;
  if (start === text.length) return null;
  let end = text.length;
  while (!isDigit(text, end - 1)) end--;
  // The dot of `.99`; but that of `Fr.12` belongs to the currency.
  if (/[.,]/.test(text.charAt(start - 1)) && !/\p{L}/u.test(text.charAt(start - 2))) start--;
  const [tail = '', separator = '', dashes] = noDecimals.exec(text.slice(end)) ?? [];
  const number = text.slice(start, end) + (dashes === undefined ? separator : `${separator}00`);
  return { before: text.slice(0, start).trim(), number, after: text.slice(end + tail.length).trim() };
}

const unreadable = (text: string): RowErrorCode =>
  /^(?:[A-Z]{2,3}|\p{Sc})$/u.test(text) ? 'CURRENCY_UNKNOWN' : 'PRICE_UNREADABLE';

function readCurrency(before: string, after: string): CurrencyMark | null | { code: RowErrorCode } {
  const first = before === '' ? null : currencyMark(before);
  const last = after === '' ? null : currencyMark(after);
  if (before !== '' && first === null)
    return { code: after === '' ? unreadable(before) : 'PRICE_UNREADABLE' };
  if (after !== '' && last === null) return { code: before === '' ? unreadable(after) : 'PRICE_UNREADABLE' };
  if (first === null || last === null) return first ?? last;
  return combineMarks(first, last) ?? { code: 'PRICE_UNREADABLE' };
}

/**
 * An ambiguous number that its own currency settles: `12,500 JPY` cannot have decimals as there are none
 * smaller than a yen, `423.923 KWD` has the three that dinars have. Not IQD, whose fils are out of use.
 */
function settleByCurrency(number: PriceNumber, currency: string): PriceNumber {
  const decimals = decimalsOf(currency);
  if (decimals === 0 && number.fraction !== '000')
    return settleNumber(number, { grouping: number.ambiguous });
  return decimals === 3 && currency !== 'IQD' ? settleNumber(number, { decimal: '.' }) : number;
}

function readPieces({ before, number, after }: Pieces): Reading {
  const [, integer, sign, fraction] = currencyInside.exec(number) ?? [];
  if (integer && fraction && sign && before === '' && after === '') {
    const currency = currencyMark(sign);
    if (currency === null) return 'CURRENCY_UNKNOWN';
    return { number: { integer, fraction, proves: null, ambiguous: null }, currency };
  }
  if (!numberShape.test(number)) return 'PRICE_UNREADABLE';
  const negative = minus.test(before) || minus.test(after) || (before.includes('(') && after.includes(')'));
  const currency = readCurrency(
    before
      .replace(signs, '')
      .replace(/^\+|\+$/, '')
      .trim(),
    after
      .replace(signs, '')
      .replace(/[\s*]+$/, '')
      .trim(),
  );
  if (currency !== null && typeof currency === 'object') return currency.code;
  const parsed = readPriceNumber(number);
  if (parsed === null) return 'PRICE_UNREADABLE';
  if (negative) return 'PRICE_NEGATIVE';
  const code = codeOfMark(currency);
  return {
    number: parsed.ambiguous === null || code === null ? parsed : settleByCurrency(parsed, code),
    currency,
  };
}

/**
 * What a price cell holds, or why it holds no price: PRICE_UNREADABLE (no number, several, a range, words,
 * an exponent), PRICE_NEGATIVE, CURRENCY_UNKNOWN. The number may still be ambiguous.
 */
export const readPriceCell = remembering((raw: string): Reading => {
  if (raw.length > maxCellLength || raisedDigits.test(raw)) return 'PRICE_UNREADABLE';
  const decoded = raw.includes('&') ? raw.replaceAll(entity, decodeEntity) : raw;
  const text = stripSpreadsheetArmour(plainText(decoded.replaceAll(apostrophes, "'")));
  const pieces = takeApart(text);
  return pieces === null ? 'PRICE_UNREADABLE' : readPieces(pieces);
});
