// @module-tag pipeline
// @module-tag property
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Delimiter } from '../types.ts';
import { readCells } from './cells.ts';
import { RecordScanner } from './record-scanner.ts';

const delimiters: readonly Delimiter[] = [',', ';', '\t', '|'];

/** Any text of the characters that matter to framing, cut into chunks anywhere. */
const texts = fc.constantFrom(...delimiters).chain((delimiter) =>
  fc.record({
    delimiter: fc.constant(delimiter),
    text: fc
      .array(fc.constantFrom('a', '"', '"', delimiter, '\r', '\n', 'é'), { maxLength: 40 })
      .map((characters) => characters.join('')),
    cuts: fc.array(fc.nat(60), { maxLength: 6 }),
  }),
);

function chunksOf(text: string, cuts: readonly number[]): Buffer[] {
  const bytes = Buffer.from(text);
  const places = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length];
  return places.slice(1).map((end, at) => bytes.subarray(places[at], end));
}

function scanCells(chunks: readonly Buffer[], delimiter: Delimiter): string[][] | 'unclosed' {
  const scanner = new RecordScanner({ delimiter, maxRecordBytes: 1 << 20 });
  const records = chunks.flatMap((chunk) => scanner.push(chunk));
  const { record, unclosedQuoteLine } = scanner.end();
  if (unclosedQuoteLine !== null) return 'unclosed';
  const framed = record ? [...records, record] : records;
  const cells = readCells(framed, delimiter);
  expect(cells.map(({ length }) => length)).toEqual(framed.map(({ fieldCount }) => fieldCount));
  return cells;
}

function parseWhole(text: string, delimiter: Delimiter): string[][] | 'unclosed' {
  try {
    return parse(text, {
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_quotes: true,
      relax_column_count: true,
    });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'CSV_QUOTE_NOT_CLOSED') return 'unclosed';
    throw error;
  }
}

test('framing and cells are those of csv-parse, whatever the text and wherever it is cut', () => {
  fc.assert(
    fc.property(texts, ({ delimiter, text, cuts }) => {
      expect(scanCells(chunksOf(text, cuts), delimiter)).toEqual(parseWhole(text, delimiter));
    }),
    { numRuns: 5000 },
  );
});

test('cells with any characters come back as they were written by RFC 4180', () => {
  const cell = fc.string({ unit: 'grapheme', maxLength: 12 });
  const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 });
  const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
  fc.assert(
    fc.property(rows, fc.constantFrom(...delimiters), fc.array(fc.nat(200)), (written, delimiter, cuts) => {
      const text = written.map((row) => row.map(quote).join(delimiter)).join('\r\n');
      expect(scanCells(chunksOf(text, cuts), delimiter)).toEqual(written);
    }),
  );
});
