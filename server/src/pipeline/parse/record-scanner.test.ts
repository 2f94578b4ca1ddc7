// @module-tag pipeline
import { describe, expect, test } from 'vitest';
import { measuresMemory } from '../../../test/measuring-memory.ts';
import { RecordScanner, type ScanOptions, type ScannedRecord } from './record-scanner.ts';

interface Scanned {
  readonly records: readonly ScannedRecord[];
  readonly unclosedQuoteLine: number | null;
}

function scan(chunks: readonly Buffer[], options: Partial<ScanOptions> = {}): Scanned {
  const scanner = new RecordScanner({ delimiter: ',', maxRecordBytes: 1 << 20, ...options });
  const records = chunks.flatMap((chunk) => scanner.push(chunk));
  const { record, unclosedQuoteLine } = scanner.end();
  return { records: record ? [...records, record] : records, unclosedQuoteLine };
}

const scanText = (text: string, options?: Partial<ScanOptions>) => scan([Buffer.from(text)], options);
const texts = ({ records }: Scanned) => records.map(({ raw }) => raw.toString());

/** All that a record says, with its bytes as text. */
const facts = ({ records, unclosedQuoteLine }: Scanned) => ({
  records: records.map(({ raw, ...rest }) => ({ ...rest, raw: raw.toString() })),
  unclosedQuoteLine,
});

test.each([
  ['LF', 'a,b\nc,d\n', ['a,b', 'c,d']],
  ['CRLF', 'a,b\r\nc,d\r\n', ['a,b', 'c,d']],
  ['a lone CR', 'a,b\rc,d\r', ['a,b', 'c,d']],
  ['all three in one file', 'a\nb\r\nc\rd', ['a', 'b', 'c', 'd']],
  ['none behind the last record', 'a,b\nc,d', ['a,b', 'c,d']],
  ['LF and CR, which are two', 'a\n\rb', ['a', 'b']],
  ['CR twice before LF', 'a\r\r\nb', ['a', 'b']],
  ['several, between which there are blanks', 'a\n \n  \r\nb,\n', ['a', 'b,']],
  ['line ends behind which nothing stands', 'a\n\n\r\n\rb\n\n', ['a', 'b']],
  ['no record at all', '', []],
  ['one line end alone', '\n', []],
])('a record ends with %s', (_kind, text, expected) => {
  expect(texts(scanText(text, { skipBlankLines: true }))).toEqual(expected);
});

test('blank lines are records of one empty cell, unless they are to be left out', () => {
  expect(texts(scanText('a\n\n \nb\n\n'))).toEqual(['a', '', ' ', 'b', '']);
});

test.each([
  ['U+2028', 'a\u2028b'],
  ['a vertical tab', 'a\vb'],
  ['a form feed', 'a\fb'],
  ['NEL', 'a\u0085b'],
  ['NUL', 'a\0b'],
])('%s ends no record', (_kind, text) => {
  expect(texts(scanText(text))).toEqual([text]);
});

test.each([
  ['a delimiter within quotes', '"a,b",c', 2],
  ['a doubled quote within quotes', '"a"",""b",c', 2],
  ['an empty quoted cell', '"",""', 2],
  ['four quotes, which are one', '"""",a', 2],
  ['a quote inside a cell without quotes, a character', '5" pipe,"a"', 2],
  ['empty cells', ',,', 3],
  ['one cell', 'a', 1],
])('RFC 4180: the number of cells of %s', (_kind, text, count) => {
  expect(scanText(text).records).toMatchObject([{ fieldCount: count, quotesBroken: false }]);
});

test('line ends within quotes belong to the cell, whatever they are', () => {
  const text = 'a,"x\ny\r\nz\rw"\nb,c';
  expect(texts(scanText(text))).toEqual(['a,"x\ny\r\nz\rw"', 'b,c']);
});

test.each([
  ['plain,5" pipe', false],
  ['plain,"quoted"', true],
])('in %s it is told whether a cell is quoted', (text, quoted) => {
  expect(scanText(text).records).toMatchObject([{ quoted }]);
});

describe('quotes that do not pair up', () => {
  test.each([
    ['a quoted cell that goes on', '"a"b,c\nd,e', ['"a"b,c', 'd,e'], false],
    ['a measure in quotes', '"5" pipe",c\nd,e', ['"5" pipe",c', 'd,e'], false],
    ['a cell that another one closes', '"a,"b c",d\ne,f', ['"a,"b c",d', 'e,f'], true],
    ['a cell that another row closes', '"a,1\nb,"c",2\nd,e', ['"a,1\nb,"c",2', 'd,e'], true],
    ['a text that another row closes', '"a,1\nb,5" c,2\nd,e', ['"a,1\nb,5" c,2', 'd,e'], true],
  ])('%s ends with its line', (_kind, text, expected, quoteMissing) => {
    const scanned = scanText(text);
    expect(texts(scanned)).toEqual(expected);
    expect(scanned.records[0]).toMatchObject({ quotesBroken: true, quoteMissing });
    expect(scanned.records[1]).toMatchObject({ quotesBroken: false, quoteMissing: false });
  });

  test('a quote that never closes is named by the line where it opens, and gives no record', () => {
    const scanned = scanText('a,b\n"x\ny",c\nd,"e\nf\ng');
    expect(texts(scanned)).toEqual(['a,b', '"x\ny",c']);
    expect(scanned.unclosedQuoteLine).toBe(4);
  });

  test('a quote at the very end of the file closes', () => {
    expect(scanText('a,"b"')).toMatchObject({ unclosedQuoteLine: null, records: [{ fieldCount: 2 }] });
  });
});

