import type { ImportErrorType, RowWarningCode } from '../product-data/codes.ts';
import { at, mix } from './random.ts';

export interface BenchmarkFeedOptions {
  /** Data rows, the header not counted. */
  readonly rows: number;
  /** Another seed gives other prices and other bad rows, with the same ids. */
  readonly seed?: number;
  /** Share of rows, 0 to 1, whose price differs from the feed without it, and every second time the title. */
  readonly changedShare?: number;
  /** Share of rows, 0 to 1, that are refused; as many again have a warning. */
  readonly badShare?: number;
}

const errors: readonly ImportErrorType[] = [
  'PARSE_ERROR',
  'MISSING_ID',
  'MISSING_TITLE',
  'DUPLICATE_ID',
  'VALIDATION_ERROR',
];
const warnings = [
  'GTIN_CHECK_DIGIT',
  'GTIN_DAMAGED',
  'AVAILABILITY_UNKNOWN',
  'PRICE_MISSING',
  'SALE_PRICE_NOT_LOWER',
] as const satisfies readonly RowWarningCode[];

/** What is the matter with a row: an error, a warning or nothing. */
export type BenchmarkFault = ImportErrorType | (typeof warnings)[number] | null;

/** Shares hold exactly within each block of rows. */
const blockSize = 1000;
/** Has no factor in common with the size of a block: multiplying by it shuffles the block. */
const shuffle = 387;

const defaultBadShare = 0.005;

function checkedShare(name: string, share: number): number {
  if (!(share >= 0 && share <= 1)) throw new RangeError(`${name} is a share from 0 to 1, not ${share}.`);
  return Math.round(share * blockSize);
}

/** Which rows of a benchmark feed are bad or changed, by arithmetic alone: nothing is kept. */
export class BenchmarkPlan {
  readonly rows: number;
  readonly seed: number;
  readonly #bad: number;
  readonly #changed: number;

  /** Throws a RangeError for options that make no sense. */
  constructor({ rows, seed = 1, changedShare = 0, badShare = defaultBadShare }: BenchmarkFeedOptions) {
    // Ids have eight digits, and so has what tells GTINs apart.
    if (!Number.isSafeInteger(rows) || rows < 0 || rows >= 1e8) {
      throw new RangeError(`A benchmark feed has from 0 to 99,999,999 rows, not ${rows}.`);
    }
    this.rows = rows;
    this.seed = seed | 0;
    this.#bad = checkedShare('badShare', badShare);
    this.#changed = checkedShare('changedShare', changedShare);
  }

  /** 0 to 999, each once in a block: the bad rows are at the low end, the changed ones at the high end. */
  #position(row: number): number {
    const block = Math.floor(row / blockSize);
    return ((row % blockSize) * shuffle + mix(this.seed ^ block)) % blockSize;
  }

  /** The fault of a row, counted from 0. A repetition needs an earlier row to repeat, or has no title instead. */
  faultOf(row: number): BenchmarkFault {
    const position = this.#position(row);
    if (position >= 2 * this.#bad) return null;
    const turn = position + Math.floor(row / blockSize);
    if (position >= this.#bad) return at(warnings, turn);
    const error = at(errors, turn);
    return error === 'DUPLICATE_ID' && this.originalOf(row) === null ? 'MISSING_TITLE' : error;
  }

  /** The nearest earlier row without an error, whose id a repetition takes; null when there is none. */
  originalOf(row: number): number | null {
    if (this.#bad === blockSize) return null;
    for (let earlier = row - 1; earlier >= 0; earlier -= 1) {
      if (this.#position(earlier) >= this.#bad) return earlier;
    }
    return null;
  }

  /** Whether the row differs from the one of a feed without changes. */
  isChanged(row: number): boolean {
    return this.#position(row) >= blockSize - this.#changed;
  }
}

export interface BenchmarkFeedSummary {
  readonly rows: number;
  readonly errors: Readonly<Record<ImportErrorType, number>>;
  readonly warnings: Readonly<Partial<Record<RowWarningCode, number>>>;
  /** Rows that are changed and not refused: what an import of them has to update. */
  readonly changed: number;
}

const isError = (fault: BenchmarkFault): fault is ImportErrorType => errors.some((type) => type === fault);

/** What a benchmark feed with these options holds: what an import has to find in it. */
export function benchmarkFeedSummary(options: BenchmarkFeedOptions): BenchmarkFeedSummary {
  const plan = new BenchmarkPlan(options);
  const summary = {
    rows: plan.rows,
    errors: { PARSE_ERROR: 0, MISSING_ID: 0, MISSING_TITLE: 0, DUPLICATE_ID: 0, VALIDATION_ERROR: 0 },
    warnings: {} as Partial<Record<RowWarningCode, number>>,
    changed: 0,
  };
  for (let row = 0; row < plan.rows; row += 1) {
    const fault = plan.faultOf(row);
    if (isError(fault)) summary.errors[fault] += 1;
    else if (fault !== null) summary.warnings[fault] = (summary.warnings[fault] ?? 0) + 1;
    if (!isError(fault) && plan.isChanged(row)) summary.changed += 1;
  }
  return summary;
}
