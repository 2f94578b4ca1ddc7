import { other, type DecimalSeparator, type Separators } from '../../product-data/price-number.ts';
import { PriceColumn, readPrice } from '../../product-data/price.ts';
import { cleanText } from '../../product-data/text.ts';
import type { ColumnMap } from '../types.ts';

/** The cells of all rows of the file, in groups. */
export type AllCells = () => AsyncIterable<readonly (readonly string[])[]>;

/**
 * Settles whether 1,200 is twelve hundred or one and a fifth, for each price column as a whole. Where its own
 * cells do not tell, the other price columns or else the format of the feed say what groups; but that a price
 * has three decimals, when most have two, is believed of its own column alone. The file is scanned for it once,
 * and only if such a cell is met: nearly all feeds never need it.
 */
export class PriceColumns {
  readonly #indexes: readonly number[];
  readonly #allCells: AllCells;
  readonly #ofFormat: readonly DecimalSeparator[];
  #separators: ReadonlyMap<number, Separators> | null = null;
  #scan: Promise<ReadonlyMap<number, Separators>> | null = null;

  constructor({ attributes, format }: ColumnMap, allCells: AllCells) {
    this.#indexes = attributes
      .filter(({ attribute }) => attribute.kind === 'price')
      .flatMap(({ indexes }) => indexes);
    this.#allCells = allCells;
    // Google's specification knows the dot alone.
    this.#ofFormat = format === 'google' ? ['.'] : [];
  }

  /** Makes `separators` ready for these rows. */
  async settle(rows: readonly (readonly string[])[]): Promise<void> {
    if (this.#separators || !rows.some((cells) => this.#indexes.some((index) => isAmbiguous(cells[index]))))
      return;
    this.#separators = await (this.#scan ??= this.#scanFile());
  }

  /** What settles a column's ambiguous cells: nothing when nobody tells, or cells contradict each other. */
  separators(index: number): Separators {
    return this.#separators?.get(index) ?? {};
  }

  async #scanFile(): Promise<ReadonlyMap<number, Separators>> {
    const columns = new Map(this.#indexes.map((index) => [index, new PriceColumn()]));
    for await (const rows of this.#allCells()) {
      for (const cells of rows) {
        for (const [index, column] of columns) column.observe(cleanText(cells[index] ?? ''));
      }
    }
    const all = new Set([...columns.values()].flatMap(({ proved }) => [...proved]));
    const { grouping } = agreed(all.size > 0 ? all : this.#ofFormat);
    return new Map(
      [...columns].map(([index, { proved }]) => [index, proved.size > 0 ? agreed(proved) : { grouping }]),
    );
  }
}

/** What is known when only these are written before decimals: nothing, when they are both or none. */
function agreed([decimal, contradiction]: Iterable<DecimalSeparator>): Separators {
  return decimal === undefined || contradiction !== undefined ? {} : { decimal, grouping: other(decimal) };
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
