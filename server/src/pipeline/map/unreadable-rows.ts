import { cleanText } from '../../product-data/text.ts';
import type { Delimiter, FeedRow } from '../types.ts';
import { IdMemory } from './id-memory.ts';

/** 32 MB. A feed of which more cannot be read does not say what it lacks. */
const mostTexts = 1_000_000;

/**
 * What stands in rows that cannot be taken apart. Their ids may be in any place, and a quote too many makes one row
 * of several: each text between delimiters, quotes and line ends may be an id.
 */
export class UnreadableRows {
  readonly #separators: RegExp;
  readonly #texts = new IdMemory();
  #count = 0;
  /** Some of it was not kept. */
  #isCut = false;

  constructor(delimiter: Delimiter) {
    this.#separators = new RegExp(`[${delimiter}"\\r\\n]+`);
  }

  add({ raw, fault }: FeedRow): void {
    // Of such a row only the beginning is here.
    if (fault === 'ROW_TOO_LARGE') this.#isCut = true;
    if (this.#isCut) return;
    for (const text of raw.toString('utf8').split(this.#separators)) {
      if (++this.#count > mostTexts) this.#isCut = true;
      if (this.#isCut) return;
      const id = cleanText(text);
      if (id !== '') this.#texts.claim(id, 1);
    }
  }

  /** True for the id of a product that the rows may be about. */
  mayHold(marketplaceProductId: string): boolean {
    return this.#isCut || (this.#count > 0 && this.#texts.has(marketplaceProductId));
  }
}
