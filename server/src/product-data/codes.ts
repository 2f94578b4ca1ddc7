/**
 * Every code that an import can give, once, with the sentence that tells a shopkeeper what happened and
 * what to do. Codes are API: a code is never reused for something else.
 */

/** What a sentence can name. `column` as the file writes it, `value` as the cell holds it. */
export interface IssueDetails {
  readonly value?: string;
  readonly column?: string;
  /** Another row of the feed, counted from 1 without the header. */
  readonly row?: number;
  /** A line of the file, counted from 1. */
  readonly line?: number;
  readonly limit?: string;
  /** True when the value is the period of a sale, without which there is no sale. */
  readonly period?: boolean;
}

type Sentence = (details: IssueDetails) => string;

export type ImportErrorType =
  'PARSE_ERROR' | 'MISSING_ID' | 'MISSING_TITLE' | 'DUPLICATE_ID' | 'VALIDATION_ERROR';

export type Severity = 'ERROR' | 'WARNING';

/** When a row has several errors the first of these is the one that it counts as (DESIGN 5). */
export const errorTypesByRank: readonly ImportErrorType[] = [
  'PARSE_ERROR',
  'MISSING_ID',
  'MISSING_TITLE',
  'DUPLICATE_ID',
  'VALIDATION_ERROR',
];

const maxQuoted = 80;
/** A cell as a sentence quotes it: short, and on one line. */
const quote = (value = '') => {
  const line = value.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
  // One letter more than is shown, also of those that take two units.
  const letters = [...line.slice(0, maxQuoted * 2 + 2)];
  return `"${letters.length > maxQuoted ? `${letters.slice(0, maxQuoted).join('')}…` : line}"`;
};

/** Reasons for which a row is left out. */
export const rowErrors = {
  ROW_TOO_MANY_FIELDS: {
    type: 'PARSE_ERROR',
    sentence: () =>
      'This row has more cells than the header has columns, so its values cannot be told apart. Put quotes around texts that contain the delimiter.',
  },
  ROW_QUOTES_BROKEN: {
    type: 'PARSE_ERROR',
    sentence: () =>
      'The quotes of this row, or of the one before it, do not pair up, so its values cannot be told apart. Double every quote inside a quoted text.',
  },
  ROW_TOO_LARGE: {
    type: 'PARSE_ERROR',
    sentence: ({ limit }) =>
      `This row is larger than ${limit ?? '1 MB'}. Shorten its texts, or look for a quote that is never closed.`,
  },
  MISSING_ID: {
    type: 'MISSING_ID',
    sentence: ({ column }) => `The product number is missing. Fill in the column ${quote(column)}.`,
  },
  ID_TOO_LONG: {
    type: 'VALIDATION_ERROR',
    sentence: ({ value, limit }) =>
      `The product number ${quote(value)} is longer than ${limit ?? '255'} characters. Give this product a shorter one.`,
  },
  MISSING_TITLE: {
    type: 'MISSING_TITLE',
    sentence: ({ column }) => `The title is missing. Fill in the column ${quote(column)}.`,
  },
  DUPLICATE_ID: {
    type: 'DUPLICATE_ID',
    sentence: ({ value, row }) =>
      `${value ?? ''} is in row ${row ?? 0} already. The first row counts. Give this product its own number, or remove the row.`,
  },
  PRICE_UNREADABLE: {
    type: 'VALIDATION_ERROR',
    sentence: ({ value }) =>
      `The price ${quote(value)} cannot be read. Write it as 24.90 EUR, or leave it empty.`,
  },
  PRICE_AMBIGUOUS: {
    type: 'VALIDATION_ERROR',
    sentence: ({ value }) =>
      `The price ${quote(value)} can mean two different amounts, and no other row of the column settles it. Write it with two decimals, as in 1200.00 EUR.`,
  },
  PRICE_NEGATIVE: {
    type: 'VALIDATION_ERROR',
    sentence: ({ value }) => `The price ${quote(value)} is below zero. Write the price that a customer pays.`,
  },
  PRICE_TOO_LARGE: {
    type: 'VALIDATION_ERROR',
    sentence: ({ value }) =>
      `The price ${quote(value)} is larger than 9,999,999,999.99. Check whether digits were added by mistake.`,
  },
  CURRENCY_UNKNOWN: {
    type: 'VALIDATION_ERROR',
    sentence: ({ value }) =>
      `The currency of ${quote(value)} is not known. Use the three letters of ISO 4217, as in 24.90 EUR.`,
  },
  CURRENCY_AMBIGUOUS: {
    type: 'VALIDATION_ERROR',
    sentence: ({ value }) =>
      `The currency sign in ${quote(value)} stands for several currencies. Write the three letters, as in 24.90 USD.`,
  },
  CURRENCY_CONFLICT: {
    type: 'VALIDATION_ERROR',
    sentence: ({ value }) =>
      `${quote(value)} is in another currency than the rest of this row. Write all prices of a product in one currency.`,
  },
} as const satisfies Record<string, { type: ImportErrorType; sentence: Sentence }>;

