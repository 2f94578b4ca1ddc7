/** People read what they have got before they ask again: so long after a question they still count as being there. */
const lingerNs = 5_000_000_000n;

/** Whether somebody uses this process, for all of its threads to read. */
export class RecentUse {
  /** What another thread makes its own of. */
  readonly memory: SharedArrayBuffer;
  /** Nanoseconds of the machine's own clock, which all threads have and nobody sets. */
  readonly #until: BigInt64Array;

  constructor(memory = new SharedArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT)) {
    this.memory = memory;
    this.#until = new BigInt64Array(memory);
  }

  /** Somebody asks for something, or has just been answered. */
  note(): void {
    Atomics.store(this.#until, 0, process.hrtime.bigint() + lingerNs);
  }

  /** True for five seconds after the last note. */
  isRecent(): boolean {
    return process.hrtime.bigint() < Atomics.load(this.#until, 0);
  }
}
