import { WriteConnection, type WriteDatabase } from './connection.ts';

/** Connections, each with one batch at a time. The first failure stops all. */
export class Lanes {
  readonly #connections: WriteConnection[];
  readonly #idle: WriteConnection[];
  readonly #width: () => number;
  readonly #running = new Set<Promise<void>>();
  #failure: { error: unknown } | null = null;

  /** `widthNow` says how many of them may be at work; one always may. */
  constructor(database: WriteDatabase, count: number, widthNow: () => number) {
    this.#connections = Array.from({ length: count }, () => new WriteConnection(database));
    this.#idle = [...this.#connections];
    this.#width = () => Math.max(1, Math.min(count, widthNow()));
  }

  /** Resolves as soon as the work has a connection; its failure is thrown by a later call. */
  async run(work: (connection: WriteConnection) => Promise<void>): Promise<void> {
    while (this.#running.size >= this.#width() && !this.#failure) await Promise.race(this.#running);
    if (this.#failure) throw this.#failure.error;
    const connection = this.#idle.pop() as WriteConnection;
    const running = work(connection)
      .catch((error: unknown) => void (this.#failure ??= { error }))
      .finally(() => {
        this.#idle.push(connection);
        this.#running.delete(running);
      });
    this.#running.add(running);
  }

  /** Waits until all work is done, and throws its first failure. */
  async settle(): Promise<void> {
    await Promise.all(this.#running);
    if (this.#failure) throw this.#failure.error;
  }

  async close(): Promise<void> {
    await Promise.all(this.#running);
    await Promise.all(this.#connections.map((connection) => connection.close()));
  }
}
