import type { Attribute } from '../product-data/attributes.ts';
import type { RowIssueCode, HeaderWarningCode, Severity, ImportErrorType } from '../product-data/codes.ts';
import type { Language } from '../product-data/language.ts';

/** A feed that lies whole and inflated in the spool folder. */
export interface SpooledFeed {
  readonly path: string;
  /** Size of the inflated file. */
  readonly bytes: number;
  /** Of the inflated file, in hexadecimal. */
  readonly sha256: string;
  readonly etag: string | null;
  /** As the server declared it; a hint, no more. */
  readonly charset: string | null;
}

/** A feed that was imported before. */
export interface KnownFeed extends Pick<SpooledFeed, 'etag' | 'sha256'> {
  /** That it was read in. */
  readonly encoding: string;
}

/** A spooled feed as UTF-8, whatever it was written in. */
export interface FeedText {
  /** Lower-case name as the WHATWG Encoding standard has it. */
  readonly encoding: string;
  /** True when U+FFFD in the text may stand for bytes that no character has. */
  readonly damaged: boolean;
  /** Size of the file that is read, for progress. */
  readonly bytes: number;
  /**
   * The file from its beginning, without byte order mark; every call reads it anew. `onBytes` is told how many
   * bytes of the file, which are not those of the text, have been read.
   */
  read(onBytes?: (bytesRead: number) => void): AsyncIterable<Buffer>;
}

export type Delimiter = ',' | ';' | '\t' | '|';

/** What the rows mean: known before the first of them. */
export interface FeedHeader {
  readonly delimiter: Delimiter;
  readonly columns: readonly string[];
  /** Where it begins in the file, counted from 1. */
  readonly line: number;
  /** Cells of nearly all of the first rows, which need not be as many as columns; -1 when they differ. */
  readonly usualWidth: number;
}

export interface HeaderWarning {
  readonly code: HeaderWarningCode;
  readonly message: string;
  /** Columns that are meant, as the file names them; the one that is read, or read first, comes first. */
  readonly columns: readonly string[];
}

/** Columns of the file that hold one attribute; usually one. */
export interface AttributeColumns {
  readonly attribute: Attribute;
  /** In the order in which they are asked for a value. */
  readonly indexes: readonly number[];
  /** Sub-attributes that the header of a column itself names, by its index. */
  readonly parts: ReadonlyMap<number, readonly string[]>;
  /** ISO 4217 code that the header itself names, or null. */
  readonly currency: string | null;
}

export interface ColumnMap {
  readonly headers: readonly string[];
  readonly id: readonly number[];
  /** Columns that give the currency of prices which name none, in the order in which they are asked. */
  readonly currency: readonly number[];
  readonly attributes: readonly AttributeColumns[];
  /** Header of each column that is read, and the attribute that it holds. */
  readonly recognised: ReadonlyMap<string, string>;
  /** Columns with a name that are no attribute. */
  readonly extra: readonly number[];
  readonly warnings: readonly HeaderWarning[];
  /** `google`: the names of Google's specification; `catalogue`: those of shops and other systems. */
  readonly format: 'google' | 'catalogue';
}

/** What was found out about a file before its first row. */
export interface FileReport {
  readonly encoding: string;
  readonly delimiter: string;
  readonly format: ColumnMap['format'];
  readonly warnings: readonly HeaderWarning[];
}

/** One data row, framed but not yet taken apart: a row whose bytes are known from the last import need never be. */
export interface FeedRow {
  /** Counted from 1, without header, help and blank records. */
  readonly rowNumber: number;
  /** Where the row begins in the file, counted from 1. */
  readonly lineNumber: number;
  /** The row in UTF-8, without its line end. */
  readonly raw: Buffer;
  /** True when at least one cell is quoted. */
  readonly quoted: boolean;
  /** Why the row cannot be taken apart, or null. */
  readonly fault: Extract<RowIssueCode, 'ROW_TOO_MANY_FIELDS' | 'ROW_TOO_LARGE' | 'ROW_QUOTES_BROKEN'> | null;
  readonly fieldCount: number;
  /** Where the marked column lies within `raw`, quotes included; `markStart` is -1 when it is not there. */
  readonly markStart: number;
  readonly markEnd: number;
}

