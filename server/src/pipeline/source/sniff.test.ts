// @module-tag pipeline
// @module-tag hostile
import { expect, test } from 'vitest';
import { collected, lending } from '../../../test/lending.ts';
import { onlyFeedText } from './sniff.ts';

const utf16 = (text: string, bigEndian = false) => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return bigEndian ? bytes.swap16() : bytes;
};

async function sniff(content: string | Buffer, size = 64 * 1024): Promise<Buffer> {
  return collected(onlyFeedText(lending(Buffer.from(content), size)));
}

test.each([
  ['a feed', 'id,title\n1,Lamp\n'],
  ['one character', 'i'],
  ['a mark and blanks before the header', '\ufeff \r\n\r\nid,title\n'],
  ['UTF-16', utf16('id;title\n1;Lampe\n')],
  ['UTF-16 whose letters lie beyond Latin', utf16('название;цена\n'.repeat(200))],
  ['markup inside a row', 'id,title\n1,<html>\n'],
  ['a header that begins like a magic', 'PAR1;BZh;PK\n1;2;3\n'],
  ['Windows-1252', Buffer.from('id;état\n1;été\n'.repeat(300), 'latin1')],
  ['control characters here and there', `id,title\n${'1,a lamp with \x01 in it\n'.repeat(300)}`],
  ['a long feed', 'id,title\n1,Lamp\n'.repeat(2000)],
])('lets %s through unchanged', async (_kind, content) => {
  const bytes = Buffer.from(content);
  expect([await sniff(bytes), await sniff(bytes, 1)]).toEqual([bytes, bytes]);
});

test.each([
  ['nothing', ''],
  ['a mark', '\ufeff'],
  ['a mark of UTF-16', utf16('')],
  ['blanks', ' \t\r\n\v\f'.repeat(5000)],
  ['a mark and blanks', '\ufeff\r\n\r\n'],
  ['blanks of UTF-16', utf16(' \r\n'.repeat(3000), true)],
  ['zeros', '\0'.repeat(10_000)],
])('B17: refuses %s as empty', async (_kind, content) => {
  await expect(sniff(content)).rejects.toMatchObject({ code: 'EMPTY' });
  await expect(sniff(content, 1)).rejects.toMatchObject({ code: 'EMPTY' });
});

test.each([
  ['a doctype', '<!doctype html><title>Login</title>'],
  ['a doctype in capitals', '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN">'],
  ['an element', '<HTML lang="fr">'],
  ['an element and nothing more', '<html'],
  ['a mark and blanks first', '\ufeff\n\n  <html>'],
  ['many blanks first', `${' \n'.repeat(20_000)}<!doctype html>`],
  ['comments first', '<!-- a -->\n<!-- b -->\n<html>'],
  ['an XML declaration first', '<?xml version="1.0"?>\n<!DOCTYPE html>'],
  ['UTF-16', utf16('<html>')],
  ['UTF-16, big end first', utf16('<html>', true)],
  ['the message of a script', '<br />\n<b>Fatal error</b>: out of memory'],
])('B16: refuses a web page: %s', async (_kind, content) => {
  await expect(sniff(content)).rejects.toMatchObject({ code: 'IS_HTML' });
  await expect(sniff(content, 1)).rejects.toMatchObject({ code: 'IS_HTML' });
});

test('B16: a page made of comments is judged in no time', async () => {
  const startedAt = performance.now();
  await sniff('<!---->'.repeat(600));
  expect(performance.now() - startedAt).toBeLessThan(500);
});

const binary = (start: string) => Buffer.concat([Buffer.from(start, 'latin1'), Buffer.alloc(300, 0xb7)]);

test.each([
  ['an Excel workbook', 'PK\x03\x04\x14\0\x06\0[Content_Types].xml'],
  [
    'an OpenDocument file',
    `PK\x03\x04${'\0'.repeat(26)}mimetypeapplication/vnd.oasis.opendocument.spreadsheet`,
  ],
  ['a ZIP archive', 'PK\x03\x04\x14\0feed.csv'],
  ['an old Excel workbook', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'],
  ['a PDF document', '%PDF-1.7\n'],
  ['a PNG image', '\x89PNG\r\n\x1a\n'],
  ['a JPEG image', '\xff\xd8\xff\xe0'],
  ['a GIF image', 'GIF89a'],
  ['a WebP image', 'RIFF\x01\x02\x03\x04WEBP'],
  ['a 7-Zip archive', '7z\xbc\xaf\x27\x1c'],
  ['a RAR archive', 'Rar!\x1a\x07\x01\0'],
  ['a TAR archive', `feed.csv${'\0'.repeat(249)}ustar\x0000`],
  ['a Parquet file', 'PAR1\x15\x04'],
  ['an SQLite database', 'SQLite format 3\0'],
  ['an XML file', '<?xml version="1.0"?><rss version="2.0">'],
  ['a binary file', '\x01\x02\x03\x04'.repeat(20)],
])('B24: refuses %s and names it', async (kind, start) => {
  const refusal = { code: 'NOT_TEXT', message: expect.stringContaining(kind) as string };
  await expect(sniff(binary(start))).rejects.toMatchObject(refusal);
  await expect(sniff(binary(start), 1)).rejects.toMatchObject(refusal);
});
