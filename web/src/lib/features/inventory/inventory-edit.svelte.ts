import { problemWords } from '#lib/features/import/problem-words.ts';
import { refusalSentence, type Refusal } from '#lib/features/answers/refusal-sentence.ts';
import type { Answer } from '#lib/graphql/api.svelte.ts';
import type { ProductChangeInput, SaveInventoryMutation } from '#lib/graphql/generated/graphql.ts';
import { m } from '#lib/paraglide/messages.js';
import {
  cells,
  inputOf,
  isReadable,
  plainText,
  storedText,
  type Cell,
  type InventoryProduct,
} from './inventory-cells.ts';

type Send = (products: readonly ProductChangeInput[]) => Promise<Answer<SaveInventoryMutation>>;
type Texts = Readonly<Partial<Record<Cell, string>>>;

interface Draft {
  /** As it was when it was changed first. */
  readonly product: InventoryProduct;
  readonly texts: Texts;
}
/** Why it was not saved; `cell` is null where the whole product is meant. */
export interface Fault {
  readonly product: InventoryProduct;
  readonly cell: Cell | null;
  readonly sentence: string;
}

/** As many products as the API changes at a time. */
const partSize = 500;

/**
 * Cells that were changed and not saved yet, on whatever page of the list they are. All are saved together or none,
 * as far as the API takes them at a time: after a refusal everything typed that is not saved is still there.
 */
export class InventoryEdit {
  readonly #send: Send;
  #drafts = $state.raw<ReadonlyMap<string, Draft>>(new Map());
  /** Products as they were saved here: what was read before is older. */
  #saved = $state.raw<ReadonlyMap<string, InventoryProduct>>(new Map());
  #faults = $state.raw<readonly Fault[]>([]);
  #problem = $state<string | null>(null);
  #busy = $state(false);
  /** What is being saved at this moment. */
  #sent: ReadonlyMap<string, Texts> = new Map();
  #savedCount = $state(0);
  #savedBefore = $state(0);

  constructor(send: Send) {
    this.#send = send;
  }

