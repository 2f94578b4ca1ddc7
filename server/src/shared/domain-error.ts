/** A refusal that a service gives: its caller can do something about it. */
export abstract class DomainError extends Error {
  /** Stable; part of the API. */
  abstract readonly code: string;
  /** The field of the input that is meant, from the outside in; null when it is none. */
  readonly path: readonly string[] | null;

  constructor(message: string, path: readonly string[] | null = null) {
    super(message);
    this.name = new.target.name;
    this.path = path;
  }
}
