/** What decides whether a store is open to shoppers. */
interface Shop {
  readonly active: boolean;
  readonly merchant: { readonly active: boolean };
}

/** Shoppers see the stores that are switched on, of merchants that are. Who asks makes no difference. */
export const isOpen = ({ active, merchant }: Shop): boolean => active && merchant.active;
