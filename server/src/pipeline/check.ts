import type { ImportErrorType } from '../product-data/codes.ts';
import { FeedRefusal } from '../product-data/feed-refusal.ts';
import { openSpooledFeed, type OpenFeed, type ReadingOptions } from './feed.ts';
import type { FeedContext, FileReport, NormalisedRow, RowIssue, SpooledFeed } from './types.ts';

/** What an import of the feed would do, with nothing stored. */
export interface FeedCheck {
  readonly encoding: string | null;
  readonly delimiter: string | null;
  readonly format: string | null;
  readonly columns: { readonly recognised: Record<string, string>; readonly extra: readonly string[] };
  /** Data rows: blank and help records are no rows. */
  readonly rows: number;
  readonly accepted: number;
  /** Rows that would be left out, by the type in lower case. */
  readonly errors: Record<string, number>;
  /** Faults that would cost no row, by code. */
  readonly warnings: Record<string, number>;
  readonly refused: { readonly code: string; readonly message: string } | null;
  /** The first three products, by the names of their columns. */
  readonly sample: readonly Record<string, string>[];
  /** Header of each recognised column, with the cell of the first product as the file has it. */
  readonly firstCells: Readonly<Record<string, string>>;
  /** What was said the first time, for each name in `errors` and `warnings`. */
  readonly examples: {
    readonly errors: Readonly<Record<string, string>>;
    readonly warnings: Readonly<Record<string, string>>;
  };
}

const sampleSize = 3;
const checkBatchSize = 1000;

export interface CheckOptions extends Pick<ReadingOptions, 'maxRows'> {
  readonly onBytes?: (bytesRead: number) => void;
}

/** Reads a whole feed as an import would. Never throws for a feed that cannot be read: that is its answer. */
export async function checkFeed(
  spooled: SpooledFeed,
  context: FeedContext,
  { maxRows, onBytes }: CheckOptions = {},
): Promise<FeedCheck> {
  const tally = new Tally();
  let feed: OpenFeed | null = null;
  let found: Partial<FileReport> = {};
  let refused: FeedCheck['refused'] = null;
  try {
    feed = await openSpooledFeed(spooled, context, {
      maxRows,
      onFound: (more) => (found = { ...found, ...more }),
    });
    for (const warning of feed.file.warnings) tally.warn(warning);
    for await (const batch of feed.batches(checkBatchSize)) {
      for (const row of await feed.read(batch.rows)) tally.add(row, feed);
      onBytes?.(batch.bytesRead);
    }
  } catch (error) {
    if (!(error instanceof FeedRefusal)) throw error;
    refused = { code: error.code, message: error.message };
  }
  return {
    encoding: found.encoding ?? null,
    delimiter: found.delimiter ?? null,
    format: feed?.file.format ?? null,
    columns: { recognised: Object.fromEntries(feed?.recognised ?? []), extra: feed?.extra ?? [] },
    ...tally.result(),
    refused,
  };
}

/** A check that ended before there was a file to read. */
export function refusedCheck({ code, message }: FeedRefusal): FeedCheck {
  const columns = { recognised: {}, extra: [] };
  return {
    encoding: null,
    delimiter: null,
    format: null,
    columns,
    ...new Tally().result(),
    refused: { code, message },
  };
}

class Tally {
  #rows = 0;
  #accepted = 0;
  readonly #errors = new Map<ImportErrorType, number>();
  readonly #warnings = new Map<string, number>();
  readonly #errorExamples = new Map<string, string>();
  readonly #warningExamples = new Map<string, string>();
  readonly #sample: Record<string, string>[] = [];
  #firstCells: Record<string, string> = {};

  add(row: NormalisedRow, feed: OpenFeed): void {
    this.#rows++;
    for (const issue of row.issues) if (issue.severity === 'WARNING') this.warn(issue, row);
    if (row.errorType) this.#refuse(row, row.errorType);
    else if (this.#accepted++ < sampleSize) this.#show(row, feed);
  }

  #show(row: NormalisedRow, feed: OpenFeed): void {
    this.#sample.push(productOf(row, feed.columns));
    if (this.#sample.length > 1) return;
    const cells = feed.cellsOf(row.mapped);
    const recognised = [...feed.recognised.keys()].map((name) => [name, shortened(cells.get(name))] as const);
    this.#firstCells = Object.fromEntries(recognised);
  }

  /** Counts a warning about the header or, when one is given, about a row. */
  warn({ code, message }: Pick<RowIssue, 'message'> & { readonly code: string }, row?: NormalisedRow): void {
    this.#warnings.set(code, (this.#warnings.get(code) ?? 0) + 1);
    if (!this.#warningExamples.has(code)) this.#warningExamples.set(code, placed(message, row));
  }

  #refuse(row: NormalisedRow, errorType: ImportErrorType): void {
    this.#errors.set(errorType, (this.#errors.get(errorType) ?? 0) + 1);
    const type = errorType.toLowerCase();
    const issue = row.issues.find((found) => found.severity === 'ERROR' && found.type === errorType);
    if (issue && !this.#errorExamples.has(type)) this.#errorExamples.set(type, placed(issue.message, row));
  }

  result() {
    return {
      rows: this.#rows,
      accepted: this.#accepted,
      errors: Object.fromEntries([...this.#errors].map(([type, count]) => [type.toLowerCase(), count])),
      warnings: Object.fromEntries(this.#warnings),
      sample: this.#sample,
      firstCells: this.#firstCells,
      examples: {
        errors: Object.fromEntries(this.#errorExamples),
        warnings: Object.fromEntries(this.#warningExamples),
      },
    };
  }
}

const maxCellLength = 200;
const shortened = (cell = '') => (cell.length > maxCellLength ? `${cell.slice(0, maxCellLength)}…` : cell);

const placed = (message: string, row?: NormalisedRow) =>
  row ? `Row ${row.mapped.row.rowNumber}: ${message}` : message;

function productOf(row: NormalisedRow, columns: OpenFeed['columns']): Record<string, string> {
  const names = [...columns.translation, ...columns.shared];
  const values = [...row.translation, ...row.shared];
  const filled = names.flatMap((name, at) => {
    const value = values[at];
    return value === null || value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries([['id', row.mapped.marketplaceProductId], ...filled]);
}
