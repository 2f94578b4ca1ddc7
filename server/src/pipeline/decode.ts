import { open } from 'node:fs/promises';
import iconv from 'iconv-lite';
import { FeedRefusal } from '../product-data/feed-refusal.ts';
import { EvidenceCounter, SequenceCounter, type Evidence } from './decode/evidence.ts';
import type { FeedText, SpooledFeed } from './types.ts';

/** Small enough to stay in the processor's caches; rows are views into these while their batch is written. */
const chunkBytes = 256 << 10;
/** Each look at the whole file goes through one buffer of this size. */
const scanBytes = 1 << 20;

interface Decision {
  /** Lower-case name as the WHATWG Encoding standard has it. */
  readonly encoding: string;
  /** Bytes of the byte order mark, which is left out of the text. */
  readonly markBytes: number;
  readonly damaged: boolean;
}

/**
 * The feed as UTF-8. The encoding is decided over the whole file, since the first byte that is not ASCII may
 * come late: byte order mark, UTF-16 by its zeros, strict UTF-8, UTF-8 with some damage, then the declared
 * single-byte charset, then Windows-1252, which holds all of ISO-8859-1 (WHATWG Encoding, section 4.2). What
 * a server declares never wins against what the bytes show. Throws a FeedRefusal for UTF-32 and UTF-7.
 */
export async function decode(feed: SpooledFeed): Promise<FeedText> {
  const counter = new EvidenceCounter();
  let head = Buffer.alloc(0);
  for await (const chunk of scanOf(feed.path)) {
    if (head.length < 4) head = Buffer.concat([head, chunk.subarray(0, 4)]);
    counter.push(chunk);
  }
  const evidence = counter.end();
  const decision =
    decideByMark(head, evidence) ?? decideByZeros(evidence) ?? (await decideByBytes(feed, evidence));
  return {
    encoding: decision.encoding,
    damaged: decision.damaged,
    bytes: feed.bytes,
    read: (onBytes) => textOf(feed.path, decision, onBytes),
  };
}

function decideByMark(head: Buffer, evidence: Evidence): Decision | null {
  const starts = (...mark: number[]) => mark.every((byte, at) => head[at] === byte);
  if (starts(0xff, 0xfe, 0, 0) || starts(0, 0, 0xfe, 0xff))
    throw new FeedRefusal('ENCODING_UNKNOWN', { value: 'UTF-32' });
  if (starts(0x2b, 0x2f, 0x76)) throw new FeedRefusal('ENCODING_UNKNOWN', { value: 'UTF-7' });
  if (starts(0xef, 0xbb, 0xbf)) return { encoding: 'utf-8', markBytes: 3, damaged: !evidence.validUtf8 };
  if (!starts(0xff, 0xfe) && !starts(0xfe, 0xff)) return null;
  // Marks that lie are known: the zeros beside ASCII letters show the true order of bytes.
  const marked = starts(0xff, 0xfe) ? 'utf-16le' : 'utf-16be';
  return { encoding: utf16ByZeros(evidence) ?? marked, markBytes: 2, damaged: true };
}

const enoughZeros = 0.3;
const nearlyAll = 0.9;

function decideByZeros(evidence: Evidence): Decision | null {
  const [first, second, third, fourth] = evidence.zeroShares;
  if (evidence.zeroShares.every((share) => share > nearlyAll)) {
    throw new FeedRefusal('NOT_TEXT', { value: 'a file of zero bytes' });
  }
  // Half of UTF-32's four bytes are zero in all but the rarest characters.
  const wide = (first > nearlyAll && second > nearlyAll) || (third > nearlyAll && fourth > nearlyAll);
  if (wide) throw new FeedRefusal('ENCODING_UNKNOWN', { value: 'UTF-32' });
  const encoding = utf16ByZeros(evidence);
  return encoding && { encoding, markBytes: 0, damaged: true };
}

function utf16ByZeros({ zeroShares: [first, second, third, fourth] }: Evidence) {
  const even = (first + third) / 2;
  const odd = (second + fourth) / 2;
  if (odd > enoughZeros && even < enoughZeros) return 'utf-16le';
  return even > enoughZeros && odd < enoughZeros ? 'utf-16be' : null;
}

async function decideByBytes(feed: SpooledFeed, evidence: Evidence): Promise<Decision> {
  if (evidence.validUtf8) return { encoding: 'utf-8', markBytes: 0, damaged: false };
  const sequences = new SequenceCounter();
  for await (const chunk of scanOf(feed.path)) sequences.push(chunk);
  sequences.end();
  // A text cut by its number of bytes leaves one broken sequence among many whole ones.
  if (sequences.whole >= 4 * sequences.broken) return { encoding: 'utf-8', markBytes: 0, damaged: true };
  return { encoding: singleByteCharset(feed.charset), markBytes: 0, damaged: true };
}

/** Whether the bytes of a feed alone tell this encoding, whatever a server declares. */
export const isToldByBytes = (encoding: string): boolean => encoding.startsWith('utf-');

/** Whether the bytes of a feed that was read in this encoding are read in it again, now that this charset is declared. */
export const isReadAgainIn = (encoding: string, charset: string | null): boolean =>
  isToldByBytes(encoding) || singleByteCharset(charset) === encoding;

/** The declared charset where it is one that European texts are written in, else Windows-1252. */
function singleByteCharset(charset: string | null): string {
  const name = charset?.trim().toLowerCase() ?? '';
  return /^(iso-8859-(2|15|16)|windows-125[07]|macintosh|ibm850)$/.test(name) ? name : 'windows-1252';
}

async function* textOf(
  path: string,
  { encoding, markBytes, damaged }: Decision,
  onBytes: (bytesRead: number) => void = () => undefined,
): AsyncGenerator<Buffer> {
  const decoder = encoding === 'utf-8' && !damaged ? null : decoderOf(encoding);
  let bytesRead = markBytes;
  for await (const chunk of chunksOf(path, markBytes)) {
    onBytes((bytesRead += chunk.length));
    yield decoder ? Buffer.from(decoder.write(chunk), 'utf8') : chunk;
  }
  const rest = decoder?.end();
  if (rest) yield Buffer.from(rest, 'utf8');
}

/** Turns what is no character into U+FFFD, lone surrogates included. */
function decoderOf(encoding: string) {
  // iconv-lite tears the surrogate pairs of UTF-16BE that lie across two chunks.
  if (!encoding.startsWith('utf-')) return iconv.getDecoder(encoding);
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  return {
    write: (bytes: Buffer) => decoder.decode(bytes, { stream: true }),
    end: () => decoder.decode(),
  };
}

/** The bytes from there on, each chunk in memory of its own. */
const chunksOf = (path: string, start: number) =>
  bytesOf(path, start, () => Buffer.allocUnsafeSlow(chunkBytes));

/** All bytes; a chunk holds them only until the next is asked for. */
function scanOf(path: string): AsyncGenerator<Buffer> {
  const buffer = Buffer.allocUnsafeSlow(scanBytes);
  return bytesOf(path, 0, () => buffer);
}

/** Less per byte than a stream of the file: that one would cost as much as all the rest of reading it. */
async function* bytesOf(path: string, start: number, nextBuffer: () => Buffer): AsyncGenerator<Buffer> {
  const file = await open(path);
  try {
    for (let at = start; ;) {
      const buffer = nextBuffer();
      const { bytesRead } = await file.read(buffer, 0, buffer.length, at);
      if (bytesRead === 0) return;
      at += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}
