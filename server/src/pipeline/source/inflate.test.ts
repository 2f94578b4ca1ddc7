// @module-tag pipeline
// @module-tag hostile
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { collected, lending } from '../../../test/lending.ts';
import { unpacked } from './inflate.ts';

const text = Array.from({ length: 500 }, (_, row) => `${row},Lamp ${row * 7919}\n`).join('');
const gzip = gzipSync(text);
const brotli = brotliCompressSync(text);

async function unpack(bytes: Buffer, declared: string[], size = 1000, maxBytes = 1e6): Promise<string> {
  const chunks = unpacked(lending(bytes, size), { declared, maxBytes });
  return (await collected(chunks)).toString();
}

test.each([
  ['gzip, declared', gzip, ['gzip']],
  ['gzip, not declared', gzip, []],
  ['gzip declared as brotli', gzip, ['br']],
  ['gzip in two members', Buffer.concat([gzipSync(text.slice(0, 50)), gzipSync(text.slice(50))]), []],
  ['gzip of gzip, declared once', gzipSync(gzip), ['gzip']],
  ['gzip of gzip, declared twice', gzipSync(gzip), ['gzip', 'gzip']],
  ['brotli', brotli, ['br']],
  ['brotli of gzip', brotliCompressSync(gzip), ['gzip', 'br']],
  ['gzip of brotli', gzipSync(brotli), ['br', 'gzip']],
  ['brotli, declared twice by mistake', brotli, ['br', 'br']],
  ['plain text', Buffer.from(text), []],
  ['plain text declared as gzip', Buffer.from(text), ['gzip']],
  ['plain text declared as brotli', Buffer.from(text), ['br']],
  ['plain text declared as zstd', Buffer.from(text), ['zstd']],
])('B23: reads %s', async (_kind, bytes, declared) => {
  expect([await unpack(bytes, declared), await unpack(bytes, declared, 1)]).toEqual([text, text]);
});

test.each([['br'], ['gzip']])('B23: reads the shortest text, declared as %s', async (declared) => {
  expect(await unpack(Buffer.from('id'), [declared])).toBe('id');
  expect(await unpack(Buffer.alloc(0), [declared])).toBe('');
});

test.each([
  ['zstd', zstdCompressSync(text), ['zstd']],
  ['zstd', zstdCompressSync(text), []],
  ['deflate', deflateSync(text), ['deflate']],
  ['xz', Buffer.from('fd377a585a000004', 'hex'), []],
  ['bzip2', Buffer.from('425a6839314159265359', 'hex'), []],
  ['gzip, several times', gzipSync(gzipSync(gzip)), []],
])('B23: refuses %s by name', async (name, bytes, declared) => {
  const refusal = { code: 'COMPRESSION_UNKNOWN', message: expect.stringContaining(`"${name}"`) as string };
  await expect(unpack(bytes, declared)).rejects.toMatchObject(refusal);
});

test.each([
  ['gzip, in the middle', gzip.subarray(0, gzip.length / 2), []],
  ['gzip, within its trailer', gzip.subarray(0, -3), []],
  ['gzip, within its header', gzip.subarray(0, 6), []],
  ['the inner one of two gzips', gzipSync(gzip.subarray(0, -20)), []],
  ['brotli, near its end', brotli.subarray(0, -3), ['br']],
])('B19: refuses as truncated: %s', async (_kind, bytes, declared) => {
  await expect(unpack(bytes, declared)).rejects.toMatchObject({ code: 'TRUNCATED' });
});

const damaged = (bytes: Buffer, offset: number) => {
  const copy = Buffer.from(bytes);
  copy.writeUInt8(copy.readUInt8(offset) ^ 0xff, offset);
  return copy;
};

test.each([
  ['a checksum of gzip', damaged(gzip, gzip.length - 6), []],
  ['the method of gzip', damaged(gzip, 2), []],
  ['a table of gzip', damaged(gzip, 12), []],
  ['what follows gzip', Buffer.concat([gzip, Buffer.from('and more')]), []],
  ['brotli', Buffer.alloc(1000, 0xff), ['br']],
])('B19: refuses as damaged: %s', async (_kind, bytes, declared) => {
  await expect(unpack(bytes, declared)).rejects.toMatchObject({ code: 'COMPRESSION_BROKEN' });
});

test.each([
  ['gzip', gzipSync(Buffer.alloc(1e6, 'a')), []],
  ['gzip of gzip', gzipSync(gzipSync(Buffer.alloc(1e6, 'a'))), []],
  ['brotli', brotliCompressSync(Buffer.alloc(1e6, 'a')), ['br']],
  ['plain text', Buffer.alloc(1e6, 'a'), []],
])('B22: refuses %s that is larger than the limit, not one at the limit', async (_kind, bytes, declared) => {
  await expect(unpack(bytes, declared, 1000, 1e6 - 1)).rejects.toMatchObject({ code: 'INFLATED_TOO_LARGE' });
  expect(await unpack(bytes, declared, 1000, 1e6)).toHaveLength(1e6);
});

test('a fault of the sender is not taken for one of the packing', async () => {
  const fault = new Error('the disk is gone');
  const chunks = async function* () {
    yield gzip.subarray(0, 1000);
    throw fault;
  };
  await expect(Array.fromAsync(unpacked(chunks(), { declared: [], maxBytes: 1e6 }))).rejects.toBe(fault);
});
