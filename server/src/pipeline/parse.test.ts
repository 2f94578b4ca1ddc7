// @module-tag pipeline
import { describe, expect, test } from 'vitest';
import { readFeed } from '../../test/reading.ts';
import { FeedRefusal } from '../product-data/feed-refusal.ts';
import { readHeader, readRows } from './parse.ts';
import type { FeedRow, FeedText } from './types.ts';

/** A text in chunks, as `decode` would give it. */
function textOf(...chunks: readonly (string | Buffer)[]): FeedText {
  const buffers = chunks.map((chunk) => Buffer.from(chunk));
  return {
    encoding: 'utf-8',
    damaged: false,
    bytes: buffers.reduce((sum, { length }) => sum + length, 0),
    async *read() {
      yield* buffers;
    },
  };
}

async function rowsOf(text: FeedText, idColumn = -1) {
  const rows: FeedRow[] = [];
  for await (const group of readRows(text, await readHeader(text), { idColumn })) rows.push(...group);
  return rows;
}

const faults = async (text: string) => (await rowsOf(textOf(text))).map(({ fault }) => fault);
const refusal = async (text: FeedText) => {
  const error: unknown = await readHeader(text).catch((reason: unknown) => reason);
  return error instanceof FeedRefusal ? error.code : error;
};

describe('records that are no rows', () => {
  test.each([
    ['blank lines', 'id,title\n\n1,a\r\n \t\n2,b\n\n'],
    ['lines of delimiters and empty quotes', 'id,title\n,\n1,a\n"",""\n2,b\n'],
    ['a help record before the header', '# Required | the id,# Required | the title\nid,title\n1,a\n2,b\n'],
    ['the line that tells Excel the delimiter', 'sep=,\nid,title\n1,a\n2,b\n'],
    ['the same in quotes, of another delimiter', '"SEP=;"\r\nid,title\r\n1,a\r\n2,b\r\n'],
    ['a help record behind it', 'id,title\n# Optional | x,# Optional\n1,a\n"# Hinweis",x\n2,b'],
    ['a narrow comment', 'id,title\n1,a\n#end of part one\n2,b'],
    ['the header again', 'id,title\n1,a\nid,title\n2,b'],
    ['the header again in quotes', 'id,title\n1,a\n"id","title"\n2,b'],
    ['the header again in another case, with blanks', 'id,title\n1,a\nID , Title\n2,b'],
    ['the header again with delimiters behind it', 'id,title\n1,a\nid,title,,\n2,b'],
    ['the header again without those behind it', 'id,title,\n1,a\nid,title\n2,b'],
    ['the header of a file that was put behind another', 'id,title\n1,a\n\uFEFFid,title\n2,b'],
    ['a byte order mark alone', 'id,title\n1,a\n2,b\n\uFEFF'],
    ['a header behind #, which comes again', '#id,title\n1,a\nid,title\n#id,title\n2,b'],
  ])('%s are left out and not counted', async (_kind, text) => {
    const rows = await rowsOf(textOf(text), 0);
    expect(rows.map(({ rowNumber, raw }) => [rowNumber, raw.toString()])).toEqual([
      [1, '1,a'],
      [2, '2,b'],
    ]);
  });

  test('a row that has the name of the id column for its id, and another title, is one', async () => {
    const rows = await rowsOf(textOf('SKU,title\nSKU-1,a\nsku,b\nsku,title,c\n'), 0);
    expect(rows.map(({ raw }) => raw.toString())).toEqual(['SKU-1,a', 'sku,b', 'sku,title,c']);
  });

  test.each([
    ['begins with #', '#12,a'],
    ['begins with # and has a # and a blank further on', '#12,pack # 2'],
    ['is in quotes and begins with #', '"#12",a'],
    ['begins with #, in a row that is cut off', '#12,a', 'id,title,price'],
  ])('a product number that %s is a row', async (_how, row, header = 'id,title') => {
    expect((await rowsOf(textOf(`${header}\n${row}\n`), 0)).map(({ raw }) => raw.toString())).toEqual([row]);
  });

  test.each([
    ['whole', '# 1 Dad Mug;7;12,00'],
    ['cut off', '# 1 Dad Mug;7'],
    ['in quotes', '"# 1 Dad Mug";7;12,00'],
  ])('a row that is %s and begins with a title such as # 1 Dad Mug is one', async (_how, row) => {
    const rows = await rowsOf(textOf(`title;id;price\n${row}\n# Hinweis;;\n# Titel;"# Nummer";\n#Ende\n`), 1);
    expect(rows.map(({ raw }) => raw.toString())).toEqual([row]);
  });
});

