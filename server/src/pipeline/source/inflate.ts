import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip } from 'node:zlib';
import { FeedRefusal } from '../../product-data/feed-refusal.ts';
import { freed } from './freed.ts';
import { limitBytes } from './limit-bytes.ts';
import { sizeText } from './limits.ts';
import { peek } from './peek.ts';

export interface Packing {
  /** What the sender says was done to the body, in that order; a claim that its bytes have to confirm. */
  readonly declared: readonly string[];
  readonly maxBytes: number;
}

type Packer = 'gzip' | 'brotli';

/** A static `.csv.gz` that the server packs once more on its way is found in the wild; a third layer is not. */
const maxLayers = 2;
const peekBytes = 512;
const outputBytes = 64 * 1024;

/**
 * The body as it was before it was packed: gzip by its magic bytes (RFC 1952 2.3.1), brotli, which has none,
 * by what is declared. Plain text that claims to be packed is read as it is. Throws a FeedRefusal when it is
 * packed otherwise, damaged, cut off, or larger than `maxBytes`, counted while it is unpacked.
 */
export async function* unpacked(
  chunks: AsyncIterable<Buffer>,
  { declared, maxBytes }: Packing,
  layer = 1,
): AsyncGenerator<Buffer> {
  const { head, all } = await peek(chunks, peekBytes);
  const packer = packerOf(head, declared.at(-1) ?? null);
  if (packer === null) {
    yield* layer === 1 ? limited(all, maxBytes) : all;
    return;
  }
  if (layer > maxLayers) throw new FeedRefusal('COMPRESSION_UNKNOWN', { value: `${packer}, several times` });
  yield* unpacked(
    limited(inflate(all, packer), maxBytes),
    { declared: declared.slice(0, -1), maxBytes },
    layer + 1,
  );
}

const limited = (chunks: AsyncIterable<Buffer>, maxBytes: number) =>
  limitBytes(chunks, maxBytes, () => new FeedRefusal('INFLATED_TOO_LARGE', { limit: sizeText(maxBytes) }));

const unsupported: readonly [name: string, magic: string][] = [
  ['zstd', '28b52ffd'],
  ['xz', 'fd377a585a00'],
  ['lz4', '04224d18'],
  ['compress', '1f9d'],
];

function packerOf(head: Buffer, declared: string | null): Packer | null {
  const start = head.toString('hex', 0, 16);
  if (start.startsWith('1f8b')) return 'gzip';
  const found = unsupported.find(([, magic]) => start.startsWith(magic));
  if (found) throw new FeedRefusal('COMPRESSION_UNKNOWN', { value: found[0] });
  // "BZh", a level, and the digits of pi: the first three alone could begin a header.
  if (/^425a683.314159265359/.test(start)) throw new FeedRefusal('COMPRESSION_UNKNOWN', { value: 'bzip2' });

  if (declared === null || declared === 'gzip' || looksLikeText(head)) return null;
  if (declared === 'br') return 'brotli';
  throw new FeedRefusal('COMPRESSION_UNKNOWN', { value: declared });
}

/** True for UTF-8 without control characters, which packed bytes are not for long. */
function looksLikeText(head: Buffer): boolean {
  if (/[\x00-\x08\x0b\x0c\x0e-\x1f]/.test(head.toString('latin1'))) return false;
  try {
    // A stream, because the head may end within a character.
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}

async function* inflate(chunks: AsyncIterable<Buffer>, packer: Packer): AsyncGenerator<Buffer> {
  const options = { chunkSize: outputBytes };
  const inflater = packer === 'gzip' ? createGunzip(options) : createBrotliDecompress(options);
  const fed = pipeline(kept(chunks), inflater);
  // Whatever goes wrong also destroys the inflater, and is thrown to its reader below.
  fed.catch(() => undefined);
  try {
    yield* freed(inflater);
  } catch (error) {
    throw unpackingRefusal(error);
  }
}

/** Copies: zlib takes more than one chunk before it has read the first, and each is lent until the next. */
async function* kept(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) yield Buffer.from(chunk);
}

function unpackingRefusal(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  // zlib's name for an end in the middle.
  if (code === 'Z_BUF_ERROR') return new FeedRefusal('TRUNCATED');
  if (/^(Z_DATA_ERROR|Z_NEED_DICT|ERR__ERROR_FORMAT|ERR_BROTLI)/.test(code))
    return new FeedRefusal('COMPRESSION_BROKEN');
  return error;
}
