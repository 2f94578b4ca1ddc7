import { FeedRefusal } from '../../product-data/feed-refusal.ts';

const headBytes = 4096;

/**
 * The same bytes, as long as they can be a feed. Throws a FeedRefusal for a web page, for any other kind of
 * file that is known by its first bytes, and at the end for one that holds nothing but blanks.
 */
export async function* onlyFeedText(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let head: Head = { bytes: Buffer.alloc(0), isWide: false };
  let judged = false;
  for await (const chunk of chunks) {
    if (!judged) {
      head = extend(head, chunk);
      if (head.bytes.length >= headBytes) {
        refuseForeign(head);
        judged = true;
      }
    }
    yield chunk;
  }
  if (!judged) refuseForeign(head);
}

/** What a feed begins with once byte order mark, blanks, and the zeros of UTF-16 before them are left out. */
interface Head {
  readonly bytes: Buffer;
  /** It began with a byte order mark of UTF-16 or UTF-32. */
  readonly isWide: boolean;
}

/** The head with more of the file behind it, at least `headBytes` of it when there are as many. */
function extend({ bytes, isWide }: Head, chunk: Buffer): Head {
  const longer =
    bytes.length === 0 ? withoutBlanks(chunk) : Buffer.concat([bytes, chunk.subarray(0, headBytes)]);
  const mark = longer.toString('hex', 0, 3);
  if (mark === 'efbbbf') return { bytes: withoutBlanks(longer.subarray(3)), isWide };
  if (/^(fffe|feff)/.test(mark)) return { bytes: withoutBlanks(longer.subarray(2)), isWide: true };
  return { bytes: longer.subarray(0, headBytes), isWide };
}

/** NUL, tab, line feed, vertical tab, form feed, carriage return, blank. */
const blanks = new Set([0x00, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x20]);

function withoutBlanks(bytes: Buffer): Buffer {
  const start = bytes.findIndex((byte) => !blanks.has(byte));
  // A copy: it is kept for longer than a chunk is lent.
  return Buffer.from(start === -1 ? [] : bytes.subarray(start, start + headBytes));
}

function refuseForeign({ bytes, isWide }: Head): void {
  if (bytes.length === 0) throw new FeedRefusal('EMPTY');
  const text = bytes.toString('latin1');
  const kind = kinds.find(([, magic]) => magic.test(text))?.[0];
  if (kind !== undefined) throw new FeedRefusal('NOT_TEXT', { value: kind });
  const markup = text.replaceAll('\0', '');
  if (htmlElement.test(withoutProlog(markup))) throw new FeedRefusal('IS_HTML');
  if (xmlElement.test(markup)) throw new FeedRefusal('NOT_TEXT', { value: 'an XML file' });
  if (!isWide && isBinary(text)) throw new FeedRefusal('NOT_TEXT', { value: 'a binary file' });
}

/** Kinds of files by how they begin, as a sentence names them; the first that fits counts. */
const kinds: readonly [kind: string, magic: RegExp][] = [
  ['an Excel workbook', /^PK\x03\x04.*(\[Content_Types\]\.xml|xl\/|_rels\/)/s],
  ['an OpenDocument file', /^PK\x03\x04.{26}mimetypeapplication\/vnd\.oasis/s],
  ['a ZIP archive', /^PK(\x03\x04|\x05\x06|\x07\x08)/],
  ['an old Excel workbook', /^\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1/],
  ['a PDF document', /^%PDF-/],
  ['a PNG image', /^\x89PNG/],
  ['a JPEG image', /^\xff\xd8\xff/],
  ['a GIF image', /^GIF8[79]a/],
  ['a WebP image', /^RIFF.{4}WEBP/s],
  ['a 7-Zip archive', /^7z\xbc\xaf\x27\x1c/],
  ['a RAR archive', /^Rar!\x1a\x07/],
  ['a TAR archive', /^.{257}ustar[\x00 ]/s],
  ['a Parquet file', /^PAR1[\x00-\x1f]/],
  ['an SQLite database', /^SQLite format 3\x00/],
];

const htmlElement = /^<(!doctype\s+html|html|head|body|title|meta|script|style|link|div|h1|p|br)(?![\w-])/i;
const xmlElement = /^<(\?xml|rss|feed)(?![\w-])/i;

/** What follows after comments and an XML declaration. A loop: as a regular expression it has bad worst cases. */
function withoutProlog(markup: string): string {
  let rest = markup;
  for (;;) {
    const closing = rest.startsWith('<!--') ? '-->' : rest.startsWith('<?xml') ? '?>' : null;
    const end = closing === null ? -1 : rest.indexOf(closing);
    if (closing === null || end === -1) return rest;
    rest = rest.slice(end + closing.length).trimStart();
  }
}

/** Fewer bytes prove nothing; one in twenty would be many for a text with damaged places. */
const sampleBytes = 64;
const maxControlShare = 1 / 20;

/** True when control characters abound that no text has. NUL is left out: UTF-16 is full of it. */
function isBinary(text: string): boolean {
  const controls = text.match(/[\x01-\x08\x0e-\x19\x1c-\x1f]/g)?.length ?? 0;
  return text.length >= sampleBytes && controls > text.length * maxControlShare;
}
