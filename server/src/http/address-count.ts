import { addressKey } from '../shared/address-key.ts';

/** How many of something each address has, or each /64 of IPv6; one that has none takes no room. */
export class AddressCount {
  readonly #counts = new Map<string, number>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** False, and nothing changed, when the address has as many as it may have. */
  add(address: string): boolean {
    const key = addressKey(address);
    const count = this.#counts.get(key) ?? 0;
    if (count >= this.#limit) return false;
    this.#counts.set(key, count + 1);
    return true;
  }

  remove(address: string): void {
    const key = addressKey(address);
    const count = (this.#counts.get(key) ?? 0) - 1;
    if (count > 0) this.#counts.set(key, count);
    else this.#counts.delete(key);
  }
}
