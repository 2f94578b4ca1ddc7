import type { Attribute, AttributeKind } from './attributes.ts';
import { readAgeGroup, readGender } from './audience.ts';
import { readAvailability } from './availability.ts';
import type { RowIssueCode } from './codes.ts';
import { readCondition, unknownCondition } from './condition.ts';
import { readCountry } from './country.ts';
import { readDateTime } from './date.ts';
import { splitList, splitUrls } from './lists.ts';
import type { Normalised } from './normalised.ts';
import { readBoolean, readInteger, readMeasure } from './quantity.ts';
import { rememberingFor } from './remember.ts';
import { readStructure, readStructures } from './structures.ts';
import { cleanText, cutText, hasControlCharacters, isPlaceholder } from './text.ts';
import { readUrl } from './url.ts';

/** What a value depends on beside its cell. */
export interface ValueContext {
  /** IANA name; the zone of dates that name none. */
  readonly timeZone: string;
  /** Order of a structured attribute's parts when the column's header gives one. */
  readonly parts?: readonly string[] | undefined;
}

type Reading = Normalised<string | null>;
/** Expects text that is clean and not blank. */
type Reader = (attribute: Attribute, text: string, context: ValueContext) => Reading;

const absent: Reading = { ok: true, value: null };
const value = (text: string | null, warning?: RowIssueCode, lost?: string): Reading =>
  warning ? { ok: true, value: text, warning, lost } : { ok: true, value: text };

/** Attributes that feeds fill with `N/A` where there is nothing to say. */
const placeholdersMeanEmpty = new Set([
  'brand',
  'mpn',
  'color',
  'size',
  'material',
  'pattern',
  'item_group_id',
]);
/** Taxonomy paths, which often went through an HTML encoder: `Home &amp; Garden &gt; Lighting`. */
const categoryPaths = new Set(['google_product_category', 'product_type']);

const encoded = /&(?:gt|amp);/;
const decodePath = (text: string) =>
  encoded.test(text) ? text.replaceAll('&gt;', '>').replaceAll('&amp;', '&') : text;

const readText: Reader = ({ name, maxLength }, text) => {
  if (placeholdersMeanEmpty.has(name) && isPlaceholder(text)) return absent;
  const decoded = categoryPaths.has(name) ? decodePath(text) : text;
  if (maxLength === undefined || decoded.length <= maxLength) return value(decoded);
  return value(cutText(decoded, maxLength), 'TEXT_TOO_LONG');
};

/** A JSON array of at most `maxCount` values, or null without any. */
function listOf(
  { maxCount = Infinity }: Attribute,
  values: readonly unknown[],
  warning?: RowIssueCode,
  lost?: string,
): Reading {
  if (values.length === 0) return value(null, warning);
  if (values.length <= maxCount) return value(JSON.stringify(values), warning, lost);
  return value(JSON.stringify(values.slice(0, maxCount)), 'TOO_MANY_VALUES');
}

/** The list that the lists of several cells make together. */
export function joinLists(attribute: Attribute, lists: readonly string[]): Reading {
  const values = JSON.parse(`[${lists.map((list) => list.slice(1, -1)).join()}]`) as unknown[];
  return listOf(attribute, attribute.kind === 'countryList' ? [...new Set(values)] : values);
}

/** A list without the values that cannot be read, or the code when there are no others. */
function readableList(
  attribute: Attribute,
  values: readonly string[],
  unreadable: readonly string[],
  code: RowIssueCode,
): Reading {
  if (values.length === 0) return { ok: false, code };
  return unreadable.length === 0
    ? listOf(attribute, values)
    : listOf(attribute, values, code, unreadable.join(', '));
}

const readTextList: Reader = (attribute, text) => {
  const { name, maxLength = Infinity } = attribute;
  const values = splitList(categoryPaths.has(name) ? decodePath(text) : text);
  if (values.every((each) => each.length <= maxLength)) return listOf(attribute, values);
  return listOf(
    attribute,
    values.map((each) => cutText(each, maxLength)),
    'TEXT_TOO_LONG',
  );
};

const readUrlList: Reader = (attribute, text) => {
  const { urls, unreadable } = splitUrls(text);
  return readableList(attribute, urls, unreadable, 'URL_UNREADABLE');
};

const mayHoldSeveral = /[\s,;|]/;

