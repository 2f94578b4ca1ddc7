/** The separator that a price writes before its decimals. */
export type DecimalSeparator = '.' | ',';

/** What is known of the numbers of a column: what stands before their decimals, and what between thousands. */
export interface Separators {
  readonly decimal?: DecimalSeparator | null;
  readonly grouping?: DecimalSeparator | null;
}

export interface PriceNumber {
  /** Digits before the decimal separator, without grouping; may be empty, as in `.99`. */
  readonly integer: string;
  readonly fraction: string;
  /** What the number proves about its column: this separator is the decimal one. Null when it proves nothing. */
  readonly proves: DecimalSeparator | null;
  /**
   * Set when the number can mean two amounts, `1.299` being 1.30 or 1,299: its only separator. `integer` and
   * `fraction` are then the digits before and after it.
   */
  readonly ambiguous: DecimalSeparator | null;
}

/** Of the two separators the one that this is not. */
export const other = (separator: DecimalSeparator): DecimalSeparator => (separator === '.' ? ',' : '.');

const digitsOnly = /^\d+$/;
const onlyBlanksGroup = /^[1-9]\d{0,2}(?:( |')\d{3})(?:\1\d{3})*$/;
const onlyMarksGroup = /^[1-9]\d{0,2}([.,])\d{3}(?:\1\d{3})+$/;
const oneSeparator = /^(\d*)([.,])(\d*)$/;
const groupedWithDecimals = /^([1-9]\d{0,2}([.,' ])\d{3}(?:\2\d{3})*)([.,])(\d*)$/;

const withoutSeparators = (text: string) => text.replaceAll(/[.,' ]/g, '');

function readOneSeparator(integer: string, separator: DecimalSeparator, fraction: string): PriceNumber {
  if (fraction === '') return { integer, fraction, proves: null, ambiguous: null };
  const canGroup = fraction.length === 3 && /^[1-9]\d{0,2}$/.test(integer);
  return canGroup
    ? { integer, fraction, proves: null, ambiguous: separator }
    : { integer, fraction, proves: separator, ambiguous: null };
}

/**
 * The digits of a number written with `.`, `,`, blanks or apostrophes in any of the usual ways, or null when
 * its groups are not three digits long or its separators contradict each other. Of two kinds of separators
 * the last is the decimal one; one kind several times groups; one separator with exactly three digits on
 * either side of it can be both.
 */
export function readPriceNumber(text: string): PriceNumber | null {
  if (digitsOnly.test(text)) return { integer: text, fraction: '', proves: null, ambiguous: null };
  const [, integer, separator, fraction] = oneSeparator.exec(text) ?? [];
  if (separator && integer !== undefined && fraction !== undefined) {
    if (integer === '' && fraction === '') return null;
    return readOneSeparator(integer, separator === '.' ? '.' : ',', fraction);
  }
  if (onlyBlanksGroup.test(text)) {
    return { integer: withoutSeparators(text), fraction: '', proves: null, ambiguous: null };
  }
  const groups = onlyMarksGroup.exec(text);
  if (groups) {
    const proves = other(groups[1] === '.' ? '.' : ',');
    return { integer: withoutSeparators(text), fraction: '', proves, ambiguous: null };
  }
  const [, grouped, grouping, decimal, decimals] = groupedWithDecimals.exec(text) ?? [];
  if (grouped === undefined || decimals === undefined || grouping === decimal) return null;
  return {
    integer: withoutSeparators(grouped),
    fraction: decimals,
    proves: decimal === '.' ? '.' : ',',
    ambiguous: null,
  };
}

/** The number, which is no longer ambiguous if it is known what its separator is there for. */
export function settleNumber(number: PriceNumber, { decimal, grouping }: Separators): PriceNumber {
  const { ambiguous, integer, fraction } = number;
  if (ambiguous === null) return number;
  if (ambiguous === decimal) return { ...number, proves: decimal, ambiguous: null };
  if (ambiguous !== grouping) return number;
  return { integer: integer + fraction, fraction: '', proves: other(ambiguous), ambiguous: null };
}