/** Faults that cost a value or nothing at all, and by themselves no row; the raw text is kept here. */
export const rowWarnings = {
  PRICE_MISSING: () => 'This product has no price. It was saved, but cannot be published until it has one.',
  PRICE_ZERO: ({ value }) =>
    `The price ${quote(value)} is zero. It was saved as it is; check that this product is really free.`,
  PRICE_ROUNDED: ({ value }) =>
    `The price ${quote(value)} has more than two decimals and was rounded. Write it with two.`,
  SALE_PRICE_WITHOUT_PRICE: ({ value }) =>
    `The sale price ${quote(value)} was left out because the product has no price. Fill in both.`,
  SALE_PRICE_ZERO: ({ value }) =>
    `The sale price ${quote(value)} is zero, and was left out. Leave the cell empty when there is no sale.`,
  SALE_PRICE_NOT_LOWER: ({ value }) =>
    `The sale price ${quote(value)} is not below the price, and was left out. Check both.`,
  AMOUNT_UNREADABLE: ({ value, column }) =>
    `The amount ${quote(value)} in ${quote(column)} cannot be read and was left empty. Write it as 24.90 EUR, in the currency of the price.`,
  GTIN_MALFORMED: ({ value }) =>
    `${quote(value)} is not a GTIN and was left empty. A GTIN has 8, 12, 13 or 14 digits.`,
  GTIN_CHECK_DIGIT: ({ value }) =>
    `The GTIN ${quote(value)} has a wrong check digit and was left empty. Compare it with the barcode.`,
  GTIN_RESTRICTED: ({ value }) =>
    `${quote(value)} is a code for use inside a shop or for coupons, not a GTIN, and was left empty. Use the number that the manufacturer gave.`,
  GTIN_DAMAGED: ({ value }) =>
    `The GTIN ${quote(value)} was damaged by a spreadsheet and its last digits are lost; it was left empty. Format the column as text and export again.`,
  GTIN_REPAIRED: ({ value }) =>
    `The GTIN ${quote(value)} was changed by a spreadsheet, which drops leading zeros and shortens long numbers; it was put right. Format the column as text before you export.`,
  GTIN_TOO_MANY: ({ limit }) =>
    `This product has more than ${limit ?? '10'} GTINs; the first ones were kept. Remove those that belong to other products.`,
  AVAILABILITY_UNKNOWN: ({ value }) =>
    `The availability ${quote(value)} is not known and was left empty. Use in_stock, out_of_stock, preorder or backorder.`,
  AVAILABILITY_DATE_MISSING: () =>
    'A product on preorder or backorder needs the date from which it is available. Fill in availability_date.',
  CONDITION_UNKNOWN: ({ value }) =>
    `The condition ${quote(value)} is not known, so that the product is not shown as new. Use new, refurbished or used.`,
  AGE_GROUP_UNKNOWN: ({ value }) =>
    `The age group ${quote(value)} is not known and was left empty. Use newborn, infant, toddler, kids or adult.`,
  GENDER_UNKNOWN: ({ value }) =>
    `The gender ${quote(value)} is not known and was left empty. Use male, female or unisex.`,
  DATE_UNREADABLE: ({ value, column, period }) =>
    period
      ? `The period ${quote(value)} in ${quote(column)} cannot be read and was left out with the sale price. Write it as 2030-12-01/2030-12-31.`
      : `The date ${quote(value)} in ${quote(column)} cannot be read and was left empty. Write it as 2030-12-31 or 2030-12-31T18:00+01:00.`,
  DATE_AMBIGUOUS: ({ value, column, period }) =>
    period
      ? `The period ${quote(value)} in ${quote(column)} can mean different days and was left out with the sale price. Write it as 2030-12-01/2030-12-31.`
      : `The date ${quote(value)} in ${quote(column)} can mean two different days and was left empty. Write it as 2030-12-31.`,
  DATE_RANGE_REVERSED: ({ value, column }) =>
    `In ${quote(column)} the period ${quote(value)} ends before it starts and was left out with the sale price. Swap the two dates.`,
  URL_UNREADABLE: ({ value, column }) =>
    `${quote(value)} in ${quote(column)} is not a web address and was left out. Write it in full, beginning with https://.`,
  BOOLEAN_UNREADABLE: ({ value, column }) =>
    `${quote(value)} in ${quote(column)} is neither yes nor no and was left empty. Write yes or no.`,
  INTEGER_UNREADABLE: ({ value, column }) =>
    `${quote(value)} in ${quote(column)} is not a whole number and was left empty.`,
  MEASURE_UNREADABLE: ({ value, column }) =>
    `${quote(value)} in ${quote(column)} is not a number with a unit and was left empty. Write it as 750 ml or 2.5 kg.`,
  COUNTRY_UNKNOWN: ({ value, column }) =>
    `${quote(value)} in ${quote(column)} is not a country and was left out. Use two letters, such as LU.`,
  STRUCTURE_UNREADABLE: ({ value, column }) =>
    `${quote(value)} in ${quote(column)} cannot be taken apart and was left empty. Separate its parts with colons, in the order that the column's name gives.`,
  TEXT_TOO_LONG: ({ column, limit }) =>
    `The text in ${quote(column)} is longer than ${limit ?? ''} characters and was cut. Shorten it.`,
  TOO_MANY_VALUES: ({ column, limit }) =>
    limit === undefined
      ? `${quote(column)} holds more than one value; the first one was kept.`
      : `${quote(column)} holds more than ${limit} values; the first ones were kept.`,
  CHARACTERS_UNREADABLE: () =>
    'Some characters of this row are damaged and show as �. Export the feed again as UTF-8.',
  CONTROL_CHARACTERS: ({ column }) =>
    `Invisible control characters in ${quote(column)} were removed. Clean the text where it comes from.`,
  ROW_TOO_FEW_FIELDS: () =>
    'This row has fewer cells than the header has columns; the missing ones were taken as empty. Check that nothing was cut off.',
} as const satisfies Record<string, Sentence>;

