import type { ServerResponse } from 'node:http';
import { AddressCount } from './address-count.ts';

/** Answers that have no end of their own: server-sent events. */
export class OpenStreams {
  readonly #responses = new Set<ServerResponse>();
  readonly #addresses: AddressCount;

  constructor(perAddress: number) {
    this.#addresses = new AddressCount(perAddress);
  }

  /** Holds the answer until it closes; false when the address has as many as it may have. */
  open(address: string, response: ServerResponse): boolean {
    if (!this.#addresses.add(address)) return false;
    this.#responses.add(response);
    response.once('close', () => {
      this.#responses.delete(response);
      this.#addresses.remove(address);
    });
    return true;
  }

  /** Breaks all of them off: a client then connects again, where an end in good order would end it there too. */
  close(): void {
    for (const response of this.#responses) response.destroy();
  }
}
