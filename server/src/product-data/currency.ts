import type { Normalised } from './normalised.ts';
import { isPlaceholder, plainText } from './text.ts';

/** The currencies in use (ISO 4217 list one), without funds, metals, test codes and XXX. */
export const currencies: ReadonlySet<string> = new Set(
  (
    'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD ' +
    'CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF ' +
    'GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK ' +
    'LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD ' +
    'OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN ' +
    'SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XCG XOF ' +
    'XPF YER ZAR ZMW ZWG'
  ).split(' '),
);

const withoutDecimals = new Set(
  'BIF CLP DJF GNF HUF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'.split(' '),
);
const withThreeDecimals = new Set(['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND']);

/** How many decimals prices in the currency have in practice: 0, 2 or 3 (ISO 4217, and 0 for HUF). */
export function decimalsOf(currency: string): 0 | 2 | 3 {
  if (withoutDecimals.has(currency)) return 0;
  return withThreeDecimals.has(currency) ? 3 : 2;
}

/** Signs and names that stand for one currency, in lower case and without a last dot. */
const marks = new Map<string, string>(
  Object.entries({
    EUR: ['€', 'euro', 'euros', 'eur€', '€uro'],
    GBP: ['£', 'gb£', 'stg'],
    USD: ['us$', 'usd$', '$us', 'u$s', 'us-$'],
    CAD: ['ca$', 'c$', 'can$', '$ca', 'cad$'],
    AUD: ['a$', 'au$', 'aud$'],
    NZD: ['nz$', 'nzd$'],
    HKD: ['hk$'],
    SGD: ['s$', 'sg$'],
    TWD: ['nt$'],
    MXN: ['mx$', 'mex$'],
    BRL: ['r$'],
    CHF: ['fr', 'sfr'],
    PLN: ['zł', 'zl', 'złotych'],
    CZK: ['kč', 'kc'],
    HUF: ['ft', 'forint'],
    RON: ['lei', 'leu'],
    BGN: ['лв'],
    RUB: ['₽', 'руб', 'рублей', 'р'],
    UAH: ['₴', 'грн'],
    TRY: ['₺', 'tl'],
    ILS: ['₪', 'nis'],
    INR: ['₹'],
    JPY: ['円', 'jp¥', 'yen'],
    CNY: ['元', 'rmb', 'cn¥'],
    KRW: ['₩', '원'],
    VND: ['₫', 'đ'],
    THB: ['฿'],
    IDR: ['rp'],
    MYR: ['rm'],
    PHP: ['₱'],
    NGN: ['₦'],
    ZAR: ['r'],
    KZT: ['₸'],
    GEL: ['₾'],
    KWD: ['kd', 'k.d'],
    BHD: ['bd'],
    JOD: ['jd'],
    TND: ['dt'],
    AED: ['dhs'],
  }).flatMap(([code, names]) => names.map((name): [string, string] => [name, code])),
);

/** Signs of several currencies. The first is taken without further evidence when `firstByDefault` says so. */
const ambiguousMarks = new Map<string, { candidates: readonly string[]; firstByDefault?: true }>([
  [
    '$',
    {
      candidates: (
        'USD CAD AUD NZD SGD HKD TWD MXN ARS CLP COP UYU BBD BMD BND BSD BZD DOP FJD GYD JMD KYD LRD NAD SBD ' +
        'SRD TTD XCD'
      ).split(' '),
    },
  ],
  ['kr', { candidates: ['SEK', 'NOK', 'DKK', 'ISK'] }],
  ['¥', { candidates: ['JPY', 'CNY'] }],
  ['rs', { candidates: ['INR', 'PKR', 'LKR', 'NPR', 'MUR', 'SCR'] }],
  ['dh', { candidates: ['MAD', 'AED'] }],
  // One franc of either monetary union is worth one of the other, and both are written Fcfa.
  ['fcfa', { candidates: ['XOF', 'XAF'], firstByDefault: true }],
  ['f cfa', { candidates: ['XOF', 'XAF'], firstByDefault: true }],
  ['cfa', { candidates: ['XOF', 'XAF'], firstByDefault: true }],
]);

/** A currency as a cell writes it: an ISO 4217 code, or a sign of several currencies such as `$` and `kr`. */
export type CurrencyMark = string;

/** The mark that the text is, or null when it names no currency. Expects plain text (NFKC, trimmed). */
export function currencyMark(text: string): CurrencyMark | null {
  if (text.length > 12) return null;
  const upper = text.toUpperCase();
  if (currencies.has(upper)) return upper;
  const name = text.toLowerCase().replace(/(\p{L})\.$/u, '$1');
  const code = marks.get(name);
  if (code) return code;
  return ambiguousMarks.has(name) ? name : null;
}

/** The code that a mark stands for in every store, or null for a sign of several currencies. */
export const codeOfMark = (mark: CurrencyMark | null): string | null =>
  mark !== null && currencies.has(mark) ? mark : null;

/** What two marks of one cell say together, as in `$29.99 CAD` or `€ 29.99 EUR`; null when they contradict. */
export function combineMarks(one: CurrencyMark, other: CurrencyMark): CurrencyMark | null {
  if (one === other || ambiguousMarks.get(other)?.candidates.includes(one)) return one;
  return ambiguousMarks.get(one)?.candidates.includes(other) ? other : null;
}

export interface CurrencyEvidence {
  /** As `readPrice` gives it. */
  readonly fromCell: CurrencyMark | null;
  /** The row's cell of a currency column, as the feed writes it; null, blank or a placeholder when there is none. */
  readonly fromColumn: string | null;
  readonly storeCurrency: string;
}

function resolve(mark: CurrencyMark, preferred: string | null): Normalised<string> {
  const ambiguous = ambiguousMarks.get(mark);
  if (!ambiguous) return { ok: true, value: mark };
  if (preferred !== null && ambiguous.candidates.includes(preferred)) return { ok: true, value: preferred };
  const [first] = ambiguous.candidates;
  if (ambiguous.firstByDefault && first !== undefined) return { ok: true, value: first };
  return { ok: false, code: 'CURRENCY_AMBIGUOUS' };
}

/**
 * The ISO 4217 code of a price: what its cell says, else the currency column, else the store's currency.
 * A sign of several currencies stands for the column's currency, or the store's, if that is one of them.
 * Codes: CURRENCY_UNKNOWN, CURRENCY_AMBIGUOUS, and CURRENCY_CONFLICT when cell and column differ.
 */
export function settleCurrency({
  fromCell,
  fromColumn,
  storeCurrency,
}: CurrencyEvidence): Normalised<string> {
  if (fromColumn === null || fromColumn === '') {
    return fromCell === null ? { ok: true, value: storeCurrency } : resolve(fromCell, storeCurrency);
  }
  const text = plainText(fromColumn);
  if (text === '' || isPlaceholder(text))
    return settleCurrency({ fromCell, fromColumn: null, storeCurrency });
  const mark = currencyMark(text);
  if (mark === null) return { ok: false, code: 'CURRENCY_UNKNOWN' };
  const ofColumn = resolve(mark, codeOfMark(fromCell) ?? storeCurrency);
  if (fromCell === null || !ofColumn.ok) return ofColumn;
  const ofCell = resolve(fromCell, ofColumn.value);
  if (!ofCell.ok) return ofCell;
  return ofCell.value === ofColumn.value ? ofCell : { ok: false, code: 'CURRENCY_CONFLICT' };
}
