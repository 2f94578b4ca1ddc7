import { cleanText } from '../product-data/text.ts';
import { IdMemory } from './map/id-memory.ts';
import { UnreadableRows } from './map/unreadable-rows.ts';
import type { ColumnMap, Delimiter, FeedRow, MappedRow } from './types.ts';

/** Reads the cells of one row; for the few rows whose id does not stand in the bytes as it is. */
export type ReadCells = (row: FeedRow) => readonly string[];

const quote = 0x22;

/**
 * Gives each row the identity under which it is stored: its id, and the earlier row that bore it. Has to see
 * all rows in the order of the feed, also those that an earlier attempt has written.
 */
export class RowMapper {
  readonly #columns: ColumnMap;
  readonly #readCells: ReadCells;
  readonly #ids = new IdMemory();
  readonly #unreadable: UnreadableRows;

  constructor(columns: ColumnMap, delimiter: Delimiter, readCells: ReadCells) {
    this.#columns = columns;
    this.#readCells = readCells;
    this.#unreadable = new UnreadableRows(delimiter, readCells);
  }

  map(row: FeedRow): MappedRow {
    if (row.fault) this.#unreadable.add(row);
    // The columns of a row that cannot be taken apart may have shifted: what stands in place of its id is none.
    const marketplaceProductId = row.fault ? '' : cleanText(this.#id(row));
    const duplicateOf =
      marketplaceProductId === '' ? 0 : this.#ids.claim(marketplaceProductId, row.rowNumber);
    return { row, marketplaceProductId, duplicateOf };
  }

  /** Takes note of a record that is taken for a help text: it may have been meant as a row. */
  addHelp(raw: Buffer): void {
    this.#unreadable.addText(raw);
  }

  /** True when a row so far bore the id. */
  hasSeen(marketplaceProductId: string): boolean {
    return this.#ids.has(marketplaceProductId);
  }

  /** True when a row so far that cannot be taken apart, or a help record, may bear the id. */
  mayHaveSeen(marketplaceProductId: string): boolean {
    return this.#unreadable.mayHold(marketplaceProductId);
  }

  #id(row: FeedRow): string {
    if (this.#columns.id.length > 1) return this.#idFromCells(row);
    if (row.markStart < 0) return '';
    const { raw, markStart, markEnd } = row;
    if (raw[markStart] !== quote) return raw.toString('utf8', markStart, markEnd);
    const inner = raw.subarray(markStart + 1, markEnd - 1);
    const simple = markEnd - markStart >= 2 && raw[markEnd - 1] === quote && !inner.includes(quote);
    return simple ? inner.toString('utf8') : this.#idFromCells(row);
  }

  #idFromCells(row: FeedRow): string {
    const cells = this.#readCells(row);
    return this.#columns.id.map((index) => cells[index] ?? '').find((cell) => cleanText(cell) !== '') ?? '';
  }
}