/** A row with the identity under which it is stored. */
export interface MappedRow {
  readonly row: FeedRow;
  /** The feed's `id`, cleaned of blanks around it; empty when it is missing or cannot be read. */
  readonly marketplaceProductId: string;
  /** Number of the earlier row that bore this id, or 0. */
  readonly duplicateOf: number;
}

/** A fault of a row, in plain data. */
export interface RowIssue {
  readonly code: RowIssueCode;
  readonly type: ImportErrorType;
  readonly severity: Severity;
  /** Google's name of the attribute, or null when the whole row is meant. */
  readonly attribute: string | null;
  readonly message: string;
}

/** Of one row so many faults are shown, the gravest: each is kept with the whole row, and there can be a hundred. */
export const maxDetailsOfRow = 20;

/** A row with its values ready to be stored, or with the errors that forbid it. */
export interface NormalisedRow {
  readonly mapped: MappedRow;
  /** What the row counts as when it is left out; null when it is accepted. */
  readonly errorType: ImportErrorType | null;
  /** In the order of `StoredColumns`; empty when the row is left out. */
  readonly shared: readonly (string | null)[];
  readonly translation: readonly (string | null)[];
  readonly issues: readonly RowIssue[];
  /** The row as the feed has it, as json text, when there is an issue to show beside it. */
  readonly rowData: string | null;
  /** True when the same bytes mean the same in any file: then they need not be read again. */
  readonly selfContained: boolean;
}

/** The columns that a feed fills, in the order of the values of its rows. */
export interface StoredColumns {
  readonly shared: readonly string[];
  readonly translation: readonly string[];
}

/** What a feed's values depend on beside its bytes. */
export interface FeedContext {
  readonly language: Language;
  /** ISO 4217: the currency of prices that name none, and what an ambiguous sign stands for. */
  readonly storeCurrency: string;
  /** IANA name: the zone of dates that name none. */
  readonly timeZone: string;
}

/** Rows that are committed together. */
export interface Batch {
  /** Counted from 1; the same rows have the same number in every attempt. */
  readonly number: number;
  readonly rows: readonly MappedRow[];
  /** How far the file had been read when the batch was full. */
  readonly bytesRead: number;
}

export interface BatchCounts {
  readonly imported: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Rows that are left out. */
  readonly errors: number;
  /** Faults that cost no row. */
  readonly warnings: number;
  readonly codeCounts: Readonly<Record<string, number>>;
  /** Products that the feed's language did not have. */
  readonly added: number;
  /** Products that the language had, whether their rows are accepted or left out. */
  readonly present: number;
  /** Products that the language had until a complete import lacked them. */
  readonly returned: number;
}

/** What the rows that were read so far say of products. */
export interface SeenProducts {
  /** True for the id of a row, accepted or not. */
  hasSeen(marketplaceProductId: string): boolean;
  /** True when a row that cannot be taken apart may bear the id. */
  mayHaveSeen(marketplaceProductId: string): boolean;
}

/** What a complete feed says of the products that its language had before it. Keys are those of the table. */
export interface Comparison {
  /** Products of the language that were not missing. */
  readonly presentBefore: number;
  /** Products that are new in the language. */
  readonly added: number;
  /** Keys of those that were not missing and that the feed lacks. */
  readonly absent: BigInt64Array;
  /** Keys of those that were missing and that the feed has. */
  readonly returned: BigInt64Array;
}

/**
 * Where the time of an import goes: `parse` is framing rows, `normalise` all that makes values of them, `compare`
 * finding out what the feed lacks, `waiting` how long a batch that was read had to wait for a connection.
 */
export const timedSteps = [
  'download',
  'decode',
  'parse',
  'normalise',
  'prefetch',
  'copy',
  'merge',
  'commit',
  'compare',
  'waiting',
] as const;
export type TimedStep = (typeof timedSteps)[number];