test('records know the line on which they begin, also behind records of several lines', () => {
  const { records } = scanText('a\r\n"b\r\n\n\rb"\r\n\r\nc\rd\n');
  expect(records.map(({ line }) => line)).toEqual([1, 2, 6, 7, 8]);
});

test.each([
  [0, ['id', '"a, b"', '']],
  [1, ['title', 'x', '']],
  [2, ['', '"y"', null]],
  [3, [null, null, null]],
])('column %i is marked where it lies, quotes included', (markColumn, expected) => {
  const { records } = scanText('id,title,\n"a, b",x,"y"\n,', { markColumn });
  const marked = records.map(({ raw, markStart, markEnd }) =>
    markStart < 0 ? null : raw.toString('utf8', markStart, markEnd),
  );
  expect(marked).toEqual(expected);
});

test('no column is marked when none is asked for', () => {
  expect(scanText('a,b').records).toMatchObject([{ markStart: -1, markEnd: -1 }]);
});

test('a byte order mark at the beginning of a record does not hide its first quote', () => {
  const scanned = scanText('a,b\n\uFEFF"c,d",e\nf,\uFEFF"g\n');
  expect(texts(scanned)).toEqual(['a,b', '\uFEFF"c,d",e', 'f,\uFEFF"g']);
  expect(scanned.records[1]).toMatchObject({ fieldCount: 2, quoted: true, quotesBroken: false });
});

describe('chunks', () => {
  const text = '\uFEFF"é,1",5" x\r\n\r\n"a\r\nb""",\u20ac\r"x"y,"q,"r"\n\uD83D\uDE00,"",\n"open,\r\n';
  const bytes = Buffer.from(text);
  const whole = facts(scan([bytes], { markColumn: 1 }));

  test.each([...bytes.keys()])('a cut behind byte %i changes nothing', (cut) => {
    const halves = [bytes.subarray(0, cut), bytes.subarray(cut)];
    expect(facts(scan(halves, { markColumn: 1 }))).toEqual(whole);
  });

  test.each([1, 2, 3])('chunks of %i bytes change nothing', (size) => {
    const count = Math.ceil(bytes.length / size);
    const chunks = Array.from({ length: count }, (_, at) => bytes.subarray(at * size, (at + 1) * size));
    expect(facts(scan(chunks, { markColumn: 1 }))).toEqual(whole);
  });
});

describe('a record that is too large', () => {
  const limits = { maxRecordBytes: 8 };

  test('is told from one that just fits, in one chunk or in several', () => {
    const bytes = Buffer.from('12345678\n123456789\nab\n');
    const expected = [
      { tooLarge: false, line: 1 },
      { tooLarge: true, line: 2, raw: Buffer.alloc(0), markStart: -1 },
      { tooLarge: false, line: 3 },
    ];
    expect(scan([bytes], limits).records).toMatchObject(expected);
    for (let cut = 0; cut < bytes.length; cut++) {
      expect(scan([bytes.subarray(0, cut), bytes.subarray(cut)], limits).records).toMatchObject(expected);
    }
  });

  test('counts its lines, also where a line end is cut in two', () => {
    const bytes = Buffer.from('"0123456\r\n789\r\n"\nlast');
    for (let cut = 0; cut < bytes.length; cut++) {
      const { records } = scan([bytes.subarray(0, cut), bytes.subarray(cut)], limits);
      expect(records.map(({ line, tooLarge }) => [line, tooLarge])).toEqual([
        [1, true],
        [4, false],
      ]);
    }
  });

  test('is one when it ends the file', () => {
    expect(scanText('0123456789', limits).records).toMatchObject([{ tooLarge: true, line: 1 }]);
  });

  test.each(['\r', '\r\n', '\n'])(
    'ends with its line behind one that %j ends, wherever it is cut',
    (lineEnd) => {
      const bytes = Buffer.from(`a${lineEnd}123456789\nab\nc`);
      for (let cut = 0; cut < bytes.length; cut++) {
        const { records } = scan([bytes.subarray(0, cut), bytes.subarray(cut)], limits);
        expect(records.map(({ raw, tooLarge }) => (tooLarge ? null : raw.toString()))).toEqual([
          'a',
          null,
          'ab',
          'c',
        ]);
      }
    },
  );

  test('keeps no chunk alive', () => {
    const { records } = scan([Buffer.alloc(1 << 20, 'a'), Buffer.from('\n')], { maxRecordBytes: 1000 });
    expect(records[0]?.raw.buffer.byteLength).toBe(0);
  });
});

test.each([
  ['a line', 'a'],
  ['a quote', '"'],
])('%s of 100 MB that never ends takes no memory', { ...measuresMemory, timeout: 20_000 }, (_kind, first) => {
  const scanner = new RecordScanner({ delimiter: ',', maxRecordBytes: 1 << 20 });
  const chunk = Buffer.alloc(1 << 20, 'x,y ');
  scanner.push(Buffer.from(first));
  const before = process.memoryUsage().rss;
  for (let count = 0; count < 100; count++) expect(scanner.push(chunk)).toEqual([]);
  expect(process.memoryUsage().rss - before).toBeLessThan(64 << 20);
  const { record, unclosedQuoteLine } = scanner.end();
  expect([record?.tooLarge ?? null, unclosedQuoteLine]).toEqual(first === '"' ? [null, 1] : [true, null]);
});