/** Exports that know one column for all pictures put a list there: the first is the picture. */
const readFirstUrl: Reader = (_, text) => {
  const url = readUrl(text);
  if (url.ok && !mayHoldSeveral.test(text)) return url;
  const { urls, unreadable } = splitUrls(text);
  const [first, second = url.ok ? unreadable[0] : undefined] = urls;
  if (first === undefined || second === undefined) return url;
  return value(first, 'TOO_MANY_VALUES');
};

/** What stands for an empty cell elsewhere, and says something of a condition. */
const notKnown = /^(?:unknown|unbekannt|inconnu)$/i;

const readConditionOrUnknown: Reader = (_, text) => {
  const condition = readCondition(text);
  const isEmpty = isPlaceholder(text) && !notKnown.test(text);
  return condition.ok || isEmpty ? condition : value(unknownCondition, condition.code);
};

const readCountries: Reader = (attribute, text) => {
  const codes = new Set<string>();
  const unreadable: string[] = [];
  for (const name of splitList(text)) {
    const country = readCountry(name);
    if (country.ok) codes.add(country.value);
    else unreadable.push(name);
  }
  return readableList(attribute, [...codes], unreadable, 'COUNTRY_UNKNOWN');
};

function structured(text: string, attribute: Attribute, parts: readonly string[]): Reading {
  if (attribute.kind === 'structured') {
    const read = readStructure(text, parts);
    return read.ok ? value(JSON.stringify(read.value)) : read;
  }
  const read = readStructures(text, parts);
  return read.ok ? listOf(attribute, read.value) : read;
}

type StructureReader = (text: string, parts: readonly string[]) => Reading;
const structureReaders = new Map<Attribute, StructureReader>();

const readStructured: Reader = (attribute, text, context) => {
  let read = structureReaders.get(attribute);
  if (!read) {
    read = rememberingFor((each, parts) => structured(each, attribute, parts));
    structureReaders.set(attribute, read);
  }
  return read(text, context.parts ?? attribute.parts ?? []);
};

const readTruth: Reader = (_, text) => {
  const read = readBoolean(text);
  return read.ok ? value(read.value ? 'true' : 'false') : read;
};

/** Kinds of which a value depends on more than its cell, or fills more than one column. */
type ReadElsewhere = 'price' | 'dateTimeRange' | 'gtin';
type ReadHere = Exclude<AttributeKind, ReadElsewhere>;

const readers: Readonly<Record<ReadHere, Reader>> = {
  text: readText,
  url: (attribute, text, context) =>
    attribute.name === 'image_link' ? readFirstUrl(attribute, text, context) : readUrl(text),
  urlList: readUrlList,
  textList: readTextList,
  dateTime: (_, text, { timeZone }) => readDateTime(text, timeZone),
  boolean: readTruth,
  integer: (_, text) => readInteger(text),
  measure: (_, text) => readMeasure(text),
  availability: (_, text) => readAvailability(text),
  condition: readConditionOrUnknown,
  ageGroup: (_, text) => readAgeGroup(text),
  gender: (_, text) => readGender(text),
  country: (_, text) => readCountry(text),
  countryList: readCountries,
  structured: readStructured,
  structuredList: readStructured,
};

const isReadHere = (kind: AttributeKind): kind is ReadHere => kind in readers;
const isText = (kind: AttributeKind) => kind === 'text' || kind === 'textList';

/**
 * The value of a cell as PostgreSQL takes it: text; JSON for lists and structures; `true` or `false`; instants
 * as `2016-02-24T21:00:00.000Z`. Null for a blank cell, and for placeholders such as `N/A` where they are usual. A
 * value that was kept but changed has a warning, one that cannot be read a code.
 *
 * Amounts, GTINs and periods depend on more than their cell, or fill more than one column: `readPrice`,
 * `settleCurrency`, `normaliseGtins` and `readDateTimeRange` are for them.
 */
export function readValue(attribute: Attribute, raw: string, context: ValueContext): Reading {
  if (raw === '') return absent;
  const text = cleanText(raw);
  if (text === '') return absent;
  const { kind } = attribute;
  if (!isReadHere(kind)) throw new Error(`a cell alone does not tell a value of the kind ${kind}`);
  const read = readers[kind](attribute, text, context);
  if (text === raw || !read.ok || !hasControlCharacters(raw)) {
    if (read.ok || isText(kind) || !isPlaceholder(text)) return read;
    return absent;
  }
  return read.warning ? read : value(read.value, 'CONTROL_CHARACTERS');
}
