import { page } from '$app/state';
import { pageOfAddress } from '#lib/features/answers/page-of-list.ts';
import { MerchantPageDocument, type MerchantPageQuery } from '#lib/graphql/generated/graphql.ts';
import { useReading, type Reading } from '#lib/graphql/reading.svelte.ts';

export interface MerchantOfAddress {
  readonly id: string;
  readonly reading: Reading<MerchantPageQuery>;
  /** null until it is read, and when there is none. */
  readonly merchant: MerchantPageQuery['merchant'] | null;
}

/** The merchant whose id the address has, with a page of its stores. To be called while a component is set up. */
export function useMerchant(): MerchantOfAddress {
  const id = $derived(page.params['id'] ?? '');
  const reading = useReading(MerchantPageDocument, () => ({
    id,
    ...pageOfAddress(page.url.searchParams, 25),
  }));
  const known = $derived(reading.data?.merchant ?? null);
  // Another page of its stores is the same merchant; another address is not.
  const merchant = $derived(reading.current || known?.id === id ? known : null);
  return {
    get id() {
      return id;
    },
    reading,
    get merchant() {
      return merchant;
    },
  };
}
