declare module '../platform/bus.ts' {
  interface BusTopics {
    /** What shoppers see of these stores, or of all stores of these merchants, has changed. */
    readonly catalogue: { readonly ids: readonly string[] };
  }
}

declare module './context.ts' {
  interface Services {
    readonly catalogueNews: CatalogueNews;
  }
}

/** Tells every node that answers which are kept for shoppers may be old. Whatever is not told shows soon all the same. */
export interface CatalogueNews {
  /** `id` is that of a store, or of a merchant whose stores are all meant. */
  announce(id: string): void;
}
