import type { NormalisedRow, StoredColumns } from '../types.ts';
import { contentDigest } from './digest.ts';
import type { KnownProduct, KnownProducts } from './known-products.ts';

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

/** Parts accepted rows by what has to be done for them; sorted by id, so that no two writers can deadlock. */
export function classify(
  rows: readonly NormalisedRow[],
  known: KnownProducts,
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
