// @module-tag pipeline
// @module-tag hostile
import { describe, expect, test } from 'vitest';
import { checkLarge } from '../../test/large-feeds.ts';
import { measuresMemory } from '../../test/measuring-memory.ts';
import { readFeed } from '../../test/reading.ts';

const good = '8,Lamp,5\n9,Table,6\n';
const ids = async (text: string | Buffer) =>
  (await readFeed(text)).rows.map(({ id, errorType }) => errorType ?? id);

const flat = 100 << 20;

describe('C29 a row without an end', () => {
  test.each([
    ['one line', 'id,title,price\n1,a,5\n', 'x', '\n2,b,6\n'],
    ['one field', 'id,title,price\n1,a,5\n7,"', 'x\n,y', '",5\n2,b,6\n'],
  ])(
    '%s of 100 MB is one row in error, those around it are read',
    measuresMemory,
    async (_kind, before, filler, after) => {
      const { check, grown } = await checkLarge(before, filler, 100, after);
      expect(check).toMatchObject({ rows: 3, accepted: 2, errors: { parse_error: 1 }, refused: null });
      expect(grown).toBeLessThan(flat);
    },
  );

  test('a file of blank lines is read in bounded memory, and its row is found', measuresMemory, async () => {
    const { check, grown } = await checkLarge('id,title,price\n', '\n', 30, '1,a,5');
    expect([check.rows, check.accepted]).toEqual([1, 1]);
    expect(grown).toBeLessThan(flat);
  });
});

test(
  'C30 a quote that 100 MB follow is named by its line, and the rows before it are read',
  measuresMemory,
  async () => {
    const { check, grown } = await checkLarge('id,title,price\n1,a,5\n2,b,6\n3,"c,7\n', '4,d,8\n', 100, '');
    expect(check).toMatchObject({ rows: 2, accepted: 2, refused: { code: 'UNCLOSED_QUOTE' } });
    expect(check.refused?.message).toContain('line 4');
    expect(grown).toBeLessThan(flat);
  },
);

describe('C31 stray quotes', () => {
  test.each([
    ['inside a cell', '1,5" pipe,5', '1'],
    ['around the beginning', '1,"abc"def,5', '1'],
    ['doubled around', '1,""abc"",5', '1'],
    ['behind a backslash', '1,\\"abc\\",5', '1'],
    ['escaped by a backslash', '1,"5\\" pipe",5', '1'],
    ['at the end', '1,abc",5', '1'],
    ['that swallow a cell', '1,"abc,"def, g",5', 'PARSE_ERROR'],
    ['that shift the row', '1,"abc"d,e,5', 'PARSE_ERROR'],
    ['that shift a short row', '1,"Lamp "round",3"', 'PARSE_ERROR'],
  ])('%s cost at most their row, and shift no other', async (_where, row, outcome) => {
    const { rows } = await readFeed(`id,title,price\n${row}\n${good}`);
    expect(rows.map(({ id, errorType }) => errorType ?? id)).toEqual([outcome, '8', '9']);
    expect(rows.slice(1).map(({ values }) => values)).toMatchObject([
      { title: 'Lamp', price: '5.00' },
      { title: 'Table', price: '6.00' },
    ]);
    if (outcome === '1') expect(rows[0]?.values['price']).toBe('5.00');
  });

  test('that swallow a row cost the two, and those behind are whole', async () => {
    expect(await ids(`id,title,price\n1,"abc,5\n2,"def",6\n${good}`)).toEqual(['PARSE_ERROR', '8', '9']);
  });
});

describe('C32 rows of another width', () => {
  test('a short one is filled up with a warning, a long one is an error, and none shifts', async () => {
    const { rows } = await readFeed(`id,title,price,brand\n1,a,5\n2,b,5,x,y\n3,c,5,x,\n4,d,5,x\n`);
    expect(rows.map(({ errorType, codes, values }) => [errorType, codes, values['brand']])).toEqual([
      [null, ['ROW_TOO_FEW_FIELDS'], undefined],
      ['PARSE_ERROR', ['ROW_TOO_MANY_FIELDS'], undefined],
      [null, [], 'x'],
      [null, [], 'x'],
    ]);
  });

  test('a delimiter at the end of every line is harmless', async () => {
    expect(await ids('id,title\n1,a,\n2,b,\n')).toEqual(['1', '2']);
    expect(await ids('id,title,\n1,a,\n2,b,\n')).toEqual(['1', '2']);
  });

  test('a row of a million cells is one error with a short record of it', async () => {
    const { rows } = await readFeed(`id,title\n1,a${',x'.repeat(500_000)}\n2,b\n`);
    expect(rows.map(({ errorType }) => errorType)).toEqual(['PARSE_ERROR', null]);
    expect(JSON.stringify(rows[0]?.rowData).length).toBeLessThan(1000);
  });
});

