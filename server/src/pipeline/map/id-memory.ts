/** 96 bits of an id's hash and the number of the row that bore it, in four 32-bit words a slot. */
const slotWords = 4;
const segments = 64;
const firstSlots = 16;
/** Fullest and emptiest a segment gets: 21 to 32 bytes an id. */
const maxLoad = 0.75;
const growth = 1.5;

/**
 * Which row first bore each id of a feed, in at most 32 bytes an id. Ids are compared by 96 bits of hash: two of
 * ten million ids share one with a probability of 10⁻¹⁵. Segments grow one at a time, so that growing never needs
 * the memory twice.
 */
export class IdMemory {
  // By chance, so that no feed can be made whose ids all fall into one place and are slow to find.
  readonly #seeds = crypto.getRandomValues(new Uint32Array(3));
  readonly #segments = Array.from({ length: segments }, () => new Segment());

  /** The number of the earlier row with this id; or 0, and the id is this row's from now on. */
  claim(id: string, rowNumber: number): number {
    const first = hashOf(id, this.#seeds[0] as number);
    const second = hashOf(id, this.#seeds[1] as number);
    const third = hashOf(id, this.#seeds[2] as number);
    const segment = this.#segments[third & (segments - 1)] as Segment;
    return segment.claim(first, second, third, rowNumber);
  }

  /** True for an id that was claimed. */
  has(id: string): boolean {
    const first = hashOf(id, this.#seeds[0] as number);
    const second = hashOf(id, this.#seeds[1] as number);
    const third = hashOf(id, this.#seeds[2] as number);
    return (this.#segments[third & (segments - 1)] as Segment).has(first, second, third);
  }
}

class Segment {
  #slots = firstSlots;
  #used = 0;
  #words = new Uint32Array(firstSlots * slotWords);

  claim(first: number, second: number, third: number, rowNumber: number): number {
    if (this.#used + 1 > this.#slots * maxLoad) this.#grow();
    const at = this.#find(first, second, third);
    const known = this.#words[at + 3] as number;
    if (known !== 0) return known;
    this.#words.set([first, second, third, rowNumber], at);
    this.#used++;
    return 0;
  }

  has(first: number, second: number, third: number): boolean {
    return this.#words[this.#find(first, second, third) + 3] !== 0;
  }

  /** Index of the slot that holds this hash, or of the free one where it belongs. */
  #find(first: number, second: number, third: number): number {
    const words = this.#words;
    for (let slot = first % this.#slots; ; slot = slot + 1 === this.#slots ? 0 : slot + 1) {
      const at = slot * slotWords;
      if (words[at + 3] === 0) return at;
      if (words[at] === first && words[at + 1] === second && words[at + 2] === third) return at;
    }
  }

  #grow(): void {
    const old = this.#words;
    this.#slots = Math.ceil(this.#slots * growth);
    this.#words = new Uint32Array(this.#slots * slotWords);
    for (let at = 0; at < old.length; at += slotWords) {
      if (old[at + 3] === 0) continue;
      const slot = old.subarray(at, at + slotWords);
      this.#words.set(slot, this.#find(slot[0] as number, slot[1] as number, slot[2] as number));
    }
  }
}

/** 32 bits over the UTF-16 units of a text: the mixing of MurmurHash3. */
function hashOf(text: string, seed: number): number {
  let hash = seed;
  for (let at = 0; at < text.length; at++) {
    let unit = Math.imul(text.charCodeAt(at), 0xcc9e2d51);
    unit = (unit << 15) | (unit >>> 17);
    hash ^= Math.imul(unit, 0x1b873593);
    hash = (hash << 13) | (hash >>> 19);
    hash = (Math.imul(hash, 5) + 0xe6546b64) | 0;
  }
  hash ^= text.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
