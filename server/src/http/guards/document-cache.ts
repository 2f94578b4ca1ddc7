/** Keeps what was used last, by text, as long as all texts together are short enough. */
export class DocumentCache<Value> {
  readonly #entries = new Map<string, Value>();
  readonly #characters: number;
  #held = 0;

  constructor(characters: number) {
    this.#characters = characters;
  }

  get(text: string): Value | undefined {
    const value = this.#entries.get(text);
    if (value !== undefined) {
      // A map gives its keys in the order in which they were put in.
      this.#entries.delete(text);
      this.#entries.set(text, value);
    }
    return value;
  }

  set(text: string, value: Value): void {
    if (this.#entries.has(text) || text.length > this.#characters) return;
    this.#entries.set(text, value);
    this.#held += text.length;
    for (const [oldest] of this.#entries) {
      if (this.#held <= this.#characters) break;
      this.#entries.delete(oldest);
      this.#held -= oldest.length;
    }
  }
}
