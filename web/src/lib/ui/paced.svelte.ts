/**
 * A value that comes faster than anybody reads, drawn at most four times a second. The last one is always
 * drawn. `stop` belongs into the end of the component that made it.
 */
export class Paced<Value> {
  readonly #pauseMs: number;
  #shown = $state.raw() as Value;
  #waiting: { readonly value: Value } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(first: Value, pauseMs = 250) {
    this.#shown = first;
    this.#pauseMs = pauseMs;
  }

  get shown(): Value {
    return this.#shown;
  }

  take(value: Value): void {
    if (this.#timer) {
      this.#waiting = { value };
      return;
    }
    this.#shown = value;
    this.#timer = setTimeout(() => this.#draw(), this.#pauseMs);
  }

  /** For what must not wait: the end of something. */
  takeAtOnce(value: Value): void {
    this.stop();
    this.#shown = value;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting = undefined;
  }

  #draw(): void {
    this.#timer = undefined;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting) this.take(waiting.value);
  }
}
