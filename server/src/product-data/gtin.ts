import type { RowIssueCode } from './codes.ts';
import type { Normalised } from './normalised.ts';
import { isPlaceholder, plainText, stripSpreadsheetArmour } from './text.ts';

/** Longest cell that is looked at as one code; anything longer is text in the wrong column. */
const maxCodeLength = 64;
const maxListLength = 2000;

const wellFormed = /^(?:\d{8}|\d{12,14})$/;
const allZeros = /^0+$/;
const isbn10 = /^\d{9}[\dX]$/i;
const scientific = /^(\d)(?:[.,](\d+))?E\+?(\d{1,2})$/i;
const anyScientific = /^\d*[.,]?\d+E[+-]?\d+$/i;
const punctuation = /[\s\p{Pd}\u2212]+/gu;
const floatTail = /^(\d+)\.0+$/;

const digitAt = (digits: string, index: number) => digits.charCodeAt(index) - 48;

/**
 * True when the last digit is the check digit of those before it, for all four lengths alike
 * (GS1 General Specifications 7.9.1: weights 3, 1, 3, 1 … from the right).
 */
export function hasCheckDigit(digits: string): boolean {
  let sum = 0;
  let weight = 1;
  for (let index = digits.length - 1; index >= 0; index--) {
    sum += weight * digitAt(digits, index);
    weight = 4 - weight;
  }
  return sum % 10 === 0;
}

/**
 * True for numbers of restricted circulation (GS1 prefixes 02, 04, 20-29; GTIN-8 that start with 0 or 2)
 * and coupons (05, 981-984, 99), which Google does not take as a GTIN (Merchant Center answer 6286293).
 * The prefix is that of the GTIN-13; the indicator digit of a GTIN-14 is not part of it.
 */
function isRestricted(gtin: string): boolean {
  const { length } = gtin;
  if (length === 8) return gtin.startsWith('0') || gtin.startsWith('2');
  const start = length - 13;
  const first = length === 12 ? 0 : digitAt(gtin, start);
  const second = digitAt(gtin, start + 1);
  if (first === 0) return second === 2 || second === 4 || second === 5;
  if (first !== 9) return first === 2;
  const third = digitAt(gtin, start + 2);
  return second === 9 || (second === 8 && third >= 1 && third <= 4);
}

function checked(gtin: string, warning?: RowIssueCode): Normalised<string> {
  if (!hasCheckDigit(gtin)) return { ok: false, code: 'GTIN_CHECK_DIGIT' };
  if (gtin.startsWith('00') && allZeros.test(gtin)) return { ok: false, code: 'GTIN_MALFORMED' };
  if (isRestricted(gtin)) return { ok: false, code: 'GTIN_RESTRICTED' };
  return warning ? { ok: true, value: gtin, warning } : { ok: true, value: gtin };
}

/** The GTIN-13 of an ISBN-10 with a right check character (ISO 2108: modulo 11, X is ten), else null. */
function fromIsbn10(text: string): string | null {
  let sum = 0;
  for (let index = 0; index < 9; index++) sum += (10 - index) * digitAt(text, index);
  const last = text.charAt(9);
  if ((sum + (last === 'X' || last === 'x' ? 10 : Number(last))) % 11 !== 0) return null;
  const body = `978${text.slice(0, 9)}`;
  for (let digit = 0; digit < 10; digit++) if (hasCheckDigit(`${body}${digit}`)) return `${body}${digit}`;
  return null;
}

/** Puts zeros back that a spreadsheet took from the front, when the check digit bears it out. */
function withLeadingZeros(digits: string, zeros: string, otherwise: RowIssueCode): Normalised<string> {
  const gtin = `${zeros}${digits}`;
  if (allZeros.test(gtin) || !hasCheckDigit(gtin)) return { ok: false, code: otherwise };
  return checked(gtin, 'GTIN_REPAIRED');
}

