import { InvalidInputError } from '../../graphql/errors.ts';
import type { Availability } from '../../product-data/availability.ts';

/** Which of a store's products a shopper wants to see: those for which everything holds that is not null. */
export interface StorefrontFilter {
  readonly search?: string | null | undefined;
  /** One of these, as they are written. Empty means any. */
  readonly brand?: readonly string[] | null | undefined;
  /** One of these, as it is now. Empty means any. */
  readonly availability?: readonly Availability[] | null | undefined;
  readonly featured?: boolean | null | undefined;
}

const limits = { searchCharacters: 100, brands: 20, brandCharacters: 200 } as const;

/** Throws InvalidInputError for what is longer than anybody could mean it. */
export function checkFilter({ search, brand }: StorefrontFilter): void {
  const { searchCharacters, brands, brandCharacters } = limits;
  if ((search ?? '').length > searchCharacters)
    throw new InvalidInputError(`Search for at most ${searchCharacters} characters.`, ['search']);
  if ((brand ?? []).length > brands)
    throw new InvalidInputError(`Ask for at most ${brands} brands at a time.`, ['brand']);
  if ((brand ?? []).some((name) => name.length > brandCharacters))
    throw new InvalidInputError(`A brand has at most ${brandCharacters} characters.`, ['brand']);
}
