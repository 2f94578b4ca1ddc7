import { readUrl } from './url.ts';

const quote = 34;
const isBlank = (code: number) => code === 32 || (code >= 9 && code <= 13) || code === 160;

function skipBlanks(text: string, from: number): number {
  let index = from;
  while (isBlank(text.charCodeAt(index))) index++;
  return index;
}

/** The index behind the quote that closes the one at `open`, or -1; a doubled quote does not close. */
function closingQuote(text: string, open: number): number {
  let index = text.indexOf('"', open + 1);
  while (index !== -1 && text.charCodeAt(index + 1) === quote) index = text.indexOf('"', index + 2);
  return index === -1 ? -1 : index + 1;
}

function nextSeparator(text: string, from: number, separators: string): number {
  let index = from;
  while (index < text.length && !separators.includes(text.charAt(index))) index++;
  return index;
}

export interface ListValue {
  readonly text: string;
  readonly quoted: boolean;
  /** The character behind the value, `''` at the end. */
  readonly separator: string;
  /** Where the value lies in the cell, quotes and blanks included. */
  readonly start: number;
  readonly end: number;
}

/**
 * The values of a cell with the second level of quoting (Merchant Center answer 14998273): one that holds a
 * separator is wrapped in straight quotes, quotes inside are doubled. Quotes that do not wrap a whole value,
 * as in `12" pan`, are part of it.
 */
export function* listValues(text: string, separators: string): Generator<ListValue> {
  for (let start = 0; start <= text.length;) {
    const open = skipBlanks(text, start);
    const close = text.charCodeAt(open) === quote ? closingQuote(text, open) : -1;
    const behind = close === -1 ? -1 : skipBlanks(text, close);
    const quoted = behind === text.length || (behind !== -1 && separators.includes(text.charAt(behind)));
    const end = quoted ? behind : nextSeparator(text, start, separators);
    const value = quoted ? text.slice(open + 1, close - 1).replaceAll('""', '"') : text.slice(start, end);
    yield { text: value.trim(), quoted, separator: text.charAt(end), start, end };
    start = end + 1;
  }
}

/** The values of a comma list in order, without blank ones. */
export function splitList(text: string): string[] {
  if (!text.includes(',') && !text.startsWith('"')) return [text];
  const values = text.includes('"')
    ? Array.from(listValues(text, ','), (value) => value.text)
    : text.split(',').map((value) => value.trim());
  return values.filter((value) => value !== '');
}

export interface UrlList {
  readonly urls: readonly string[];
  /** Values that are no web address. */
  readonly unreadable: readonly string[];
}

/**
 * Where the next address of a list begins, or one that is not whole. Other commas belong to the address, where
 * they are not always written `%2C`.
 */
const beforeUrl = /[\s,;|]"?(?=https?:\/\/)|,\s*"?(?=\/|www\.)/i;
const aroundUrl = /^[\s,;|"]+|(?<![\s,;|"])[\s,;|"]+$/g;
const separatorsOfUrls = ' ,;|"\t\r\n';

/** The addresses of a cell in order, separated by commas, semicolons, bars or blanks. */
export function splitUrls(text: string): UrlList {
  const urls: string[] = [];
  const unreadable: string[] = [];
  for (const piece of text.split(beforeUrl)) {
    const value =
      piece.startsWith('http') && !separatorsOfUrls.includes(piece.charAt(piece.length - 1))
        ? piece
        : piece.replaceAll(aroundUrl, '');
    if (value !== '') (readUrl(value).ok ? urls : unreadable).push(value);
  }
  return { urls, unreadable };
}