test('C33 only CR and LF end records; quoted line ends are kept, and the last line needs none', async () => {
  const { rows } = await readFeed(
    'id,title,price\r\n1,"a\r\nb",5\r2,c\u2028d,5\n3,e\u0085f\u000b,5\r\n4,g,5',
  );
  expect(rows.map(({ id, values }) => [id, values['title']])).toEqual([
    ['1', 'a\r\nb'],
    ['2', 'c\u2028d'],
    ['3', 'ef'],
    ['4', 'g'],
  ]);
});

test('C34 NUL is taken out of cells with a warning, and a file of them is refused', async () => {
  const { rows } = await readFeed(
    'id,ti\0tle,title,gtin,price\n\x001\0,\0x,a\0b,4006381\x00333931,5\0\n2,,c,,5',
  );
  expect(rows).toMatchObject([
    { id: '1', errorType: null, values: { title: 'ab', gtin: '4006381333931', price: '5.00' } },
    { id: '2', codes: [] },
  ]);
  const columns = rows[0]?.issues.map(({ code, message }) => [code, /"(.*?)"/.exec(message)?.[1]]);
  expect(columns).toEqual(
    ['id', 'title', 'title', 'price', 'gtin'].map((column) => ['CONTROL_CHARACTERS', column]),
  );
  expect((await readFeed(Buffer.alloc(100_000))).refused?.code).toBe('NOT_TEXT');
});

describe('C35, C36 encodings', () => {
  const text = 'id,title,price\n1,Größe,5\n2,œuvre €,5\n';
  const swapped = (content: string) => Buffer.from(content, 'utf16le').swap16();

  test.each([
    ['UTF-16LE', Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['UTF-16BE', swapped(`\uFEFF${text}`)],
    [
      'UTF-16 with the mark of the other order',
      Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(text, 'utf16le')]),
    ],
    ['UTF-16LE without a mark', Buffer.from(text, 'utf16le')],
  ])('%s is read', async (_encoding, bytes) => {
    const { rows } = await readFeed(bytes);
    expect(rows.map(({ values, codes }) => [values['title'], codes])).toEqual([
      ['Größe', []],
      ['œuvre €', []],
    ]);
  });

  test.each([
    [
      'UTF-32',
      Buffer.concat([
        Buffer.from([0xff, 0xfe, 0, 0]),
        ...[...text].map((c) => Buffer.from([c.charCodeAt(0), 0, 0, 0])),
      ]),
    ],
    ['UTF-7', Buffer.from('+/v8-id,title,price\n1,Gr+APYA3w-e,5\n')],
  ])('%s is refused by its name', async (name, bytes) => {
    expect((await readFeed(bytes)).refused).toMatchObject({
      code: 'ENCODING_UNKNOWN',
      message: expect.stringContaining(name),
    });
  });

  test('of a mixed file most is right, and what is not is said', async () => {
    const bytes = Buffer.concat([
      Buffer.from('id,title,price\n1,éàüöäßéàüöäßéàüöäß,5\n2,caf'),
      Buffer.from([0xe9]),
      Buffer.from(',5\n3,'),
      Buffer.from([0xc0, 0x80]),
      Buffer.from('x,5\n4,éè,5\n'),
    ]);
    const { rows } = await readFeed(bytes);
    expect(rows.map(({ values, codes }) => [values['title'], codes])).toEqual([
      ['éàüöäßéàüöäßéàüöäß', []],
      ['caf\uFFFD', ['CHARACTERS_UNREADABLE']],
      ['\uFFFD\uFFFDx', ['CHARACTERS_UNREADABLE']],
      ['éè', []],
    ]);
  });

  test.each(['utf16le', 'utf8'] as const)(
    'halves of surrogate pairs in %s become U+FFFD with a warning',
    async (encoding) => {
      const half = encoding === 'utf8' ? Buffer.from([0xed, 0xa0, 0x80]) : Buffer.from('\uD83D', 'utf16le');
      const bytes = [
        Buffer.from('id,title,price\n1,éèàâêîôûëïüÿ,5\n2,x', encoding),
        half,
        Buffer.from(',5\n', encoding),
      ];
      const { rows } = await readFeed(Buffer.concat(bytes));
      expect(rows[1]).toMatchObject({ errorType: null, codes: ['CHARACTERS_UNREADABLE'] });
      expect(rows[1]?.values['title']).toMatch(/^x\uFFFD+$/);
    },
  );
});

