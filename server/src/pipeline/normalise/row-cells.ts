import type { IssueDetails, RowIssueCode } from '../../product-data/codes.ts';
import { cleanText, hasControlCharacters } from '../../product-data/text.ts';

/** The row that is being read. */
export interface RowCells {
  /** True once a cell was met whose meaning depends on the rest of the file. */
  ambiguous: boolean;
  /** Set by the reader of `price`, which comes before all other amounts. */
  price: { readonly amount: string; readonly currency: string } | null;
  /** True once the period of a sale was met that cannot be read: without it the sale would last for ever. */
  periodUnreadable: boolean;
  cell(index: number): string;
  report(
    code: RowIssueCode,
    attribute: string | null,
    value: string,
    index?: number,
    details?: Pick<IssueDetails, 'limit' | 'period'>,
  ): void;
}

/** Reads one attribute of a row into the columns that store it. */
export interface AttributeReader {
  readonly columns: readonly string[];
  /** Appends one value for each of `columns`, in PostgreSQL's text form; null for an empty one. */
  read(row: RowCells, values: (string | null)[]): void;
}

const never = () => false;

/**
 * The first column of an attribute that is filled in this row; the first of all when none is; -1 when there is none at
 * all. A cell for which `saysNothing` is true, such as `N/A`, is as good as blank.
 */
export function filledIndex(
  row: RowCells,
  indexes: readonly number[],
  saysNothing: (cell: string) => boolean = never,
): number {
  const [first = -1] = indexes;
  if (indexes.length <= 1) return first;
  const isFilled = (cell: string) => cell !== '' && !saysNothing(cell);
  return indexes.find((index) => isFilled(cleanText(row.cell(index)))) ?? first;
}

/** The cell without blanks around it; characters that nobody meant to send are reported and removed. */
export function cleanCell(row: RowCells, index: number, attribute: string | null): string {
  const raw = row.cell(index);
  if (raw === '') return raw;
  const clean = cleanText(raw);
  if (clean !== raw && hasControlCharacters(raw)) row.report('CONTROL_CHARACTERS', attribute, raw, index);
  return clean;
}