  get busy(): boolean {
    return this.#busy;
  }
  get productCount(): number {
    return this.#drafts.size;
  }
  get cellCount(): number {
    return [...this.#drafts.values()].reduce((sum, { texts }) => sum + Object.keys(texts).length, 0);
  }
  get dirty(): boolean {
    return this.#drafts.size > 0;
  }
  /** Why the last attempt to save failed, where that is about some products; empty otherwise. */
  get faults(): readonly Fault[] {
    return this.#faults;
  }
  /** The same, where it is about none in particular. */
  get problem(): string | null {
    return this.#problem;
  }
  /** How many products of the last attempt were saved before a part of it was refused; 0 for none. */
  get savedBefore(): number {
    return this.#savedBefore;
  }
  /** How many products were saved last, until something is changed again; 0 for none. */
  get savedCount(): number {
    return this.#savedCount;
  }

  /** The product as it is stored, where what was read may be older. */
  latest(product: InventoryProduct): InventoryProduct {
    const saved = this.#saved.get(product.id);
    return saved && saved.updatedAt > product.updatedAt ? saved : product;
  }
  textOf(product: InventoryProduct, cell: Cell): string {
    return this.#drafts.get(product.id)?.texts[cell] ?? storedText(product, cell);
  }
  isChanged(product: InventoryProduct, cell: Cell): boolean {
    return this.#drafts.get(product.id)?.texts[cell] !== undefined;
  }
  faultOf(product: InventoryProduct, cell: Cell): string | null {
    return (
      this.#faults.find((fault) => fault.product.id === product.id && fault.cell === cell)?.sentence ?? null
    );
  }

  set(product: InventoryProduct, cell: Cell, text: string): void {
    const others: Texts = { ...this.#drafts.get(product.id)?.texts };
    Reflect.deleteProperty(others, cell);
    // What is on its way is stored soon: taking it back is a change then.
    const sent = this.#sent.get(product.id)?.[cell] !== undefined;
    const same = !sent && plainText(cell, text) === storedText(product, cell);
    this.#put(product, same ? others : { ...others, [cell]: text });
    this.#faults = this.#faults.filter((fault) => fault.product.id !== product.id || fault.cell !== cell);
    this.#savedCount = 0;
  }
  /** Takes a cell back; false when there was nothing to take back. */
  undo(product: InventoryProduct, cell: Cell): boolean {
    const changed = this.isChanged(product, cell);
    if (changed) this.set(product, cell, storedText(product, cell));
    return changed;
  }
  discard(): void {
    this.#drafts = new Map();
    this.#faults = [];
    this.#problem = null;
  }

  /** True when all of it is saved. */
  async save(): Promise<boolean> {
    if (this.#busy || !this.dirty) return false;
    this.#problem = null;
    this.#savedBefore = 0;
    if (!this.#areReadable([...this.#drafts.values()])) return false;
    this.#busy = true;
    this.#savedCount = 0;
    const { count, all } = await this.#saveParts([...this.#drafts.keys()]).finally(
      () => (this.#busy = false),
    );
    if (all) this.#savedCount = count;
    else this.#savedBefore = count;
    return all;
  }

  /** Part by part, until one is refused; how many products were saved, and whether that is all of them. */
  async #saveParts(ids: readonly string[]): Promise<{ count: number; all: boolean }> {
    let count = 0;
    for (let at = 0; at < ids.length; at += partSize) {
      // As they are by now: what was taken back while the parts before were saved is not sent.
      const drafts = ids.slice(at, at + partSize).flatMap((id) => this.#drafts.get(id) ?? []);
      if (drafts.length === 0) continue;
      if (!this.#areReadable(drafts) || !(await this.#savePart(drafts))) return { count, all: false };
      count += drafts.length;
    }
    return { count, all: true };
  }
  /** False when any of them holds what is no quantity, which is said then. */
  #areReadable(drafts: readonly Draft[]): boolean {
    this.#faults = drafts.flatMap(unreadable);
    return this.#faults.length === 0;
  }
  async #savePart(drafts: readonly Draft[]): Promise<boolean> {
    this.#sent = new Map(drafts.map(({ product, texts }) => [product.id, texts]));
    const changes = drafts.map(({ product, texts }) => inputOf(product.id, plain(texts)));
    const { data, problem } = await this.#send(changes).finally(() => (this.#sent = new Map()));
    if (problem === null && !('code' in data.updateProducts)) {
      this.#take(data.updateProducts.products);
      return true;
    }
    for (const { product } of drafts) this.#settle(product);
    if (problem !== null) this.#problem = problemWords(problem);
    else if ('code' in data.updateProducts) this.#refused(drafts, data.updateProducts);
    return false;
  }

  /** What was typed on while it was being saved stays changed. */
  #take(products: readonly InventoryProduct[]): void {
    this.#saved = new Map([...this.#saved, ...products.map((product) => [product.id, product] as const)]);
    for (const product of products) this.#settle(product);
  }
  /** Leaves of its changes those that differ from what is stored. */
  #settle(product: InventoryProduct): void {
    const texts = this.#drafts.get(product.id)?.texts ?? {};
    const kept = cells.filter((cell) => {
      const text = texts[cell];
      return text !== undefined && plainText(cell, text) !== storedText(product, cell);
    });
    this.#put(product, Object.fromEntries(kept.map((cell) => [cell, texts[cell]])));
  }
  #refused(drafts: readonly Draft[], refusal: Refusal): void {
    const path = refusal.path ?? [];
    const at = path.indexOf('products');
    const product = at < 0 ? undefined : drafts[Number(path[at + 1])]?.product;
    const sentence = refusalSentence(refusal);
    if (!product) this.#problem = sentence;
    else this.#faults = [{ product, cell: cells.find((cell) => cell === path.at(-1)) ?? null, sentence }];
  }
  #put(product: InventoryProduct, texts: Texts): void {
    const drafts = new Map(this.#drafts);
    if (Object.keys(texts).length === 0) drafts.delete(product.id);
    else drafts.set(product.id, { product, texts });
    this.#drafts = drafts;
  }
}

const entriesOf = (texts: Texts) => Object.entries(texts) as [Cell, string][];

const plain = (texts: Texts): Texts =>
  Object.fromEntries(entriesOf(texts).map(([cell, text]) => [cell, plainText(cell, text)]));

const unreadable = ({ product, texts }: Draft): Fault[] =>
  entriesOf(texts).flatMap(([cell, text]) =>
    isReadable(cell, plainText(cell, text)) ? [] : { product, cell, sentence: m.inventory_no_quantity() },
  );
