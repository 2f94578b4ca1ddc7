/** A record of the file, without the line end that closes it. */
export interface ScannedRecord {
  /** A view into the file's bytes; empty when the record is too large. */
  readonly raw: Buffer;
  /** Line on which the record begins, counted from 1. */
  readonly line: number;
  readonly fieldCount: number;
  /** False when the record holds no quote that opens a cell: then its cells stand between delimiters. */
  readonly quoted: boolean;
  /** A quoted cell went on after its closing quote, so quotes may not pair up as they were meant. */
  readonly quotesBroken: boolean;
  /** The quote that closed such a cell was meant to open another one: a cell or a row may be swallowed. */
  readonly quoteMissing: boolean;
  readonly tooLarge: boolean;
  /** Where the marked column lies within `raw`; -1 when the record has no such column. */
  readonly markStart: number;
  readonly markEnd: number;
}

const LF = 10;
const CR = 13;
const QUOTE = 34;
const BLANK = 32;

/** What records without bytes to show share: a view would keep the whole chunk alive. */
const nothing = Buffer.alloc(0);
const byteOrderMark = Buffer.from('\uFEFF');

const cellStart = 0;
const plain = 1;
const quoted = 2;
/** Behind a quote within a quoted cell: it closes the cell, or is the first half of a doubled one. */
const quoteSeen = 3;

export interface ScanOptions {
  readonly delimiter: string;
  readonly maxRecordBytes: number;
  /** Index of a column whose place in each record is wanted. */
  readonly markColumn?: number;
  /** Leaves out lines that hold nothing but blanks: a file may be made of them. */
  readonly skipBlankLines?: boolean;
}

/**
 * Cuts UTF-8 bytes into records as RFC 4180 has it, with CR, LF and CRLF as line ends, and with the same
 * leniency as csv-parse's `relax_quotes`: a quote inside an unquoted cell is a character, and a quoted cell
 * that goes on after its closing quote is plain text from its first quote on. Memory is bounded by `maxRecordBytes`
 * plus one chunk, however long a record or an unclosed quote is; of blank lines only while they are left out.
 */
export class RecordScanner {
  readonly #delimiter: number;
  readonly #maxRecordBytes: number;
  readonly #markColumn: number;
  readonly #skipBlankLines: boolean;

  #pending: Buffer = nothing;
  #state: number = cellStart;
  #line = 1;
  /** The record before ended with CR: an LF right behind it belongs to that line end. */
  #afterCr = false;

  #recordLine = 1;
  #fields = 1;
  #quoted = false;
  #quotesBroken = false;
  #quoteMissing = false;
  /** The last byte of the chunk before, for the second half of a line end. */
  #lastByte = 0;
  #tooLarge = false;
  #quoteLine = 1;
  #markStart = -1;
  #markEnd = -1;

  constructor({ delimiter, maxRecordBytes, markColumn = -1, skipBlankLines = false }: ScanOptions) {
    this.#delimiter = delimiter.charCodeAt(0);
    this.#maxRecordBytes = maxRecordBytes;
    this.#markColumn = markColumn;
    this.#skipBlankLines = skipBlankLines;
    this.#startRecord();
  }

  /** The records that end within these bytes. Chunks may be cut anywhere, also within a character. */
  push(chunk: Buffer): ScannedRecord[] {
    const offset = this.#pending.length;
    const bytes = offset === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    const records: ScannedRecord[] = [];
    const begin = this.#scan(bytes, offset, records);
    this.#keep(bytes, begin);
    return records;
  }

