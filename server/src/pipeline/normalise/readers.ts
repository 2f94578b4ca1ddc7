import type { Attribute } from '../../product-data/attributes.ts';
import type { RowIssueCode } from '../../product-data/codes.ts';
import { readDateTimeRange } from '../../product-data/date.ts';
import { distinctGtins, maxGtins, normaliseGtins } from '../../product-data/gtin.ts';
import type { Normalised } from '../../product-data/normalised.ts';
import { joinLists, readValue, type ValueContext } from '../../product-data/read-value.ts';
import { readStructure } from '../../product-data/structures.ts';
import { cleanText, isBlankText, isPlaceholder } from '../../product-data/text.ts';
import type { AttributeColumns, ColumnMap, FeedContext } from '../types.ts';
import type { PriceColumns } from './price-columns.ts';
import { currencyReader, priceReader } from './price-readers.ts';
import { cleanCell, filledIndex, type AttributeReader, type RowCells } from './row-cells.ts';

/** The readers of a feed's columns, in the order in which values are stored. */
export function compileReaders(map: ColumnMap, context: FeedContext, prices: PriceColumns) {
  const readers = (scope: Attribute['scope']) =>
    map.attributes
      .filter(({ attribute }) => attribute.scope === scope)
      .map((columns) => readerOf(columns, map, context, prices));
  const extra = map.extra.length === 0 ? [] : [extraReader(map)];
  return { translation: [...readers('translation'), ...extra], shared: readers('shared') };
}

function readerOf(columns: AttributeColumns, map: ColumnMap, context: FeedContext, prices: PriceColumns) {
  const { attribute } = columns;
  if (attribute.name === 'price') return currencyReader(columns, map, context, prices);
  if (attribute.kind === 'price') return priceReader(columns, context, prices);
  if (attribute.kind === 'gtin') return gtinReader(columns);
  if (attribute.kind === 'dateTimeRange') return rangeReader(columns, context);
  if (attribute.name === 'title') return titleReader(columns, map, context);
  return valueReader(columns, context);
}

const isList = ({ kind }: Attribute) => kind.endsWith('List');

function valueReader({ attribute, indexes, parts }: AttributeColumns, context: FeedContext): AttributeReader {
  const { name } = attribute;
  const contexts = new Map(
    [...parts].map(([index, named]): [number, ValueContext] => [index, { ...context, parts: named }]),
  );
  const merged = isList(attribute) && indexes.length > 1;
  const take = (row: RowCells, index: number, cell: string, result: Normalised<string | null>) => {
    if (!result.ok) {
      row.report(result.code, name, cell, index);
      return null;
    }
    const { warning, lost = cell } = result;
    if (warning) row.report(warning, name, lost, index, limitOf(attribute, warning));
    return result.value;
  };
  const read = (row: RowCells, index: number) => {
    const cell = cleanCell(row, index, name);
    if (cell === '' || (merged && isPlaceholder(cell))) return null;
    const own = contexts.size === 0 ? undefined : contexts.get(index);
    return take(row, index, cell, readValue(attribute, cell, own ?? context));
  };
  const readMerged = (row: RowCells) => {
    const lists = indexes.map((index) => read(row, index)).filter((list) => list !== null);
    const [first = null, second] = lists;
    return second === undefined ? first : take(row, indexes[0] ?? -1, '', joinLists(attribute, lists));
  };
  const saysNothing = (cell: string) => {
    if (!isPlaceholder(cell)) return false;
    const result = readValue(attribute, cell, context);
    return result.ok && result.value === null;
  };
  return {
    columns: [name],
    read(row, values) {
      values.push(merged ? readMerged(row) : read(row, filledIndex(row, indexes, saysNothing)));
    },
  };
}

function limitOf({ maxLength, maxCount }: Attribute, code: RowIssueCode) {
  const limit = code === 'TOO_MANY_VALUES' ? maxCount : maxLength;
  return limit === undefined ? {} : { limit: limit.toLocaleString('en') };
}

