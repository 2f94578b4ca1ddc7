import { maxIdLength } from '../product-data/attributes.ts';
import {
  errorTypesByRank,
  issueKind,
  issueSentence,
  type ImportErrorType,
  type IssueDetails,
  type RowIssueCode,
} from '../product-data/codes.ts';
import { cleanText, cutText, hasControlCharacters } from '../product-data/text.ts';
import type { PriceColumns } from './normalise/price-columns.ts';
import { compileReaders } from './normalise/readers.ts';
import { filledIndex, type AttributeReader, type RowCells } from './normalise/row-cells.ts';
import { rowDataWriter, type WriteRowData } from './normalise/row-data.ts';
import {
  maxDetailsOfRow,
  type ColumnMap,
  type FeedContext,
  type MappedRow,
  type NormalisedRow,
  type RowIssue,
  type StoredColumns,
} from './types.ts';

/** Raised whenever the same bytes may come out differently: then no feed counts as nothing new. */
export const normaliserVersion = 4;

/** Merchant Center answer 6324470. */
const needsDate = new Set(['preorder', 'backorder']);
/** Of one row: more of them help nobody, and a cell may hold a thousand numbers that are no GTIN. */
const maxWarnings = 100;

/** Their sentences say that the product was saved, or what became of its sale price. */
const onlyOfSaved: ReadonlySet<RowIssueCode> = new Set([
  'PRICE_MISSING',
  'PRICE_ZERO',
  'SALE_PRICE_WITHOUT_PRICE',
]);

const replacement = Buffer.from('\uFFFD');

/** Turns the cells of a row into values as they are stored, or into all the reasons why it cannot be. */
export class RowNormaliser {
  readonly columns: StoredColumns;
  readonly #map: ColumnMap;
  readonly #damaged: boolean;
  readonly #priced: boolean;
  readonly #rowData: WriteRowData;
  /** Columns up to the last one that has a name: nothing was cut off from a row that has so many cells. */
  readonly #width: number;
  /** Where these are among the shared values; -1 when the feed has no such column. */
  readonly #salePrice: number;
  readonly #availability: number;
  readonly #availabilityDate: number;
  readonly #shared: readonly AttributeReader[];
  readonly #translation: readonly AttributeReader[];

  constructor(map: ColumnMap, context: FeedContext, prices: PriceColumns, damaged: boolean) {
    const readers = compileReaders(map, context, prices);
    this.#map = map;
    this.#damaged = damaged;
    this.#rowData = rowDataWriter(map.headers);
    this.#width = map.headers.findLastIndex((header) => cleanText(header) !== '') + 1;
    this.#priced = map.attributes.some(({ attribute }) => attribute.name === 'price');
    this.#shared = readers.shared;
    this.#translation = readers.translation;
    this.columns = {
      shared: readers.shared.flatMap(({ columns }) => columns),
      translation: readers.translation.flatMap(({ columns }) => columns),
    };
    this.#salePrice = this.columns.shared.indexOf('sale_price');
    this.#availability = this.columns.shared.indexOf('availability');
    this.#availabilityDate = this.columns.shared.indexOf('availability_date');
  }

