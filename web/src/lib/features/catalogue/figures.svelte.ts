import { getContext, setContext } from 'svelte';
import { CatalogueFiguresDocument, type CatalogueFiguresQuery } from '#lib/graphql/generated/graphql.ts';
import { useReading } from '#lib/graphql/reading.svelte.ts';

type Figures = NonNullable<CatalogueFiguresQuery['store']>;

/** How many products a store has, in its shop and from the marketplace; each null until it is known. */
export interface CatalogueFigures {
  readonly catalogue: Figures['catalogue'] | null;
  readonly marketplace: number | null;
  again: () => void;
}

const key = Symbol('catalogue figures');

/** For the layout of a store's products; to be called while it is set up. */
export function provideFigures(storeCode: () => string): CatalogueFigures {
  const reading = useReading(CatalogueFiguresDocument, () => ({ code: storeCode() }));
  return setContext<CatalogueFigures>(key, {
    get catalogue() {
      return reading.data?.store?.catalogue ?? null;
    },
    get marketplace() {
      return reading.data?.store?.marketplaceProductCount ?? null;
    },
    again: reading.again,
  });
}
export const useFigures = (): CatalogueFigures => getContext(key);
