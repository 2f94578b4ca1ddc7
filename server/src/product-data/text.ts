/** Texts of cells as they can be stored: trimmed, without characters that no one meant to send. */

/** Blanks that stand for nothing at either end: Unicode blanks, zero-width characters, byte order marks. */
const outerBlank = /[\s\u0085\u00ad\u180e\u200b-\u200f\u2060-\u2064\ufeff]/u;

/**
 * Control characters other than tab and line ends. PostgreSQL cannot hold U+0000; the others are debris of
 * databases and terminals (C0, DEL and C1, ISO 6429).
 */
const control = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/;
/** The same and all surrogates, to look at a text only once when there are none, as nearly always. */
const suspicious = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]/;
const controls = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]+/g;
const loneSurrogates = /\p{Surrogate}+/gu;

const isOuterBlank = (text: string, index: number): boolean => {
  const code = text.charCodeAt(index);
  if (code > 0x20 && code < 0x7f) return false;
  return code <= 0x20 || outerBlank.test(text.charAt(index));
};

/** True when `cleanText` takes more from the text than blanks at its ends: worth a warning. */
export function hasControlCharacters(text: string): boolean {
  return suspicious.test(text) && (control.test(text) || !text.isWellFormed());
}

function trimText(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isOuterBlank(text, start)) start++;
  while (end > start && isOuterBlank(text, end - 1)) end--;
  return text.slice(start, end);
}

/**
 * The text without blanks at its ends, control characters and lone surrogates; the very same string when
 * there is nothing to do, which is nearly always. HTML and everything else inside is kept as it is.
 */
export function cleanText(raw: string): string {
  const { length } = raw;
  if (length === 0) return raw;
  const damaged = hasControlCharacters(raw);
  if (!damaged && !isOuterBlank(raw, 0) && !isOuterBlank(raw, length - 1)) return raw;
  return trimText(damaged ? raw.replace(loneSurrogates, '').replace(controls, '') : raw);
}

/** Elements that editors leave behind; a title may well be `<Kind of Blue>`. */
const elements =
  'a|b|big|body|br|center|div|em|font|h[1-6]|hr|html|i|iframe|img|li|o:p|ol|p|pre|s|script|small|span|strike|strong|' +
  'style|sub|sup|svg|table|tbody|td|th|tr|u|ul';
const tag = new RegExp(String.raw`<(?:!|/?(?:${elements})(?:[\s/][^<>=]*=|\s*/?(?=>)))[^<>]*>`, 'gi');
const blankEntity = /&(?:nbsp|ensp|emsp|thinsp|zwnj|zwj|shy|#160|#8203|#x0*a0|#x0*200b);?/gi;
const invisible = /[\s\p{Cc}\p{Cf}\p{Zs}]+/gu;
const startsWithWord = /^[\p{L}\p{N}]/u;

/** True when nobody could read anything in the text: blanks, empty HTML elements, `&nbsp;`. */
export function isBlankText(text: string): boolean {
  if (startsWithWord.test(text)) return false;
  return text.replace(tag, '').replace(blankEntity, '').replace(invisible, '') === '';
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** How far back a place is looked for at which a grapheme certainly starts. */
const maxLookBack = 4096;

const isPrintableAscii = (code: number) => code >= 0x20 && code < 0x7f;

/** The last index at which a grapheme starts and which is not behind `length`. */
function boundaryBefore(text: string, length: number): number {
  const furthest = Math.max(0, length - maxLookBack);
  let start = length - 1;
  // A printable ASCII character starts a grapheme (UAX 29), so that few characters need the segmenter.
  while (start > furthest && !isPrintableAscii(text.charCodeAt(start))) start--;
  const around = graphemes.segment(text.slice(start, length + maxLookBack)).containing(length - start);
  const index = around?.index ?? 0;
  if (index > 0 || (start > 0 && isPrintableAscii(text.charCodeAt(start)))) return start + index;
  // One grapheme longer than all that is looked at: then at least no code point is torn.
  const lowSurrogate = text.charCodeAt(length) >> 10 === 0x37;
  return lowSurrogate ? length - 1 : length;
}

/** The text if it fits, else its beginning of at most `maxLength` UTF-16 units, never ending inside a grapheme. */
export function cutText(text: string, maxLength: number): string {
  return text.length <= maxLength ? text : trimText(text.slice(0, boundaryBefore(text, maxLength)));
}

const placeholders = new Set(
  [
    ...['-', '--', '---', '—', '–', '.', '?', '/'],
    ...['n/a', 'n.a.', 'n.a', 'na', '#n/a', '#na', 'nan', 'null', 'nil', 'undefined', '(null)', '<null>'],
    ...['none', 'no', 'empty', 'unknown', 'not available', 'not applicable', 'does not apply', 'no brand'],
    ...['kein', 'keine', 'keiner', 'keines', 'ohne', 'k.a.', 'k. a.', 'keine angabe', 'nicht zutreffend'],
    ...['nicht vorhanden', 'entfällt', 'unbekannt'],
    ...['aucun', 'aucune', 'sans', 'sans objet', 'néant', 'non applicable', 'inconnu'],
    ...["ne s'applique pas", 'ne s’applique pas', 'non renseigné'],
  ].map((text) => text.normalize('NFC')),
);
const longestPlaceholder = Math.max(...[...placeholders].map((text) => text.length));

/** True for texts that say there is no value: `N/A`, `-`, `keine`, `aucun`, `Does not apply`. */
export function isPlaceholder(text: string): boolean {
  return text.length <= longestPlaceholder && placeholders.has(text.toLowerCase());
}

const armour = /^=\s*"(.*)"$/s;

/** The text without the marks by which spreadsheets keep a number as text: `'0123`, `="0123"`. */
export function stripSpreadsheetArmour(text: string): string {
  if (text.startsWith("'")) return text.slice(1);
  return armour.exec(text)?.[1] ?? text;
}

const zeroWidth = /[\u00ad\u180e\u200b-\u200f\u2060-\u2064\ufeff]+/g;

/** The text for readers of numbers and names: compatibility forms (full-width digits, narrow blanks) made plain. */
export function plainText(text: string): string {
  return trimText(text.normalize('NFKC').replace(zeroWidth, ''));
}
