import { isUtf8 } from 'node:buffer';

/** What the bytes of a whole file show of its encoding. */
export interface Evidence {
  /** Every sequence of bytes is one that UTF-8 has (RFC 3629). */
  readonly validUtf8: boolean;
  /** Share of zeros among the bytes at offsets 0, 1, 2 and 3 modulo 4, over the first megabyte. */
  readonly zeroShares: readonly [number, number, number, number];
}

const zeroSampleBytes = 1 << 20;

/** Gathers evidence over the chunks of a file, at the speed of reading it. Keeps no view of a chunk. */
export class EvidenceCounter {
  #tail: Buffer = Buffer.alloc(0);
  #validUtf8 = true;
  #zeros: [number, number, number, number] = [0, 0, 0, 0];
  #sampled = 0;

  push(chunk: Buffer): void {
    if (this.#sampled < zeroSampleBytes) this.#countZeros(chunk);
    if (!this.#validUtf8) return;
    const bytes = this.#tail.length === 0 ? chunk : Buffer.concat([this.#tail, chunk]);
    const whole = bytes.length - openSequenceLength(bytes);
    this.#validUtf8 = isUtf8(bytes.subarray(0, whole));
    this.#tail = Buffer.from(bytes.subarray(whole));
  }

  end(): Evidence {
    const share = (zeros: number) => (this.#sampled === 0 ? 0 : (4 * zeros) / this.#sampled);
    const [a, b, c, d] = this.#zeros;
    return {
      validUtf8: this.#validUtf8 && this.#tail.length === 0,
      zeroShares: [share(a), share(b), share(c), share(d)],
    };
  }

  #countZeros(chunk: Buffer): void {
    for (let at = chunk.indexOf(0); at >= 0; at = chunk.indexOf(0, at + 1)) {
      this.#zeros[((this.#sampled + at) & 3) as 0 | 1 | 2 | 3]++;
    }
    this.#sampled += chunk.length;
  }
}

/** Counts sequences of several bytes that are whole, and bytes that belong to none. */
export class SequenceCounter {
  whole = 0;
  broken = 0;
  #tail: Buffer = Buffer.alloc(0);

  push(chunk: Buffer): void {
    const bytes = Buffer.concat([this.#tail, chunk]);
    const end = bytes.length - openSequenceLength(bytes);
    this.#count(bytes.subarray(0, end));
    this.#tail = Buffer.from(bytes.subarray(end));
  }

  end(): void {
    this.#count(this.#tail);
  }

  #count(bytes: Buffer): void {
    for (let at = 0; at < bytes.length;) {
      const length = sequenceLength(bytes, at);
      if (length > 1) this.whole++;
      else if (length === 0) this.broken++;
      at += Math.max(length, 1);
    }
  }
}

/** How many bytes at the end, 0 to 3, may begin a sequence which the next chunk completes. */
function openSequenceLength(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < announcedLength(byte) ? back : 0;
  }
  return 0;
}

const announcedLength = (byte: number) => (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc2 ? 2 : 1);

/** Length of the sequence at this place by RFC 3629, section 4; 1 for ASCII, 0 when there is none. */
function sequenceLength(bytes: Buffer, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  const second = bytes[at + 1] ?? 0;
  const lowest = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const highest = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  if (second < lowest || second > highest) return 0;
  const length = announcedLength(first);
  for (let next = 2; next < length; next++) if (((bytes[at + next] ?? 0) & 0xc0) !== 0x80) return 0;
  return length;
}