/** `4.006381333931E+12` has all its digits, `4.00638E+12` has lost some for good. */
function fromScientific(text: string): Normalised<string> {
  const [, first = '', rest = '', exponent = ''] = scientific.exec(text) ?? [];
  const digits = `${first}${rest}`;
  if (rest.length !== Number(exponent) || !wellFormed.test(digits))
    return { ok: false, code: 'GTIN_DAMAGED' };
  return checked(digits, 'GTIN_REPAIRED');
}

function fromDigits(digits: string): Normalised<string> {
  if (wellFormed.test(digits)) return checked(digits);
  if (isbn10.test(digits)) {
    const gtin = fromIsbn10(digits);
    if (gtin) return { ok: true, value: gtin };
    if (/x$/i.test(digits)) return { ok: false, code: 'GTIN_CHECK_DIGIT' };
    return withLeadingZeros(digits, '00', 'GTIN_CHECK_DIGIT');
  }
  if (/^(?:\d{7}|\d{11})$/.test(digits)) return withLeadingZeros(digits, '0', 'GTIN_MALFORMED');
  return { ok: false, code: 'GTIN_MALFORMED' };
}

/**
 * The GTIN in its own length (8, 12, 13 or 14 digits), `''` for an empty cell or a placeholder such as
 * `N/A`, or the code of the reason why it is none. An ISBN-10 becomes its GTIN-13.
 */
export function normaliseGtin(raw: string): Normalised<string> {
  if (wellFormed.test(raw)) return checked(raw);
  if (raw.length > maxCodeLength) return { ok: false, code: 'GTIN_MALFORMED' };
  const text = plainText(stripSpreadsheetArmour(plainText(raw)));
  if (text === '' || text === '0' || isPlaceholder(text)) return { ok: true, value: '' };
  if (anyScientific.test(text)) return fromScientific(text);
  return fromDigits((floatTail.exec(text)?.[1] ?? text).replace(punctuation, ''));
}

/** The form in which GTINs are compared: 14 digits, as `04006381333931` is the same item as `4006381333931`. */
export const comparableGtin = (gtin: string): string => gtin.padStart(14, '0');

/** Each item once, in the form that comes first. */
export function distinctGtins(gtins: readonly string[]): readonly string[] {
  const items = new Map<string, string>();
  for (const gtin of gtins) if (!items.has(comparableGtin(gtin))) items.set(comparableGtin(gtin), gtin);
  return [...items.values()];
}

/** Most GTINs of one product (Merchant Center answer 6324461). */
export const maxGtins = 10;

export interface GtinList {
  /** The valid ones, each item once, in the order of the cell. */
  readonly gtins: readonly string[];
  readonly issues: readonly { readonly code: RowIssueCode; readonly value: string }[];
}

const none: GtinList = { gtins: [], issues: [] };

function single(raw: string): GtinList {
  const gtin = normaliseGtin(raw);
  if (!gtin.ok) return { gtins: [], issues: [{ code: gtin.code, value: raw }] };
  if (gtin.value === '') return none;
  return { gtins: [gtin.value], issues: gtin.warning ? [{ code: gtin.warning, value: raw }] : [] };
}

/** The GTINs of a cell that may hold several, separated by commas, semicolons or bars; and what is wrong with the others. */
export function normaliseGtins(raw: string): GtinList {
  if (raw === '') return none;
  if (raw.length > maxListLength || !/[,;|]/.test(raw)) return single(raw);
  const whole = plainText(stripSpreadsheetArmour(plainText(raw)));
  // `4,00638E+12` is one number of a spreadsheet that writes decimal commas.
  if (anyScientific.test(whole)) return single(raw);
  const found = whole.split(/[,;|]/).map((piece) => single(piece.trim()));
  const gtins = distinctGtins(found.flatMap((piece) => piece.gtins));
  const issues = found.flatMap((piece) => piece.issues);
  if (gtins.length > maxGtins) issues.push({ code: 'GTIN_TOO_MANY', value: raw });
  return { gtins: gtins.slice(0, maxGtins), issues };
}
