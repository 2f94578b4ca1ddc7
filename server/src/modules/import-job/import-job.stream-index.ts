import type { JobStream } from './import-job.stream.ts';

const none: ReadonlySet<JobStream> = new Set();

/** Streams by what they are about: found without looking at the others. */
export class StreamIndex {
  readonly #streams = new Map<string, Set<JobStream>>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(key: string, stream: JobStream): void {
    const streams = this.#streams.get(key) ?? new Set();
    if (!streams.has(stream)) this.#size += 1;
    this.#streams.set(key, streams.add(stream));
  }

  delete(key: string, stream: JobStream): void {
    const streams = this.#streams.get(key);
    if (streams?.delete(stream)) this.#size -= 1;
    if (streams?.size === 0) this.#streams.delete(key);
  }

  get(key: string): ReadonlySet<JobStream> {
    return this.#streams.get(key) ?? none;
  }

  keys(): Iterable<string> {
    return this.#streams.keys();
  }

  /** All of them, as they are now. */
  all(): readonly JobStream[] {
    return [...this.#streams.values()].flatMap((streams) => [...streams]);
  }
}