test('C37 files that were put together: marks, headers and help records in the middle are no products', async () => {
  const part = (row: string) => `\uFEFFid,title,price\n# help,x\n${row}\n`;
  expect(await ids(part('1,a,5') + part('"2","b, c",5') + '\uFEFF"3","d",5\n\uFEFF"4,5","e",5')).toEqual([
    '1',
    '2',
    '3',
    '4,5',
  ]);
});

test('C37 a header behind # is one: the row behind it is a product', async () => {
  const { rows, recognised } = await readFeed('#id;title;price\n1;A;10,00\n#2;B;5,00\n');
  expect(recognised).toMatchObject({ '#id': 'id', title: 'title', price: 'price' });
  expect(rows.map(({ id, values }) => [id, values['price']])).toEqual([
    ['1', '10.00'],
    ['#2', '5.00'],
  ]);
});

describe('C38 a large header is refused, quickly', () => {
  const columns = (count: number) => Array.from({ length: count }, (_, at) => `c${at}`).join(',');

  test.each([
    ['5,000 columns', `id,title,${columns(5000)}\n1,a\n`, 'TOO_MANY_COLUMNS'],
    ['500,000 columns', `id,title${',x'.repeat(500_000)}\n1,a\n`, 'TOO_MANY_COLUMNS'],
    ['1,000,000 columns', `id,title,${columns(1_000_000)}\n1,a\n`, /TOO_MANY_COLUMNS|HEADER_TOO_LARGE/],
    ['a name of 1 MB', `id,title,${'x'.repeat(1 << 20)}\n1,a,b\n`, 'HEADER_TOO_LARGE'],
    ['a name of 100 kB', `id,title,${'x'.repeat(100_000)}\n1,a,b\n`, 'HEADER_TOO_LARGE'],
    ['blanks without an end', `id,title,${' '.repeat(2 << 20)}`, 'HEADER_TOO_LARGE'],
  ])('%s', async (_what, text, code) => {
    const start = performance.now();
    expect((await readFeed(text)).refused?.code).toMatch(code);
    expect(performance.now() - start).toBeLessThan(5000);
  });
});

test('C39 repeated headers, whatever their case, ask in turn, say so once, and no blank one overwrites', async () => {
  const { rows, file } = await readFeed(
    'id,title,description,Description,,\uFEFFdescription,price\n1,a,x,,q,y,5\n2,a,,z,q,y,5\n3,a, ,,q,w,5\n',
  );
  expect(rows.map(({ values }) => values['description'])).toEqual(['x', 'z', 'w']);
  expect(file?.warnings.map(({ code }) => code)).toEqual(['COLUMN_REPEATED']);
  expect(rows[0]?.values).not.toHaveProperty('extra');
});

test('C40 headers that are names of everything’s own are plain data', async () => {
  const names = [
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'hasOwnProperty',
    '__defineGetter__',
    'then',
    'length',
  ];
  const { rows } = await readFeed(
    `id,title,price,${names.join(',')}\n1,a,x${',polluted'.repeat(names.length)}\nconstructor,b,5\n`,
  );
  expect(Object.keys(rows[0]?.rowData ?? {})).toEqual(['id', 'title', 'price', ...names]);
  expect(rows[1]).toMatchObject({ id: 'constructor', errorType: null });
  expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('polluted');
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

test.each([
  ['a header of one column in a world of commas', 'id;title;price\n1;a, b;5\n2;c, d;6\n', ';'],
  ['bars in a help record', '# id | number,# title | text\nid,title\n1,a\n', ','],
  ['semicolons in a header', 'id,Categories (x;y;z),title\n1,x;y,a\n', ','],
  ['tabs in a file of any name', 'id\ttitle\tprice\n1\ta, b; c\t5\n', '\t'],
])('C41 %s: the right delimiter', async (_what, text, delimiter) => {
  const { file, rows } = await readFeed(text);
  expect([file?.delimiter, rows[0]?.id]).toEqual([delimiter, '1']);
});

test('C41 a feed of one column is refused', async () => {
  expect((await readFeed('id\n1\n2\n')).refused?.code).toBe('ONE_COLUMN');
});
