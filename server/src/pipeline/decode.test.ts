// @module-tag pipeline
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { withSpooledFeed } from '../../test/reading.ts';
import { decode } from './decode.ts';

interface Decoded {
  readonly encoding: string;
  readonly damaged: boolean;
  readonly text: string;
}

const decoded = (bytes: Buffer, charset: string | null = null): Promise<Decoded> =>
  withSpooledFeed(
    bytes,
    async (feed) => {
      const { encoding, damaged, read } = await decode(feed);
      return { encoding, damaged, text: Buffer.concat(await Array.fromAsync(read())).toString('utf8') };
    },
    charset,
  );

const refusalOf = (bytes: Buffer) => decoded(bytes).catch((error: unknown) => error);

const text = 'id,title\n1,Größe “L” – 5 €\n2,œuvre\n';
const encode = (encoding: string, content = text) => iconv.encode(content, encoding);
const marks = {
  utf8: [0xef, 0xbb, 0xbf],
  little: [0xff, 0xfe],
  big: [0xfe, 0xff],
} as const;
const marked = (mark: keyof typeof marks, bytes: Buffer) => Buffer.concat([Buffer.from(marks[mark]), bytes]);

test.each([
  ['ASCII', Buffer.from('id,title\n1,a'), 'utf-8', 'id,title\n1,a'],
  ['UTF-8', encode('utf8'), 'utf-8', text],
  ['UTF-8 with a mark', marked('utf8', encode('utf8')), 'utf-8', text],
  ['UTF-16LE with a mark', marked('little', encode('utf-16le')), 'utf-16le', text],
  ['UTF-16BE with a mark', marked('big', encode('utf-16be')), 'utf-16be', text],
  ['UTF-16LE without a mark', encode('utf-16le'), 'utf-16le', text],
  ['UTF-16BE without a mark', encode('utf-16be'), 'utf-16be', text],
  ['UTF-16BE with the mark of LE', marked('little', encode('utf-16be')), 'utf-16be', text],
  ['UTF-16LE with the mark of BE', marked('big', encode('utf-16le')), 'utf-16le', text],
  ['Windows-1252', encode('windows-1252'), 'windows-1252', text],
  ['ISO-8859-1', encode('latin1', 'id,é\n1,ß'), 'windows-1252', 'id,é\n1,ß'],
  ['nothing', Buffer.alloc(0), 'utf-8', ''],
  ['a mark alone', marked('utf8', Buffer.alloc(0)), 'utf-8', ''],
])('%s is read', async (_kind, bytes, encoding, expected) => {
  expect(await decoded(bytes)).toMatchObject({ encoding, text: expected });
});

describe('the declared charset', () => {
  test.each([
    ['iso-8859-2', 'żółć', 'iso-8859-2'],
    ['ISO-8859-15', 'œuvre 5 €', 'iso-8859-15'],
    ['windows-1250', 'žluťoučký', 'windows-1250'],
  ])('%s decides between single-byte encodings', async (charset, content, encoding) => {
    expect(await decoded(encode(charset, content), charset)).toMatchObject({ encoding, text: content });
  });

  test.each([
    ['a body of UTF-8', encode('utf8'), 'iso-8859-1', 'utf-8'],
    ['a mark', marked('utf8', encode('utf8')), 'windows-1252', 'utf-8'],
    ['zeros', encode('utf-16le'), 'iso-8859-15', 'utf-16le'],
  ])('does not win against %s', async (_evidence, bytes, charset, encoding) => {
    expect(await decoded(bytes, charset)).toMatchObject({ encoding, text });
  });

  test.each(['utf-8', 'shift_jis', 'nonsense', ''])(
    '%j is no reason to read Windows-1252 as it',
    async (charset) => {
      expect(await decoded(encode('windows-1252'), charset)).toMatchObject({
        encoding: 'windows-1252',
        text,
      });
    },
  );
});

describe('what is refused', () => {
  const utf32 = (order: 'LE' | 'BE', content: string) => {
    const bytes = Buffer.alloc(4 * content.length);
    for (const [at, letter] of [...content].entries()) {
      bytes[order === 'LE' ? 'writeUInt32LE' : 'writeUInt32BE'](letter.codePointAt(0) ?? 0, 4 * at);
    }
    return bytes;
  };

  test.each([
    ['UTF-32LE', utf32('LE', `\uFEFF${text}`), 'UTF-32'],
    ['UTF-32BE', utf32('BE', `\uFEFF${text}`), 'UTF-32'],
    ['UTF-32LE without a mark', utf32('LE', text), 'UTF-32'],
    ['UTF-32BE without a mark', utf32('BE', text), 'UTF-32'],
    ['UTF-7', Buffer.from('+/v8-id,title\n1,+AOk-'), 'UTF-7'],
  ])('%s, by its name', async (_kind, bytes, name) => {
    expect(await refusalOf(bytes)).toMatchObject({
      code: 'ENCODING_UNKNOWN',
      message: expect.stringContaining(name),
    });
  });

  test('a file of zero bytes', async () => {
    expect(await refusalOf(Buffer.alloc(5000))).toMatchObject({ code: 'NOT_TEXT' });
  });
});

