import { listValues, type ListValue } from './lists.ts';
import type { Normalised } from './normalised.ts';

/** A structured attribute: the texts of its sub-attributes by name, those that are empty left out. */
export type Structure = Readonly<Record<string, string>>;

/** Commas are Google's, semicolons are what Meta's catalogue has between two shipping costs. */
const separators = ',:;';
/** Parts that are looked at in one cell; the attributes keep at most 1,000 structures. */
const maxParts = 10_000;

/** `90 EUR` behind the comma of `DE:::4,90 EUR` or `DE:::1.299,90 EUR`, which nobody quoted. */
const cents = /^\d\d?(?:\s*(?:\p{Sc}|[A-Z]{3}))?$/iu;
const openPrice = /(?:^|[^\d.,])\d+(?:\.\d{3})*$/;

const isRestOfPrice = (value: ListValue, previous: ListValue | undefined): boolean =>
  previous?.separator === ',' &&
  !previous.quoted &&
  !value.quoted &&
  value.separator !== ':' &&
  openPrice.test(previous.text) &&
  cents.test(value.text);

/** The cell as a list of lists: structures between commas or semicolons, their parts between colons. */
function splitStructures(text: string): ListValue[][] {
  const structures: ListValue[][] = [];
  let current: ListValue[] = [];
  let count = 0;
  for (const value of listValues(text, separators)) {
    const before = current.length === 0 ? structures.at(-1) : undefined;
    const previous = before?.at(-1);
    if (before && previous && isRestOfPrice(value, previous)) {
      before[before.length - 1] = { ...value, text: `${previous.text},${value.text}` };
      continue;
    }
    current.push(value);
    if (value.separator !== ':') {
      structures.push(current);
      current = [];
    }
    if (++count === maxParts) break;
  }
  return structures.filter((values) => values.some((value) => value.text !== ''));
}

/** Last parts that are prose, in which a colon may stand without quotes. */
const proseParts = new Set(['content', 'answer', 'attribute_value', 'value']);

/** `shipping` in Google's order, when parts are left out together with their colons. */
const shippingOrder = 'country:region:service:price';
const shortShipping = new Map([
  [1, ['price']],
  [2, ['country', 'price']],
]);

function namesFor(texts: readonly string[], parts: readonly string[]): readonly string[] | null {
  if (texts.length < parts.length && parts.join(':') === shippingOrder) {
    return /\d/.test(texts.at(-1) ?? '') ? (shortShipping.get(texts.length) ?? null) : null;
  }
  const tooFew = texts.length < Math.min(2, parts.length);
  return tooFew || texts.length > parts.length ? null : parts;
}

function textsOf(source: string, values: readonly ListValue[], parts: readonly string[]): readonly string[] {
  const texts = values.map((value) => value.text);
  const rest = values[parts.length - 1];
  if (texts.length <= parts.length || !rest || !proseParts.has(parts.at(-1) ?? '')) return texts;
  return [...texts.slice(0, parts.length - 1), source.slice(rest.start, values.at(-1)?.end).trim()];
}

function structureOf(
  source: string,
  values: readonly ListValue[],
  parts: readonly string[],
): Structure | null {
  const [first] = values;
  if (first?.quoted && values.length === 1 && parts.length > 1) {
    // The whole structure is wrapped in quotes instead of the one value that needs them.
    const inside = [...listValues(first.text, ':')];
    return inside.length === 1 ? null : structureOf(first.text, inside, parts);
  }
  const texts = textsOf(source, values, parts);
  const names = namesFor(texts, parts);
  if (!names) return null;
  const entries = names.map((name, index): [string, string] => [name, texts[index] ?? '']);
  return Object.fromEntries(entries.filter(([, text]) => text !== ''));
}

/**
 * The one structure of a cell, as `6:50 BRL`, its parts named in the given order; commas separate nothing.
 * STRUCTURE_UNREADABLE when it has more parts than there are names, or only one of several.
 */
export function readStructure(text: string, parts: readonly string[]): Normalised<Structure> {
  const values = [...listValues(text, ':')];
  const structure = values.some((value) => value.text !== '') ? structureOf(text, values, parts) : null;
  return structure ? { ok: true, value: structure } : { ok: false, code: 'STRUCTURE_UNREADABLE' };
}

/**
 * The structures of a cell, their parts named in the given order: `US:80302:6.49 USD` with
 * `['country', 'postal_code', 'price']`. Parts stay texts, prices too. STRUCTURE_UNREADABLE when one of them
 * has more parts than there are names, or leaves out parts so that it is not clear which.
 */
export function readStructures(text: string, parts: readonly string[]): Normalised<readonly Structure[]> {
  const structures: Structure[] = [];
  for (const values of splitStructures(text)) {
    const structure = structureOf(text, values, parts);
    if (!structure) return { ok: false, code: 'STRUCTURE_UNREADABLE' };
    structures.push(structure);
  }
  return structures.length === 0
    ? { ok: false, code: 'STRUCTURE_UNREADABLE' }
    : { ok: true, value: structures };
}