/** Faults of the file's header: said once a feed, before the first row. */
export const headerWarnings = {
  COLUMN_PASSED_OVER: ({ column, value }) =>
    `The columns ${quote(value)} and ${quote(column)} both seem to hold the same price. Only ${quote(value)} is read.`,
  COLUMN_REPEATED: ({ column, value }) =>
    `The columns ${quote(value)} and ${quote(column)} mean the same. In each row the first one that is filled counts.`,
} as const satisfies Record<string, Sentence>;

/** Reasons for which a whole feed is refused, or an import ends as failed. */
export const feedRefusals = {
  ADDRESS_INVALID: ({ value }) =>
    `${quote(value)} is not a web address. Copy the whole address of the feed, beginning with https://.`,
  ADDRESS_MASKED: () =>
    'The secret part of this address is hidden by ***, and no feed of the store is stored like that. Write the whole address.',
  ADDRESS_SCHEME: () => 'Only addresses that begin with http:// or https:// can be fetched.',
  ADDRESS_FORBIDDEN: () =>
    'This address leads into a private network, which is not fetched. Use an address that anyone on the internet can open.',
  ADDRESS_UNKNOWN: ({ value }) => `No server is known by the name ${quote(value)}. Check the address.`,
  PORT_FORBIDDEN: ({ value }) =>
    `Port ${value ?? ''} is not fetched. A feed has to be on port 80, 443, 8080 or 8443.`,
  TOO_MANY_REDIRECTS: ({ limit }) =>
    `The address leads on to another one more than ${limit ?? '5'} times. Use the address at the end of the chain.`,
  CONNECTION_FAILED: () => 'The server of the feed does not answer. Try again later, or ask whoever runs it.',
  TLS_FAILED: () =>
    'The server of the feed has no valid certificate, so its answer cannot be trusted. Ask whoever runs it.',
  HTTP_STATUS: ({ value }) =>
    `The server of the feed answered with status ${value ?? ''}. Open the address in a browser to see whether the feed is there.`,
  HTTP_PROTOCOL: () => 'The server of the feed answered in a way that cannot be read. Ask whoever runs it.',
  SERVER_BUSY: () => 'The server of the feed is too busy at the moment. Try again later.',
  STALLED: ({ limit }) => `The server of the feed sent nothing for ${limit ?? '30 s'}. Try again later.`,
  TOO_SLOW: ({ limit }) => `The feed did not arrive within ${limit ?? '15 minutes'}. Try again later.`,
  CHECK_TOO_LONG: ({ limit }) =>
    `This feed is too large, or comes too slowly, for a check, which may take ${limit ?? '2 minutes'}. Start the import: it may take longer.`,
  TOO_LARGE: ({ limit }) => `The feed is larger than ${limit ?? '2 GB'}. Split it into several feeds.`,
  INFLATED_TOO_LARGE: ({ limit }) =>
    `The feed is larger than ${limit ?? '4 GB'} once it is unpacked. Split it into several feeds.`,
  TRUNCATED: () => 'The feed broke off before its end, so nothing of it was saved. Try again.',
  COMPRESSION_BROKEN: () => 'The packed feed is damaged and cannot be unpacked. Create it again.',
  COMPRESSION_UNKNOWN: ({ value }) =>
    `The feed is packed as ${quote(value)}, which cannot be unpacked. Use gzip, brotli or no compression.`,
  IS_HTML: () => 'The address leads to a web page, not to a feed. Copy the address of the CSV file itself.',
  NOT_TEXT: ({ value }) => `The file is ${value ?? 'not a text'}, not a CSV feed. Export it as CSV.`,
  EMPTY: () => 'The feed is empty. Products that were imported before stay as they are.',
  FILE_NOT_FOUND: ({ value }) => `There is no file ${quote(value)} that can be read.`,
  FILE_GONE: () => 'The file of this import is no longer there. Import it once more.',
  ENCODING_UNKNOWN: ({ value }) =>
    `The feed is written in ${value ?? 'an unknown encoding'}. Save it as UTF-8.`,
  ONE_COLUMN: () =>
    'Only one column was found. Separate the columns with commas, semicolons, tabs or vertical bars.',
  TOO_MANY_COLUMNS: ({ limit }) =>
    `The feed has more than ${limit ?? '1,024'} columns. Remove those that hold no product data.`,
  TOO_MANY_ROWS: ({ limit }) =>
    `The feed has more than ${limit ?? '20,000,000'} rows, and was read no further. Split it into several feeds.`,
  HEADER_TOO_LARGE: ({ limit }) =>
    `The first line is larger than ${limit ?? '1 MB'}. It has to hold the names of the columns.`,
  NO_ID_COLUMN: ({ value }) =>
    `No column holds the product number. Name one of them id. The columns found are: ${value ?? ''}.`,
  NO_TITLE_COLUMN: ({ value }) =>
    `No column holds the title. Name one of them title. The columns found are: ${value ?? ''}.`,
  UNCLOSED_QUOTE: ({ line }) =>
    `A quote that opens in line ${line ?? 0} is never closed. An import keeps only the rows before it. Close the quote and import again.`,
  ATTEMPTS_EXHAUSTED: () =>
    'This import was interrupted three times. What was saved stays. Try again; if it fails once more, tell the platform.',
} as const satisfies Record<string, Sentence>;

