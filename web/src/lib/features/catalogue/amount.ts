import { readCount } from '#lib/ui/read-count.ts';

/** How a currency is written beside an amount: its code, and its signs. */
function marksOf(currency: string): readonly string[] {
  const signOf = (currencyDisplay: 'symbol' | 'narrowSymbol') =>
    new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay })
      .formatToParts(0)
      .find(({ type }) => type === 'currency')?.value ?? currency;
  return [currency, signOf('symbol'), signOf('narrowSymbol')];
}

/** The text without its currency, which may stand before or behind; that of another currency stays. */
function withoutCurrency(text: string, currency: string): string {
  const upper = text.toUpperCase();
  const marks = marksOf(currency);
  const before = marks.find((mark) => upper.startsWith(mark));
  if (before !== undefined) return text.slice(before.length);
  const behind = marks.find((mark) => upper.endsWith(mark));
  return behind === undefined ? text : text.slice(0, -behind.length);
}

/**
 * An amount as somebody types it, as the API takes it: "24,9", "1 290.50" and "€ 12" are read, with a comma or a
 * point before the last two digits at most. Null for what is no amount of at most ten digits in this currency.
 */
export function readAmount(typed: string, currency: string): string | null {
  const text = withoutCurrency(typed.trim(), currency).trim();
  // What stands between thousands stands nowhere else: "24 90" is no 2490.
  const match = /^(\d{1,3}(?:([\s.,'’])\d{3}(?:\2\d{3})*)?|\d{1,10})(?:[.,](\d{1,2}))?$/.exec(text);
  if (!match) return null;
  const [, whole = '', between = '', cents = ''] = match;
  const digits = whole.replaceAll(/\D/g, '');
  // Thousands are told from cents by what follows: "1.290,50" and "1,290.50", but "1.290" could be either.
  if (digits.length > 10 || (/[.,]/.test(between) && cents === '')) return null;
  return cents === '' ? digits : `${digits}.${cents.padEnd(2, '0')}`;
}

/** How much more or less the second amount is, as an amount with a sign; exact, in cents. */
export function difference(before: string, after: string): string {
  const cents = toCents(after) - toCents(before);
  const size = cents < 0n ? -cents : cents;
  const text = `${size / 100n}.${String(size % 100n).padStart(2, '0')}`;
  return cents < 0n ? `-${text}` : text;
}

function toCents(amount: string): bigint {
  const [whole = '0', cents = ''] = amount.split('.');
  return BigInt(whole) * 100n + BigInt(cents.padEnd(2, '0').slice(0, 2));
}

/** A number of pieces of at least 1, as somebody types it; null for anything else. */
export function readQuantity(typed: string): number | null {
  const quantity = readCount(typed);
  return quantity !== null && quantity >= 1 && quantity < 1_000_000_000 ? quantity : null;
}