test('rows are numbered without what is left out, lines with it', async () => {
  const rows = await rowsOf(textOf('# help,x\r\nid,title\r\n\r\n1,"a\r\nb"\r\n2,c'));
  expect(rows.map(({ rowNumber, lineNumber }) => [rowNumber, lineNumber])).toEqual([
    [1, 4],
    [2, 6],
  ]);
});

describe('rows that cannot be taken apart', () => {
  test.each([
    ['fewer cells than the header', '1,a', null],
    ['more cells', '1,a,2,3', 'ROW_TOO_MANY_FIELDS'],
    ['one empty cell more', '1,a,2,', null],
    ['empty cells more', '1,a,2,,,', null],
    ['an empty cell in quotes more', '"1","a","2",""', null],
    ['empty cells more, some of them in quotes', '1,a,2,"",,""', null],
    ['a cell more that ends with a delimiter and a quote', '1,a,2,"b,"""', 'ROW_TOO_MANY_FIELDS'],
    ['a blank cell more', '1,a,2, ', null],
    ['blank and empty cells more', '1,a,2,"",  , ,', null],
    ['a cell more that ends with a delimiter and a blank in quotes', '1,a,2,"b, "', 'ROW_TOO_MANY_FIELDS'],
    ['broken quotes and as many cells as the header', '1,"a"b,2', null],
    ['broken quotes and another number', '1,"a"b,2,3', 'ROW_QUOTES_BROKEN'],
    ['a missing quote, and by chance the right number', '1,"a,"b 2",3', 'ROW_QUOTES_BROKEN'],
    ['broken quotes in a short row, by chance of the right number', '1,"a "b", c"', 'ROW_QUOTES_BROKEN'],
    ['the same with a doubled quote and a blank at the end', '1,"a "b",c """ ', 'ROW_QUOTES_BROKEN'],
    ['broken quotes before a cell with a quote and one with a pair', '1,"5" pipe",3" long ""x""', null],
    ['a row swallowed, and by chance the right number', '1,"a,2\n2,"b",3', 'ROW_QUOTES_BROKEN'],
  ])('%s', async (_kind, row, fault) => {
    expect(await faults(`id,title,price\n${row}\n9,z,1\n`)).toEqual([fault, null]);
  });

  test('rows behind broken quotes are not trusted until one is as wide as the header', async () => {
    const text = 'id,title,price\n1,"a\n2,b"c,d,e\n3,f\n4,g\n5,h,1\n6,i\n';
    const broken = 'ROW_QUOTES_BROKEN';
    expect(await faults(text)).toEqual([broken, broken, broken, null, null]);
  });

  test.each([
    ['one more', '1,a,2,\n2,"b"c,3,4,5\n3,d,4,\n4,e,5,\n'],
    ['one less', '1,a\n2,"b"c,3,4,5\n3,d\n4,e\n'],
  ])('nor until one is as wide as the rows before, which all have %s', async (_how, rows) => {
    expect(await faults(`id,title,price\n${rows}`)).toEqual([null, 'ROW_QUOTES_BROKEN', null, null]);
  });

  test.each([
    ['one less', 'id;title;price;\n1;"Pipe 5" long";1,50\n2;b;1,50\n3;c;1,50\n'],
    ['one more', 'id,title,price\n1,"5" pipe",10,\n2,b,10,\n3,c,10,\n'],
  ])('broken quotes in the very first row cost none, where all have %s', async (_how, text) => {
    expect(await faults(text)).toEqual([null, null, null]);
  });

  test('a short row before broken quotes does not hide how wide rows are', async () => {
    const rows = '1,a,2\n2,b,2\n3,c,2\n4,d,2\n5,e\n6,"f"g,2\n7,h,2\n';
    expect(new Set(await faults(`id,title,price,\n${rows}`))).toEqual(new Set([null]));
  });

  test('broken quotes cost a hundred rows at most, however wide those behind are', async () => {
    const wide = '1,a,2,x\n'.repeat(30);
    const found = await faults(`id,title,price,note\n${wide}1,"a"b,2\n${'1,a,2\n'.repeat(200)}`);
    expect(found.map((fault, at) => (fault ? at : -1)).filter((at) => at >= 0)).toEqual(
      Array.from({ length: 100 }, (_, at) => 30 + at),
    );
  });

  test('a row that is too large is one row, and those around it are whole', async () => {
    const large = Buffer.alloc((1 << 20) + 1, 'x');
    const rows = await rowsOf(textOf('id,title\n1,a\n2,', large, '\n3,c'), 0);
    expect(rows).toMatchObject([
      { rowNumber: 1, fault: null },
      { rowNumber: 2, lineNumber: 3, fault: 'ROW_TOO_LARGE', markStart: -1 },
      { rowNumber: 3, lineNumber: 4, fault: null },
    ]);
  });
});