describe('damage', () => {
  const many = 'é'.repeat(8);

  test.each([
    ['a sequence cut in a title', Buffer.concat([encode('utf8', `${many},caf`), Buffer.from([0xc3, 0x2c])])],
    ['a sequence cut at the end', Buffer.concat([encode('utf8', many), Buffer.from([0xe2, 0x82])])],
    ['an overlong form', Buffer.concat([encode('utf8', many), Buffer.from([0xc0, 0x80])])],
    [
      'half of a surrogate pair',
      Buffer.concat([encode('utf8', `${many}${many}`), Buffer.from([0xed, 0xa0, 0x80])]),
    ],
  ])('%s leaves the rest of UTF-8 as it is', async (_kind, bytes) => {
    const { encoding, damaged, text: result } = await decoded(bytes);
    expect([encoding, damaged]).toEqual(['utf-8', true]);
    expect(result).toMatch(/^é{8}/);
    expect(result).toContain('\uFFFD');
    expect(result.isWellFormed()).toBe(true);
  });

  test('a few rows of Windows-1252 in a file of UTF-8 do not take the others with them', async () => {
    const rows = Buffer.concat([encode('utf8', 'é,è,ê,ë,ç,œ,à,ù\n'), encode('windows-1252', 'é,è\n')]);
    expect(await decoded(rows)).toEqual({
      encoding: 'utf-8',
      damaged: true,
      text: 'é,è,ê,ë,ç,œ,à,ù\n\uFFFD,\uFFFD\n',
    });
  });

  test('bytes that Windows-1252 does not have become U+FFFD', async () => {
    const bytes = Buffer.from([0xe9, 0xe8, 0x81, 0x8d, 0x90]);
    expect(await decoded(bytes)).toEqual({
      encoding: 'windows-1252',
      damaged: true,
      text: 'éè\uFFFD\uFFFD\uFFFD',
    });
  });

  test.each(['utf-16le', 'utf-16be'])('half a surrogate pair of %s becomes U+FFFD', async (encoding) => {
    const bytes = encode(encoding, 'id,a\uD83Db\n');
    expect(await decoded(bytes)).toEqual({ encoding, damaged: true, text: 'id,a\uFFFDb\n' });
  });

  test('U+FFFD that the feed itself has is no damage', async () => {
    expect(await decoded(Buffer.from('a\uFFFDb'))).toMatchObject({ damaged: false, text: 'a\uFFFDb' });
  });
});

describe('files of several chunks', () => {
  const chunk = 256 << 10;

  test('the first byte that is not ASCII decides, however late it comes', async () => {
    const late = Buffer.concat([Buffer.alloc(3 * chunk, 'a'), encode('windows-1252', ' é')]);
    expect(await decoded(late)).toMatchObject({ encoding: 'windows-1252' });
    const utf8 = Buffer.concat([Buffer.alloc(3 * chunk, 'a'), encode('utf8', ' é')]);
    expect(await decoded(utf8)).toMatchObject({ encoding: 'utf-8', damaged: false });
  });

  test.each([
    ['UTF-8', 'utf8', 'utf-8', 1],
    ['UTF-16LE', 'utf-16le', 'utf-16le', 2],
    ['UTF-16BE', 'utf-16be', 'utf-16be', 2],
  ])('a character of %s that lies across two chunks is whole', async (_kind, encoding, name, unit) => {
    for (let shift = 1; shift <= 4; shift++) {
      const content = `${'a'.repeat(chunk / unit - shift)}\u{1F600}é€`;
      expect(await decoded(encode(encoding, content))).toMatchObject({ encoding: name, text: content });
    }
  });

  test('a damaged sequence across two chunks is told from a whole one', async () => {
    const bytes = Buffer.concat([
      Buffer.alloc(chunk - 1, 'a'),
      Buffer.from([0xc3, 0x41]),
      encode('utf8', 'éééé'),
    ]);
    const { damaged, text: result } = await decoded(bytes);
    expect([damaged, result.slice(chunk - 1)]).toEqual([true, '\uFFFDAéééé']);
  });

  test('progress is told in bytes of the file, also where the text has another number', async () => {
    const bytes = marked('little', encode('utf-16le', 'é'.repeat(chunk)));
    const told = await withSpooledFeed(bytes, async (feed) => {
      const numbers: number[] = [];
      const { read } = await decode(feed);
      await Array.fromAsync(read((bytesRead) => numbers.push(bytesRead)));
      return numbers;
    });
    expect(told.at(-1)).toBe(bytes.length);
    expect(told.toSorted((a, b) => a - b)).toEqual(told);
  });
});
