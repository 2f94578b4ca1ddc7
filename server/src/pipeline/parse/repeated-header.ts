import type { FeedHeader } from '../types.ts';
import { readCells, type FramedRecord } from './cells.ts';

/** What a header may have around a name in one file and lack in another, the mark of a help record too. */
const around = /^["#\s\uFEFF]+|["\s\uFEFF]+$/g;
const fold = (name: string) => name.replaceAll(around, '').toLowerCase();

function foldAll(cells: readonly string[]): string[] {
  const names = cells.map(fold);
  return names.slice(0, names.findLastIndex((name) => name !== '') + 1);
}

const isAround = (byte = 0) => byte <= 0x20 || byte === 0x22 || byte === 0x23;
/** Of an ASCII letter; another byte is as good as any to look at first. */
const withoutCase = (byte = 0) => byte | 0x20;

/**
 * Knows the header of a feed when it comes again, as in files that were put together. Each was written by itself: one
 * has its names in quotes, in another case, or with a delimiter behind the last.
 */
export class RepeatedHeader {
  readonly #delimiter: FeedHeader['delimiter'];
  readonly #names: readonly string[];
  readonly #idName: string;
  readonly #firstByte: number;

  constructor({ columns, delimiter }: FeedHeader, idColumn: number) {
    this.#delimiter = delimiter;
    this.#names = foldAll(columns);
    this.#idName = fold(columns[idColumn] ?? '');
    this.#firstByte = withoutCase(Buffer.from(this.#idName)[0]);
  }

  /** True for a record with the header's names; its id lies between `idStart`, which is -1 without one, and `idEnd`. */
  matches(record: FramedRecord, idStart: number, idEnd: number): boolean {
    const { raw } = record;
    let at = idStart;
    while (at >= 0 && at < idEnd && isAround(raw[at])) at++;
    // The id tells nearly every row from the header, and its first letter most of them.
    if (at < 0 || withoutCase(raw[at]) !== this.#firstByte) return false;
    if (fold(raw.toString('utf8', idStart, idEnd)) !== this.#idName) return false;
    const names = foldAll(readCells([record], this.#delimiter)[0] ?? []);
    return names.length === this.#names.length && names.every((name, at) => name === this.#names[at]);
  }
}
