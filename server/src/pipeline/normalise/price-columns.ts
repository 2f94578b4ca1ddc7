import type { DecimalSeparator } from '../../product-data/price-number.ts';
import { PriceColumn, readPrice } from '../../product-data/price.ts';
import { cleanText } from '../../product-data/text.ts';
import type { ColumnMap } from '../types.ts';

/** The cells of all rows of the file, in groups. */
export type AllCells = () => AsyncIterable<readonly (readonly string[])[]>;

/**
 * Settles whether 1,200 is twelve hundred or one and a fifth, for each price column as a whole. The file is
 * scanned for it once, and only if such a cell is met: nearly all feeds never need it.
 */
export class PriceColumns {
  readonly #indexes: readonly number[];
  readonly #allCells: AllCells;
  readonly #fallback: DecimalSeparator | null;
  #separators: ReadonlyMap<number, DecimalSeparator | null> | null = null;
  #scan: Promise<ReadonlyMap<number, DecimalSeparator | null>> | null = null;

  constructor({ attributes, format }: ColumnMap, allCells: AllCells) {
    this.#indexes = attributes
      .filter(({ attribute }) => attribute.kind === 'price')
      .flatMap(({ indexes }) => indexes);
    this.#allCells = allCells;
    // Google's specification knows the dot alone.
    this.#fallback = format === 'google' ? '.' : null;
  }

  /** Makes `separator` ready for these rows. */
  async settle(rows: readonly (readonly string[])[]): Promise<void> {
    if (this.#separators || !rows.some((cells) => this.#indexes.some((index) => isAmbiguous(cells[index]))))
      return;
    this.#separators = await (this.#scan ??= this.#scanFile());
  }

  /** The decimal separator of a column's ambiguous cells; null when nothing settles them. */
  separator(index: number): DecimalSeparator | null {
    return this.#separators?.get(index) ?? this.#fallback;
  }

  async #scanFile(): Promise<ReadonlyMap<number, DecimalSeparator | null>> {
    const columns = new Map(this.#indexes.map((index) => [index, new PriceColumn()]));
    for await (const rows of this.#allCells()) {
      for (const cells of rows) {
        for (const [index, column] of columns) column.observe(cleanText(cells[index] ?? ''));
      }
    }
    return new Map([...columns].map(([index, column]) => [index, column.decimalSeparator]));
  }
}

const mayBeAmbiguous = /[.,]\d{3}(?!\d)/;
/** Texts that are read as they stand; in all others an entity or a full-width digit may hide. */
const plain = /^[\x20-\x25\x27-\x7e€]*$/;

/** True for a cell that has two meanings on its own. */
export function isAmbiguous(cell: string | undefined): boolean {
  if (!cell || (plain.test(cell) && !mayBeAmbiguous.test(cell))) return false;
  const price = readPrice(cleanText(cell));
  return !price.ok && price.code === 'PRICE_AMBIGUOUS';
}
