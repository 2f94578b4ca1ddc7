import type { Format } from '#lib/format/format.svelte.ts';
import { m } from '#lib/paraglide/messages.js';
import type { AttributeKind } from './attribute-groups.ts';

export type Availability = 'IN_STOCK' | 'OUT_OF_STOCK' | 'PREORDER' | 'BACKORDER';

/** In the order in which they are offered as a filter. */
export const availabilities: readonly Availability[] = ['IN_STOCK', 'OUT_OF_STOCK', 'PREORDER', 'BACKORDER'];

export const availabilityWord: Readonly<Record<Availability, typeof m.availability_in_stock>> = {
  IN_STOCK: m.availability_in_stock,
  OUT_OF_STOCK: m.availability_out_of_stock,
  PREORDER: m.availability_preorder,
  BACKORDER: m.availability_backorder,
};

export const conditionWord = {
  NEW: m.condition_new,
  REFURBISHED: m.condition_refurbished,
  USED: m.condition_used,
  UNKNOWN: m.condition_unknown,
} as const;

/** The values that the API has names for, whatever attribute they belong to: no name means two things. */
const words: Readonly<Record<string, () => string>> = {
  ...availabilityWord,
  ...conditionWord,
  NEWBORN: m.age_newborn,
  INFANT: m.age_infant,
  TODDLER: m.age_toddler,
  KIDS: m.age_kids,
  TEEN: m.age_teen,
  ADULT: m.age_adult,
  ALL_AGES: m.age_all_ages,
  FEMALE: m.gender_female,
  MALE: m.gender_male,
  UNISEX: m.gender_unisex,
};

/** A value made ready to be drawn: words of the page, text of the feed, or addresses, one entry a line. */
export interface DrawnValue {
  readonly as: 'words' | 'feed' | 'links';
  readonly lines: readonly string[];
}

const textsOf = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');

const firstParts = [
  ...['question', 'program_label', 'tier_label', 'relationship_type', 'id_type', 'name'],
  ...['country', 'region', 'postal_code', 'service'],
];
const rank = (name: string) => (firstParts.includes(name) ? firstParts.indexOf(name) : firstParts.length);

/** The parts of an object of a feed on one line: "Material: cotton" where it names them, else "LU · 4.90 EUR". */
function lineOfParts(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const parts = value as Readonly<Record<string, unknown>>;
  const text = (key: string) => (typeof parts[key] === 'string' ? parts[key] : '');
  const { section_name: section, attribute_name: name } = parts;
  if (name !== undefined) {
    const head = [section, name].filter((one) => typeof one === 'string' && one !== '').join(', ');
    return `${head}: ${text('attribute_value')}`;
  }
  // The database orders the names of an object by their length; a reader wants the place before the price.
  return Object.keys(parts)
    .toSorted((a, b) => rank(a) - rank(b))
    .map((name) => parts[name])
    .filter((one) => one !== null && one !== '')
    .map(String)
    .join(' · ');
}

interface Surroundings {
  readonly format: Format;
  /** Of all amounts of the product; null when the feed names none. */
  readonly currency: string | null;
}

/** A value of the API as lines to draw. Never fails: what has another form than its kind says is shown as text. */
export function drawValue(
  kind: AttributeKind,
  value: unknown,
  { format, currency }: Surroundings,
): DrawnValue {
  const own = (text: string): DrawnValue => ({ as: 'words', lines: [text] });
  if (kind === 'flag' && typeof value === 'boolean') return own(value ? m.ui_yes() : m.ui_no());
  if (kind === 'count' && typeof value === 'number') return own(format.count(value));
  if (kind === 'money' && typeof value === 'string') return own(format.money(value, currency ?? ''));
  if (kind === 'moment' && typeof value === 'string') return own(format.moment(value));
  if (kind === 'word' && typeof value === 'string') return own(words[value]?.() ?? value);
  if (kind === 'link' || kind === 'links') return { as: 'links', lines: textsOf(value) };
  if (kind === 'parts') return { as: 'feed', lines: [lineOfParts(value)] };
  if (kind === 'partsList' && Array.isArray(value)) return { as: 'feed', lines: value.map(lineOfParts) };
  return { as: 'feed', lines: textsOf(value) };
}