  normalise(mapped: MappedRow, cells: readonly string[]): NormalisedRow {
    const row = new RowReading(this.#map, cells);
    const shared: (string | null)[] = [];
    const translation: (string | null)[] = [];
    this.#identify(mapped, row);
    if (!mapped.row.fault) {
      for (const reader of this.#translation) reader.read(row, translation);
      for (const reader of this.#shared) reader.read(row, shared);
      if (row.periodUnreadable && this.#salePrice >= 0) shared[this.#salePrice] = null;
      this.#lookAtWhole(mapped, row, shared);
    }
    const errorType = errorTypeOf(row.issues);
    return {
      mapped,
      errorType,
      shared: errorType ? [] : shared,
      translation: errorType ? [] : translation,
      issues: errorType ? issuesOfRefused(row.issues) : row.issues,
      // Of a row that is too large nothing was kept that could be shown.
      rowData: row.issues.length === 0 || mapped.row.fault === 'ROW_TOO_LARGE' ? null : this.#rowData(cells),
      selfContained: row.issues.length === 0 && !row.ambiguous,
    };
  }

  #identify({ row, marketplaceProductId, duplicateOf }: MappedRow, reading: RowReading): void {
    if (row.fault) return reading.report(row.fault, null, '');
    const column = this.#map.id[0] ?? 0;
    if (marketplaceProductId === '') reading.report('MISSING_ID', 'id', '', column);
    else if (marketplaceProductId.length > maxIdLength) {
      reading.report('ID_TOO_LONG', 'id', marketplaceProductId, column, { limit: String(maxIdLength) });
    }
    if (duplicateOf > 0) {
      reading.report('DUPLICATE_ID', 'id', cutText(marketplaceProductId, maxIdLength), column, {
        row: duplicateOf,
      });
    }
    const index = filledIndex(reading, this.#map.id);
    const raw = reading.cell(index);
    // Two products may differ in these characters alone.
    if (raw !== marketplaceProductId && hasControlCharacters(raw))
      reading.report('CONTROL_CHARACTERS', 'id', raw, index);
  }

  #lookAtWhole({ row }: MappedRow, reading: RowReading, shared: readonly (string | null)[]): void {
    const waits = needsDate.has(shared[this.#availability] ?? '');
    if (
      waits &&
      (shared[this.#availabilityDate] ?? null) === null &&
      !reading.isFaulty('availability_date')
    ) {
      reading.report('AVAILABILITY_DATE_MISSING', 'availability_date', '');
    }
    if (!this.#priced) reading.report('PRICE_MISSING', 'price', '');
    if (row.fieldCount < this.#width) reading.report('ROW_TOO_FEW_FIELDS', null, '');
    if (this.#damaged && row.raw.includes(replacement)) reading.report('CHARACTERS_UNREADABLE', null, '');
  }
}

/** The cells of the row that is being read, and what was found wrong with them. */
class RowReading implements RowCells {
  readonly issues: RowIssue[] = [];
  ambiguous = false;
  price: RowCells['price'] = null;
  periodUnreadable = false;
  #faulty: Set<string> | null = null;
  readonly #map: ColumnMap;
  readonly #cells: readonly string[];

  constructor(map: ColumnMap, cells: readonly string[]) {
    this.#map = map;
    this.#cells = cells;
  }

  cell(index: number): string {
    return this.#cells[index] ?? '';
  }

  /** True when a value of the attribute was there and could not be read. */
  isFaulty(name: string): boolean {
    return this.#faulty?.has(name) ?? false;
  }

  report(
    code: RowIssueCode,
    attribute: string | null,
    value: string,
    index?: number,
    details: Pick<IssueDetails, 'row' | 'limit' | 'period'> = {},
  ): void {
    const kind = issueKind(code);
    if (kind.severity === 'WARNING' && this.issues.length >= maxWarnings) return;
    if (attribute !== null) (this.#faulty ??= new Set()).add(attribute);
    const shown = kind.severity === 'ERROR' || this.issues.length < maxDetailsOfRow;
    // Nobody reads the others, which count: they need no sentence of their own.
    const same = shown ? undefined : this.issues.find((issue) => issue.code === code);
    if (same) return void this.issues.push(same);
    const column = index === undefined ? (attribute ?? undefined) : cleanText(this.#map.headers[index] ?? '');
    const message = issueSentence(code, { ...details, value, column }).replaceAll('\0', '');
    this.issues.push({ code, ...kind, attribute, message });
  }
}

/** What a row counts as: its gravest error, or null when it has none. */
function errorTypeOf(issues: readonly RowIssue[]): ImportErrorType | null {
  const errors = issues.filter(({ severity }) => severity === 'ERROR').map(({ type }) => type);
  return errorTypesByRank.find((type) => errors.includes(type)) ?? null;
}

const gravity = ({ severity, type }: RowIssue) =>
  (severity === 'ERROR' ? 0 : errorTypesByRank.length) + errorTypesByRank.indexOf(type);

/** Of a row that is left out: the fault that it counts as stands first. */
const issuesOfRefused = (issues: readonly RowIssue[]) =>
  issues.filter(({ code }) => !onlyOfSaved.has(code)).sort((a, b) => gravity(a) - gravity(b));
