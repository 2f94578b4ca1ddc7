import { cleanText } from '../../product-data/text.ts';
import type { Delimiter, FeedRow } from '../types.ts';
import { IdMemory } from './id-memory.ts';

/** 32 MB. A feed of which more cannot be read does not say what it lacks. */
const mostTexts = 1_000_000;

/**
 * What stands in rows that cannot be taken apart, and in help records. Their ids may be in any place, and a quote too
 * many makes one row of several: each cell, and each text between delimiters, quotes and line ends, may be an id.
 */
export class UnreadableRows {
  readonly #separators: RegExp;
  readonly #readCells: (row: FeedRow) => readonly string[];
  readonly #texts = new IdMemory();
  #count = 0;
  /** Some of it was not kept. */
  #isCut = false;

  constructor(delimiter: Delimiter, readCells: (row: FeedRow) => readonly string[]) {
    this.#separators = new RegExp(`[${delimiter}"\\r\\n]+`);
    this.#readCells = readCells;
  }

  add(row: FeedRow): void {
    // Of such a row only the beginning is here.
    if (row.fault === 'ROW_TOO_LARGE') this.#isCut = true;
    this.addText(row.raw);
    // In quotes an id may hold delimiters, and quotes itself.
    if (row.quoted && !this.#isCut) this.#claim(this.#readCells(row));
  }

  addText(raw: Buffer): void {
    if (!this.#isCut) this.#claim(raw.toString('utf8').split(this.#separators));
  }

  /** True for the id of a product that the rows may be about. */
  mayHold(marketplaceProductId: string): boolean {
    return this.#isCut || (this.#count > 0 && this.#texts.has(marketplaceProductId));
  }

  #claim(texts: readonly string[]): void {
    for (const text of texts) {
      if (++this.#count > mostTexts) this.#isCut = true;
      if (this.#isCut) return;
      const id = cleanText(text);
      if (id !== '') this.#texts.claim(id, 1);
    }
  }
}
