import type { Batch, BatchCounts, MappedRow, NormalisedRow } from '../types.ts';
import type { Classified } from './classify.ts';
import type { KnownProducts } from './known-products.ts';

type Presence = Pick<BatchCounts, 'added' | 'present' | 'returned'>;

/** What the rows say of the products that the language had. Of rows with one id the first speaks for it. */
export function presenceOf(
  rows: readonly MappedRow[],
  known: KnownProducts,
  { imported, updated }: Classified,
): Presence {
  let present = 0;
  let returned = 0;
  for (const { marketplaceProductId, duplicateOf } of rows) {
    if (duplicateOf > 0) continue;
    const presence = known.presenceOf(marketplaceProductId);
    if (presence === 'missing') returned++;
    else if (presence === 'present') present++;
  }
  const translated = updated.filter((product) => product.known?.translationHash === null);
  return { added: imported.length + translated.length, present, returned };
}

/** What became of the rows: those that are known by their bytes are not among `rows`. */
export function countsOf(
  batch: Batch,
  rows: readonly NormalisedRow[],
  { imported, updated, unchanged }: Classified,
  codeCounts: BatchCounts['codeCounts'],
): Omit<BatchCounts, keyof Presence> {
  const errors = rows.filter((row) => row.errorType).length;
  const warnings = rows.reduce(
    (n, { issues }) => n + issues.filter((i) => i.severity === 'WARNING').length,
    0,
  );
  const knownByBytes = batch.rows.length - rows.length;
  return {
    imported: imported.length,
    updated: updated.length,
    unchanged: unchanged + knownByBytes,
    errors,
    warnings,
    codeCounts,
  };
}