  /** The last record, when the file does not end with a line end; or the line of a quote that never closes. */
  end(): { record: ScannedRecord | null; unclosedQuoteLine: number | null } {
    if (this.#state === quoted) return { record: null, unclosedQuoteLine: this.#quoteLine };
    const empty = this.#pending.length === 0 && !this.#tooLarge;
    return {
      record: empty ? null : this.#record(this.#pending, 0, this.#pending.length),
      unclosedQuoteLine: null,
    };
  }

  /** Returns where the record begins that is not complete yet. The hot loop: one step a byte. */
  #scan(bytes: Buffer, offset: number, records: ScannedRecord[]): number {
    const delimiter = this.#delimiter;
    let state = this.#state;
    // Where a record began that is too large is not among these bytes.
    let begin = this.#tooLarge ? -1 : 0;
    for (let at = offset; at < bytes.length; at++) {
      const byte = bytes[at] as number;
      if (state === quoted) {
        if (byte === QUOTE) state = quoteSeen;
        else if (byte === CR || (byte === LF && (at === 0 ? this.#lastByte : bytes[at - 1]) !== CR))
          this.#line++;
        continue;
      }
      if (byte === delimiter) {
        this.#endField(at - begin);
        state = cellStart;
      } else if (byte === LF || byte === CR) {
        const secondHalf = byte === LF && this.#afterCr && at === begin;
        this.#afterCr = byte === CR;
        if (!secondHalf) {
          if (this.#isRecord(bytes, begin, at)) records.push(this.#record(bytes, begin, at));
          this.#line++;
          this.#startRecord();
        }
        begin = at + 1;
        state = cellStart;
      } else if (byte === QUOTE) {
        if (state === cellStart || isMarkBefore(bytes, begin, at)) {
          state = quoted;
          this.#quoted = true;
          this.#quoteLine = this.#line;
        } else if (state === quoteSeen) state = quoted;
      } else if (state === quoteSeen) {
        this.#quotesBroken = true;
        this.#quoteMissing ||= this.#line > this.#quoteLine || opensCell(bytes[at - 2], delimiter);
        state = plain;
      } else state = plain;
    }
    this.#state = state;
    this.#lastByte = bytes.at(-1) ?? this.#lastByte;
    return begin;
  }

  #isRecord(bytes: Buffer, begin: number, end: number): boolean {
    return !this.#skipBlankLines || this.#tooLarge || !isBlank(bytes, begin, end);
  }

  #endField(end: number): void {
    if (this.#fields - 1 === this.#markColumn) this.#markEnd = end;
    if (this.#fields === this.#markColumn) this.#markStart = end + 1;
    this.#fields++;
  }

  #startRecord(): void {
    this.#recordLine = this.#line;
    this.#fields = 1;
    this.#quoted = false;
    this.#quotesBroken = false;
    this.#quoteMissing = false;
    this.#tooLarge = false;
    this.#markStart = this.#markColumn === 0 ? 0 : -1;
    this.#markEnd = -1;
  }

  #record(bytes: Buffer, begin: number, end: number): ScannedRecord {
    const tooLarge = this.#tooLarge || end - begin > this.#maxRecordBytes;
    const marked = this.#markStart >= 0 && !tooLarge;
    return {
      raw: tooLarge ? nothing : bytes.subarray(begin, end),
      line: this.#recordLine,
      fieldCount: this.#fields,
      quoted: this.#quoted,
      quotesBroken: this.#quotesBroken,
      quoteMissing: this.#quoteMissing,
      tooLarge,
      markStart: marked ? this.#markStart : -1,
      markEnd: marked ? (this.#markEnd >= 0 ? this.#markEnd : end - begin) : -1,
    };
  }

  /** Keeps the open record for the next chunk; of one that is too large already, only the fact. */
  #keep(bytes: Buffer, begin: number): void {
    const open = bytes.length - begin;
    if (open > this.#maxRecordBytes) this.#tooLarge = true;
    this.#pending = this.#tooLarge ? nothing : bytes.subarray(begin);
  }
}

function isBlank(bytes: Buffer, begin: number, end: number): boolean {
  let at = begin;
  while (at < end && bytes[at] === BLANK) at++;
  return at === end;
}

/** True right behind the byte order mark that concatenated files leave at the beginning of a record. */
const isMarkBefore = (bytes: Buffer, begin: number, at: number) =>
  at === begin + byteOrderMark.length && bytes.subarray(begin, at).equals(byteOrderMark);

/** True when a quote behind this byte looks like one that opens a cell. */
const opensCell = (before: number | undefined, delimiter: number) =>
  before === delimiter || before === LF || before === CR;