export type RowErrorCode = keyof typeof rowErrors;
export type RowWarningCode = keyof typeof rowWarnings;
export type RowIssueCode = RowErrorCode | RowWarningCode;
export type HeaderWarningCode = keyof typeof headerWarnings;
export type FeedRefusalCode = keyof typeof feedRefusals;

const isRowError = (code: RowIssueCode): code is RowErrorCode => code in rowErrors;

/** The type and severity that a code of a row stands for. */
export function issueKind(code: RowIssueCode): { type: ImportErrorType; severity: Severity } {
  return isRowError(code)
    ? { type: rowErrors[code].type, severity: 'ERROR' }
    : { type: 'VALIDATION_ERROR', severity: 'WARNING' };
}

/** The sentence of a row's code, in English; the pages translate by code. */
export function issueSentence(code: RowIssueCode, details: IssueDetails): string {
  const sentence: Sentence = isRowError(code) ? rowErrors[code].sentence : rowWarnings[code];
  return sentence(details);
}

/** The sentence of a header's warning. */
export function headerWarningSentence(code: HeaderWarningCode, details: IssueDetails): string {
  const sentence: Sentence = headerWarnings[code];
  return sentence(details);
}

/** The sentence of a refusal of the whole feed. */
export function refusalSentence(code: FeedRefusalCode, details: IssueDetails = {}): string {
  const sentence: Sentence = feedRefusals[code];
  return sentence(details);
}
