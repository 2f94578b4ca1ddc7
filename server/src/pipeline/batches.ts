import type { Batch, FeedRow, MappedRow } from './types.ts';

/** A batch ends here even when it has fewer rows than it may: it is held in memory several times over. */
const maxBatchBytes = 8 << 20;

/**
 * The rows in batches of `batchSize`, or fewer where they are large. Which rows are in which batch follows from
 * the feed and `batchSize` alone, so that a later attempt can skip batches by their number. When reading the
 * feed fails, the rows before it come first, and then the failure is thrown.
 */
export async function* batchesOf(
  groups: AsyncIterable<readonly FeedRow[]>,
  map: (row: FeedRow) => MappedRow,
  batchSize: number,
  bytesRead: () => number,
  headerBytes = 0,
): AsyncGenerator<Batch> {
  let rows: MappedRow[] = [];
  let bytes = 0;
  let number = 0;
  const next = (): Batch => {
    const batch = { number: ++number, rows, bytesRead: bytesRead() };
    rows = [];
    bytes = 0;
    return batch;
  };
  let failure: { error: unknown } | null = null;
  try {
    for await (const group of groups) {
      for (const row of group) {
        rows.push(map(row));
        // A product is stored with the names of its columns: many small rows under long names are large.
        bytes += Math.max(row.raw.length, headerBytes);
        if (rows.length >= batchSize || bytes >= maxBatchBytes) yield next();
      }
    }
  } catch (error) {
    failure = { error };
  }
  if (rows.length > 0) yield next();
  if (failure) throw failure.error;
}