test('a quote that never closes ends the feed behind the last whole row', async () => {
  const { rows, refused } = await readFeed('id,title,price\n1,a,1\n2,"b\nc",1\n3,"d\n4,e,1\n');
  expect(rows.map(({ id }) => id)).toEqual(['1', '2']);
  expect(refused).toMatchObject({ code: 'UNCLOSED_QUOTE', message: expect.stringContaining('line 5') });
});

test.each(['\n', ''])(
  'behind the last row that there may be a feed is read no further, ended by %j',
  async (end) => {
    const text = textOf(`id,title\n1,a\n\n2,b\n3,c${end}`);
    const header = await readHeader(text);
    const whole = await Array.fromAsync(readRows(text, header, { maxRows: 3 }));
    expect(whole.flat()).toHaveLength(3);
    const found: FeedRow[] = [];
    const reading = async () => {
      for await (const group of readRows(text, header, { maxRows: 2 })) found.push(...group);
    };
    await expect(reading()).rejects.toMatchObject({
      code: 'TOO_MANY_ROWS',
      message: expect.stringContaining('more than 2 rows'),
    });
    expect(found.map(({ raw }) => raw.toString())).toEqual(['1,a', '2,b']);
  },
);

test('the marked column lies where it stands in the row, also behind a byte order mark', async () => {
  const rows = await rowsOf(textOf('id,title\n\uFEFF1,a\n"2",b'), 0);
  expect(
    rows.map(({ raw, markStart, markEnd }) => [markStart, raw.toString('utf8', markStart, markEnd)]),
  ).toEqual([
    [0, '1'],
    [0, '"2"'],
  ]);
});

test('a few rows among many blank lines keep no chunk alive', async () => {
  const chunk = Buffer.concat([Buffer.alloc(1 << 18, '\n'), Buffer.from('1,a\n')]);
  const [row] = await rowsOf(textOf('id,title\n', chunk));
  expect(row?.raw.toString()).toBe('1,a');
  expect(row?.raw.buffer.byteLength).toBeLessThanOrEqual(Buffer.poolSize);
});

test('progress is told in bytes of the file', async () => {
  const told: number[] = [];
  const text: FeedText = {
    ...textOf('id,title\n1,a'),
    async *read(onBytes) {
      for (const part of ['id,title\n', '1,a']) {
        onBytes?.(2 * part.length);
        yield Buffer.from(part);
      }
    },
  };
  await Array.fromAsync(readRows(text, await readHeader(text), { onBytes: (bytes) => told.push(bytes) }));
  expect(told).toEqual([18, 6]);
});

describe('a feed without a header that makes sense is refused', () => {
  test.each([
    ['nothing', '', 'EMPTY'],
    ['blanks and line ends', ' \r\n\t\n', 'EMPTY'],
    ['one column', 'id\n1\n', 'ONE_COLUMN'],
    ['a quote that swallows the header', 'id,"title\n1,a\n', 'UNCLOSED_QUOTE'],
    [
      '1,025 columns',
      `${Array.from({ length: 1025 }, (_, at) => `c${at}`).join(',')}\n1,2`,
      'TOO_MANY_COLUMNS',
    ],
    ['a first line without an end', `id,${'x'.repeat(2 << 20)}`, 'HEADER_TOO_LARGE'],
    ['a first line of one cell without an end', 'a'.repeat((1 << 20) + 9), 'HEADER_TOO_LARGE'],
    ['names of more than 64 kB', `id,title,${'x'.repeat(64 << 10)}\n1,2\n`, 'HEADER_TOO_LARGE'],
    ['a quote that swallows a megabyte', `id,"${'x\n'.repeat(1 << 19)}`, 'HEADER_TOO_LARGE'],
    ['a first line of more than a megabyte', `id,${'x'.repeat(1 << 20)}\n1,2\n`, 'HEADER_TOO_LARGE'],
  ])('%s', async (_kind, text, code) => {
    expect(await refusal(textOf(text))).toBe(code);
  });

  test('1,024 columns are taken', async () => {
    const names = Array.from({ length: 1024 }, (_, at) => `c${at}`);
    expect(await readHeader(textOf(`${names.join(';')}\n`))).toMatchObject({
      delimiter: ';',
      columns: names,
    });
  });
});