/** The only value beside the id that a product cannot do without. A structured title may stand in for it. */
function titleReader(columns: AttributeColumns, map: ColumnMap, context: FeedContext): AttributeReader {
  const { attribute } = columns;
  const own = columns.indexes.map((index) => ({
    index,
    reader: valueReader({ ...columns, indexes: [index] }, context),
  }));
  const readContent = (row: RowCells, content: string) => {
    const title = readValue(attribute, content, context);
    const warning = title.ok ? title.warning : undefined;
    if (warning) row.report(warning, 'title', content, undefined, limitOf(attribute, warning));
    return title.ok ? title.value : null;
  };
  const structured = map.attributes.find(({ attribute }) => attribute.name === 'structured_title');
  const [titleColumn] = [...columns.indexes, ...(structured?.indexes ?? [])];
  return {
    columns: ['title'],
    read(row, values) {
      const filled = own.find(({ index }) => !isBlankText(row.cell(index)));
      if (filled) return filled.reader.read(row, values);
      const content = structured ? contentOf(row, structured) : '';
      if (isBlankText(content)) row.report('MISSING_TITLE', 'title', '', titleColumn);
      values.push(isBlankText(content) ? null : readContent(row, content));
    },
  };
}

/** The text of a structured title, `trained_algorithmic_media:Chair`; all of a cell that has no parts. */
function contentOf(row: RowCells, { attribute, indexes, parts }: AttributeColumns): string {
  const index = filledIndex(row, indexes);
  const cell = cleanText(row.cell(index));
  if (isBlankText(cell)) return '';
  const structure = readStructure(cell, parts.get(index) ?? attribute.parts ?? []);
  return structure.ok ? (structure.value['content'] ?? '') : cell;
}

function gtinReader({ indexes }: AttributeColumns): AttributeReader {
  return {
    columns: ['gtin', 'additional_gtin'],
    read(row, values) {
      const gtins: string[] = [];
      let cut = false;
      for (const index of indexes) {
        const cell = cleanCell(row, index, 'gtin');
        if (cell === '') continue;
        const found = normaliseGtins(cell);
        for (const { code, value } of found.issues) {
          row.report(code, 'gtin', value, index, { limit: String(maxGtins) });
          cut ||= code === 'GTIN_TOO_MANY';
        }
        gtins.push(...found.gtins);
      }
      const all = gtins.length > 1 ? distinctGtins(gtins) : gtins;
      if (all.length > maxGtins && !cut)
        row.report('GTIN_TOO_MANY', 'gtin', all.join(), indexes[0], { limit: String(maxGtins) });
      const [first = null, ...further] = all;
      values.push(first, further.length === 0 ? null : JSON.stringify(further.slice(0, maxGtins - 1)));
    },
  };
}

function rangeReader({ attribute, indexes }: AttributeColumns, { timeZone }: FeedContext): AttributeReader {
  return {
    columns: ['sale_price_effective_from', 'sale_price_effective_until'],
    read(row, values) {
      const index = filledIndex(row, indexes, isPlaceholder);
      const cell = cleanCell(row, index, attribute.name);
      if (cell === '' || isPlaceholder(cell)) return void values.push(null, null);
      const range = readDateTimeRange(cell, timeZone);
      if (range.ok) return void values.push(range.value.from, range.value.until);
      row.periodUnreadable = true;
      row.report(range.code, attribute.name, cell, index, { period: true });
      values.push(null, null);
    },
  };
}

/** Columns that are no attribute, by their header; blank cells leave no trace. */
function extraReader({ extra, headers }: ColumnMap): AttributeReader {
  const names = new Map(extra.map((index) => [index, JSON.stringify(cleanText(headers[index] ?? ''))]));
  return {
    columns: ['extra'],
    read(row, values) {
      // Joined at the end: a text that grows piece by piece keeps all its pieces.
      const members: string[] = [];
      const seen = new Set<string>();
      for (const [index, name] of names) {
        // The first filled one of two columns with the same header counts.
        if (seen.has(name)) continue;
        const cell = cleanCell(row, index, null);
        if (cell === '') continue;
        seen.add(name);
        members.push(`${name}:${JSON.stringify(cell)}`);
      }
      values.push(members.length === 0 ? null : `{${members.join()}}`);
    },
  };
}
