import { maxDetailsOfRow, type NormalisedRow, type RowIssue } from '../types.ts';

const maxErrorDetails = 100_000;
const maxWarningDetails = 1_000;

/** How many faults of each code the batches up to here have. */
export type CodeCounts = Readonly<Record<string, number>>;

interface Seen {
  readonly errors: number;
  readonly codes: CodeCounts;
}

/** A batch's place in the feed: what is known of all batches before it, in whichever order they are written. */
export interface Turn {
  readonly before: Promise<Seen>;
  readonly finish: (seen: Seen | Promise<Seen>) => void;
  /** Lets those that wait fail too; of no effect once the turn is finished. */
  readonly fail: (error: unknown) => void;
}

/**
 * Decides which faults are kept in detail: those of the first 100,000 errors of a feed and the first 1,000
 * warnings of each code, and of one row the 20 gravest. First means first in the feed, so turns are taken in its
 * order, and the choice is the same for every size of batches, number of connections, and after a resume.
 */
export class IssueLimit {
  #last: Promise<Seen> = Promise.resolve({ errors: 0, codes: {} });

  takeTurn(): Turn {
    const before = this.#last;
    const { promise, resolve, reject } = Promise.withResolvers<Seen>();
    // The last one has nobody who waits for it.
    promise.catch(() => undefined);
    this.#last = promise;
    return { before, finish: resolve, fail: reject };
  }

  /** For a batch that an earlier attempt has written. */
  skip(counts: { errors: number; codeCounts: CodeCounts }): void {
    this.#last = this.#last.then((seen) => ({
      errors: seen.errors + counts.errors,
      codes: addCodes(seen.codes, counts.codeCounts),
    }));
    this.#last.catch(() => undefined);
  }
}

export interface KeptIssue {
  readonly row: NormalisedRow;
  readonly ordinal: number;
  readonly issue: RowIssue;
  /** Whether it is the first that is kept of its row. */
  readonly isFirst: boolean;
}

/** The faults of these rows that are kept in detail; lets the next batch take its turn. */
export async function chooseIssues(rows: readonly NormalisedRow[], turn: Turn) {
  const choice = turn.before.then((before) => choose(rows, before));
  turn.finish(choice.then(({ after }) => after));
  return choice;
}

function choose(rows: readonly NormalisedRow[], before: Seen) {
  const codeCounts: Record<string, number> = {};
  const kept: KeptIssue[] = [];
  let errors = before.errors;
  for (const row of rows) {
    if (row.errorType) errors++;
    row.issues.forEach((issue, ordinal) => {
      const count = (codeCounts[issue.code] = (codeCounts[issue.code] ?? 0) + 1);
      const sameCode = (before.codes[issue.code] ?? 0) + count;
      const keep = row.errorType ? errors <= maxErrorDetails : sameCode <= maxWarningDetails;
      const isFirst = kept.at(-1)?.row !== row;
      if (keep && ordinal < maxDetailsOfRow) kept.push({ row, ordinal, issue, isFirst });
    });
  }
  return { kept, codeCounts, after: { errors, codes: addCodes(before.codes, codeCounts) } };
}

function addCodes(a: CodeCounts, b: CodeCounts): CodeCounts {
  const sum: Record<string, number> = { ...a };
  for (const [code, count] of Object.entries(b)) sum[code] = (sum[code] ?? 0) + count;
  return sum;
}
