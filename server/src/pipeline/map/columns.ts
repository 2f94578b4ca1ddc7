import { attributesByName } from '../../product-data/attributes.ts';
import { headerWarningSentence } from '../../product-data/codes.ts';
import { FeedRefusal } from '../../product-data/feed-refusal.ts';
import { headerRanks, recogniseHeader, type RecognisedHeader } from '../../product-data/header-aliases.ts';
import { cleanText, cutText } from '../../product-data/text.ts';
import type { AttributeColumns, ColumnMap, HeaderWarning } from '../types.ts';

interface Candidate extends RecognisedHeader {
  readonly index: number;
}

/**
 * What each column of a feed holds. An exact technical name beats an alias, an alias beats a name that only
 * serves when nothing better is there; columns that lose are kept in `extra`. Throws a FeedRefusal when no
 * column holds the id or the title.
 */
export function mapColumns(headers: readonly string[], storeCurrency: string): ColumnMap {
  const candidates = headers.flatMap((header, index): Candidate[] => {
    const recognised = recogniseHeader(header, storeCurrency);
    return recognised ? [{ ...recognised, index }] : [];
  });
  const chosen = chooseColumns(candidates, headers);
  const id = chosen.get('id');
  const title = chosen.get('title') ?? chosen.get('structured_title');
  if (!id) throw new FeedRefusal('NO_ID_COLUMN', { value: listed(headers) });
  if (!title) throw new FeedRefusal('NO_TITLE_COLUMN', { value: listed(headers) });

  const used = new Set([...chosen.values()].flatMap((columns) => columns.map(({ index }) => index)));
  return {
    headers,
    id: id.map(({ index }) => index),
    currency: (chosen.get('currency') ?? []).map(({ index }) => index),
    attributes: attributeColumns(chosen),
    recognised: recognisedColumns(chosen, headers),
    extra: headers.flatMap((header, index) => (used.has(index) || cleanText(header) === '' ? [] : [index])),
    warnings: repeatedColumns(chosen, candidates, headers),
    format: [...id, ...title].every(({ rank }) => rank === 'exact') ? 'google' : 'catalogue',
  };
}

/** For each attribute the columns that can give its value, in the order in which they are asked. */
function chooseColumns(
  candidates: readonly Candidate[],
  headers: readonly string[],
): Map<string, Candidate[]> {
  const chosen = new Map<string, Candidate[]>();
  for (const name of new Set(candidates.map(({ attribute }) => attribute))) {
    const columns = candidates.filter(({ attribute }) => attribute === name);
    chosen.set(name, isList(name) ? columns : bestColumns(name, columns, headers));
  }
  return chosen;
}

/** Another column must never lend a row its identity or its price: there only a repeated header counts. */
const unmistakable = new Set(['id', 'currency', 'price', 'sale_price']);

function bestColumns(name: string, columns: readonly Candidate[], headers: readonly string[]): Candidate[] {
  const rank = headerRanks.find((best) => columns.some((column) => column.rank === best));
  const best = columns.filter((column) => column.rank === rank);
  if (!unmistakable.has(name)) return best;
  const first = best.find(({ index }) => isGross(headers[index])) ?? best[0];
  return best.filter(({ index }) => sameName(headers[index], headers[first?.index ?? index]));
}

/** True for a price that a customer pays, beside which one without such a name may lack the taxes. */
const isGross = (header = '') => /brutto|ttc/i.test(header);

/** In the order of the file. */
function recognisedColumns(chosen: ReadonlyMap<string, readonly Candidate[]>, headers: readonly string[]) {
  const columns = [...chosen.values()].flat().sort((a, b) => a.index - b.index);
  return new Map(columns.map(({ index, attribute }) => [headers[index] ?? '', attribute]));
}

function attributeColumns(chosen: ReadonlyMap<string, readonly Candidate[]>): AttributeColumns[] {
  // In the order of the table of attributes, so that the same content has the same hash whatever the file's order.
  return [...attributesByName.values()].flatMap((attribute) => {
    // A feed may have structured titles alone: they are looked for where a title is empty.
    const columns = chosen.get(attribute.name) ?? (attribute.name === 'title' ? [] : null);
    if (!columns) return [];
    const { currency = null } = columns[0] ?? {};
    const named = columns.flatMap(({ index, parts }) => (parts ? [[index, parts] as const] : []));
    return [{ attribute, indexes: columns.map(({ index }) => index), parts: new Map(named), currency }];
  });
}

const isList = (name: string) => {
  const kind = attributesByName.get(name)?.kind;
  return kind === 'urlList' || kind === 'textList' || kind === 'structuredList' || kind === 'gtin';
};

function repeatedColumns(
  chosen: ReadonlyMap<string, readonly Candidate[]>,
  candidates: readonly Candidate[],
  headers: readonly string[],
): HeaderWarning[] {
  return [...chosen].flatMap(([name, [first, repeated]]) => {
    // Of two prices with different names one is passed over, which must not be kept quiet.
    const rival = first && isPrice(name) ? rivalOf(first, candidates) : undefined;
    const second = repeated ?? rival;
    if (!first || !second || isList(name)) return [];
    const code = repeated ? 'COLUMN_REPEATED' : 'COLUMN_PASSED_OVER';
    const columns = [first, second].map(({ index }) => cutText(cleanText(headers[index] ?? ''), mostShown));
    const [value, column] = columns;
    return [{ code, message: headerWarningSentence(code, { value, column }), columns }];
  });
}

/** Of a header's name, which may be as long as a book. */
const mostShown = 200;

const isPrice = (name: string) => attributesByName.get(name)?.kind === 'price';

/** Another column that means the same, and as surely. */
const rivalOf = ({ attribute, rank, index }: Candidate, candidates: readonly Candidate[]) =>
  candidates.find((other) => other.attribute === attribute && other.rank === rank && other.index !== index);

const sameName = (a = '', b = '') => a.trim().toLowerCase() === b.trim().toLowerCase();

const maxListed = 30;
const listed = (headers: readonly string[]) =>
  headers
    .map((header) => cutText(cleanText(header), 40))
    .filter(Boolean)
    .slice(0, maxListed)
    .join(', ') + (headers.length > maxListed ? ', …' : '');
