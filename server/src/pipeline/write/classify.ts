import type { NormalisedRow, StoredColumns } from '../types.ts';
import { contentDigest } from './digest.ts';

/** What the database holds of a product and of its translation into the feed's language. */
export interface KnownProduct {
  readonly id: string;
  readonly contentHash: string;
  readonly translationHash: string | null;
  /** The product's hash when the translation was written: tells whether another feed has changed it since. */
  readonly productContentHash: string | null;
  /** Of the feed's own bytes, when the same bytes always mean the same. */
  readonly sourceHash: string | null;
  /** True when the last complete import of the language lacked it. */
  readonly missing: boolean;
}

/** An accepted row, with the hashes of what it would store. */
export interface ProductRow {
  readonly row: NormalisedRow;
  readonly contentHash: string;
  readonly translationHash: string;
  readonly sourceHash: string | null;
  readonly known: KnownProduct | undefined;
}

export interface Classified {
  readonly imported: readonly ProductRow[];
  /** Known products of which the shared values, the translation or both differ. */
  readonly updated: readonly ProductRow[];
  readonly unchanged: number;
}

/** True when these bytes were stored before and nothing else has changed the product since. */
export function isKnownSource(known: KnownProduct | undefined, sourceHash: string): boolean {
  return known?.sourceHash === sourceHash && known.productContentHash === known.contentHash;
}

/** Parts accepted rows by what has to be done for them; sorted by id, so that no two writers can deadlock. */
export function classify(
  rows: readonly NormalisedRow[],
  known: ReadonlyMap<string, KnownProduct>,
  columns: StoredColumns,
  sourceHashes: ReadonlyMap<number, string>,
): Classified {
  const imported: ProductRow[] = [];
  const updated: ProductRow[] = [];
  let unchanged = 0;
  for (const row of rows) {
    if (row.errorType) continue;
    const { marketplaceProductId, row: feedRow } = row.mapped;
    const product: ProductRow = {
      row,
      contentHash: contentDigest(columns.shared, row.shared),
      translationHash: contentDigest(columns.translation, row.translation),
      sourceHash: row.selfContained ? (sourceHashes.get(feedRow.rowNumber) ?? null) : null,
      known: known.get(marketplaceProductId),
    };
    if (!product.known) imported.push(product);
    else if (differs(product, product.known)) updated.push(product);
    else unchanged++;
  }
  return { imported: imported.sort(byId), updated: updated.sort(byId), unchanged };
}

const differs = (product: ProductRow, known: KnownProduct) =>
  product.contentHash !== known.contentHash || product.translationHash !== known.translationHash;

const idOf = ({ row }: ProductRow) => row.mapped.marketplaceProductId;
const byId = (a: ProductRow, b: ProductRow) => (idOf(a) < idOf(b) ? -1 : idOf(a) > idOf(b) ? 1 : 0);
