import { attributes, attributesByName, type Attribute } from './attributes.ts';
import { currencyMark } from './currency.ts';
import { headerAliases, lastResortHeaders } from './header-alias-table.ts';
import { plainText } from './text.ts';

/** How sure a header's meaning is, the surest first: of two columns the one with the surer header counts. */
export const headerRanks = ['exact', 'alias', 'lastResort'] as const;
export type HeaderRank = (typeof headerRanks)[number];

export interface RecognisedHeader {
  /** `id`, `currency`, or the name of an attribute. */
  readonly attribute: string;
  readonly rank: HeaderRank;
  /** Sub-attributes in the order of the column's cells, when the header names them. */
  readonly parts?: readonly string[];
  /** ISO 4217 code of all prices of the column, when the header names it. */
  readonly currency?: string;
}

const maxHeaderLength = 200;

const ignored = /[\s_\-\u2010-\u2015.?*#:'’"/]+/g;
/** A name reduced to what tells it from others: `Image Link`, `image_link` and `imageLink` are one. */
const keyOf = (name: string) => name.toLowerCase().replaceAll(ignored, '');
const withoutAccents = (key: string) =>
  key
    .normalize('NFD')
    .replaceAll(/\p{M}+/gu, '')
    .replaceAll('ß', 'ss')
    .replaceAll('œ', 'oe');
const withoutUmlauts = (key: string) =>
  key.replaceAll('ä', 'ae').replaceAll('ö', 'oe').replaceAll('ü', 'ue').replaceAll('ß', 'ss');

function compileNames() {
  const exact = new Map<string, RecognisedHeader>();
  const folded = new Map<string, RecognisedHeader>();
  const add = (name: string, attribute: string, rank: HeaderRank) => {
    const meaning = { attribute, rank };
    const key = keyOf(name.normalize('NFKC'));
    if (!exact.has(key)) exact.set(key, meaning);
    for (const variant of [withoutAccents(key), withoutUmlauts(key)]) {
      if (!folded.has(variant)) folded.set(variant, meaning);
    }
  };
  for (const name of ['id', 'currency', ...attributes.map((attribute) => attribute.name)])
    add(name, name, 'exact');
  for (const [attribute, names] of Object.entries(headerAliases)) {
    for (const name of names) add(name, attribute, 'alias');
  }
  for (const [attribute, names] of Object.entries(lastResortHeaders)) {
    for (const name of names) add(name, attribute, 'lastResort');
  }
  return { exact, folded };
}

const names = compileNames();

/** Accents are folded only when the name is not known with them. */
function lookUp(name: string): RecognisedHeader | null {
  const key = keyOf(name);
  return names.exact.get(key) ?? names.folded.get(withoutAccents(key)) ?? null;
}

const isRepeated = ({ kind }: Attribute) => kind.endsWith('List') || kind === 'gtin';
const isStructured = ({ kind }: Attribute) => kind === 'structured' || kind === 'structuredList';

const subAttributes = /^([^()]+)\(([^()]*)\)$/;
const subAttributeName = /^[a-z][a-z0-9_]{0,49}$/;

/** `shipping(country:postal_code:price)`: the header gives the order of the cells' parts. */
function withParts(name: string): RecognisedHeader | null {
  const [, base = '', inside = ''] = subAttributes.exec(name) ?? [];
  const recognised = lookUp(base);
  const attribute = recognised && attributesByName.get(recognised.attribute);
  if (!attribute || !isStructured(attribute)) return null;
  const parts = inside.split(':').map((part) =>
    part
      .trim()
      .toLowerCase()
      .replaceAll(/[\s-]+/g, '_'),
  );
  const usable = parts.every((part) => subAttributeName.test(part)) && new Set(parts).size === parts.length;
  return usable ? { ...recognised, parts } : null;
}

const numbered = /^(.*?[^\d\s_[-])[\s_-]*\[?(\d{1,3})\]?(?:\.url)?$/i;

/** `additional_image_link_2`, `image[0].url`: one value each of a repeated attribute, or the first image. */
function withNumber(name: string): RecognisedHeader | null {
  const [, base = '', digits = ''] = numbered.exec(name) ?? [];
  const recognised = lookUp(base) ?? (keyOf(base) === 'video' ? lookUp('video_link') : null);
  if (!recognised) return null;
  const { attribute, rank } = recognised;
  if (attribute === 'image_link') {
    const first = Number(digits) === (name.includes('[') ? 0 : 1);
    return {
      attribute: first ? attribute : 'additional_image_link',
      rank: rank === 'exact' ? 'alias' : rank,
    };
  }
  const definition = attributesByName.get(attribute);
  return definition && isRepeated(definition) ? recognised : null;
}

const currencySuffix = /^(.*?\p{L})[\s_]*(?:[\s_([]+(?:in\s)?([a-z]{3}|\p{Sc})[)\]]?)$/iu;

/** `Preis (EUR)`, `Variant Price EUR`: a price in one currency, of use where the store's currency is that one. */
function withCurrency(name: string, storeCurrency: string): RecognisedHeader | null {
  const [, base = '', currency = ''] = currencySuffix.exec(name) ?? [];
  const recognised = lookUp(base.replace(/\sin$/i, ''));
  if (!recognised || attributesByName.get(recognised.attribute)?.kind !== 'price') return null;
  if (currencyMark(currency) !== storeCurrency) return null;
  return { ...recognised, rank: 'alias', currency: storeCurrency };
}

const deliveryCostsOfOneService = /^delivery_?costs_./i;
const prefix = /^(?:g[:_]\s*|google shopping \/ )/i;
const bracketed = /\[([^[\]]*\D[^[\]]*)\]$/;

function recogniseName(header: string, storeCurrency: string | null): RecognisedHeader | null {
  const name = header.replace(prefix, '');
  const recognised = lookUp(name) ?? withParts(name) ?? withNumber(name);
  if (recognised) return recognised;
  if (deliveryCostsOfOneService.test(name)) return { attribute: 'shipping', rank: 'lastResort' };
  return storeCurrency === null ? null : withCurrency(name, storeCurrency);
}

/**
 * The attribute that a column's header stands for, or null when it is none that we know. Takes technical
 * names in any spelling, Google's `Image link [image_link]` and `g:image_link`, names in German and French and
 * of other systems, numbered columns and headers with sub-attributes. A price column that names its currency
 * is recognised only when that is `storeCurrency`: the others of the row would be prices in foreign money.
 */
export function recogniseHeader(
  header: string,
  storeCurrency: string | null = null,
): RecognisedHeader | null {
  if (header.length > maxHeaderLength) return null;
  const name = plainText(header)
    .replace(/^"(.*)"$/, '$1')
    .trim();
  const [, technical] = bracketed.exec(name) ?? [];
  const recognised = technical === undefined ? null : recogniseName(technical, null);
  return recognised ?? recogniseName(name, storeCurrency);
}
