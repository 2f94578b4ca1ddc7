import { moveOf, withMoved, type Move } from './product-order.ts';

/**
 * The order of a page of products while somebody moves one, by hand or by keyboard: it is seen at once, and goes to
 * the server when the product is put down.
 */
export class Reorder {
  readonly #read: () => readonly string[];
  #order = $state.raw<readonly string[] | null>(null);
  #grabbed = $state.raw<string | null>(null);
  /** As it was when the product was picked up. */
  #before: readonly string[] = [];
  /** Since then the server's order was to count again. */
  #isOvertaken = false;

  /** `read`: the order as the server has it. */
  constructor(read: () => readonly string[]) {
    this.#read = read;
  }

  get order(): readonly string[] {
    return this.#order ?? this.#read();
  }
  /** The product that is being moved. */
  get grabbed(): string | null {
    return this.#grabbed;
  }
  indexOf(id: string): number {
    return this.order.indexOf(id);
  }

  grab(id: string): void {
    // Held by a key and then by hand, it is still where the key has moved it.
    if (this.#grabbed === id) return;
    this.#before = this.order;
    this.#isOvertaken = false;
    this.#grabbed = id;
  }

  /** True when that changes anything. */
  moveTo(index: number): boolean {
    const id = this.#grabbed;
    if (id === null) return false;
    const moved = withMoved(this.order, id, index);
    if (moved.indexOf(id) === this.indexOf(id)) return false;
    this.#order = moved;
    return true;
  }

  cancel(): void {
    if (this.#grabbed === null) return;
    this.#order = this.#isOvertaken ? null : this.#before;
    this.#grabbed = null;
  }

  /** What to tell the server; null when the product stands where it stood. */
  drop(): Move | null {
    const id = this.#grabbed;
    if (id === null) return null;
    const move = moveOf(this.#before, this.order, id);
    if (this.#isOvertaken) this.#order = null;
    this.#grabbed = null;
    return move;
  }

  /** The server has another order, or has not taken this one: its own counts again, once nothing is held. */
  forget(): void {
    if (this.#grabbed === null) this.#order = null;
    else this.#isOvertaken = true;
  }
}
