import { readingProblemWords } from '#lib/features/import/problem-words.ts';
import type { Format } from '#lib/format/format.svelte.ts';
import type { Api } from '#lib/graphql/api.svelte.ts';
import {
  CatalogueIdsDocument,
  ChangeCatalogueProductsDocument,
  type ProductFilter,
} from '#lib/graphql/generated/graphql.ts';
import { m } from '#lib/paraglide/messages.js';
import { refusalOf } from './catalogue-changes.ts';

/** So many can be featured or switched at a time: a shop that shows off more shows off none. */
export const mostChanged = 2_000;
const largestPage = 100;
/** As many as the API changes at a time. */
const partSize = 500;

interface ChosenIds {
  readonly ids: readonly string[];
  readonly refusal: string | null;
}

/** All that match a filter, unless they are too many. */
export async function chosenIds(
  api: Pick<Api, 'read'>,
  filter: ProductFilter,
  format: Pick<Format, 'count'>,
): Promise<ChosenIds> {
  const ids: string[] = [];
  for (let after: string | null = null; ;) {
    const page: Awaited<ReturnType<typeof readPage>> = await readPage(api, filter, after);
    if (page.problem !== null) return { ids: [], refusal: readingProblemWords(page.problem) };
    const { edges, pageInfo } = page.data.products;
    ids.push(...edges.map(({ node }) => node.id));
    if (ids.length > mostChanged)
      return { ids: [], refusal: m.catalogue_too_many({ most: format.count(mostChanged) }) };
    if (!pageInfo.hasNextPage || pageInfo.endCursor === null) return { ids, refusal: null };
    after = pageInfo.endCursor;
  }
}

const readPage = (api: Pick<Api, 'read'>, filter: ProductFilter, after: string | null) =>
  api.read(CatalogueIdsDocument, { filter, first: largestPage, after });

export interface Changed {
  /** How many are changed: the parts before one that was refused stay so. */
  readonly count: number;
  /** Why not all, in words; null when they are. */
  readonly refusal: string | null;
}

/** Changes them part by part, until one is refused. */
export async function changeAll(
  api: Pick<Api, 'sendLive'>,
  storeCode: string,
  ids: readonly string[],
  change: { readonly isFeatured: boolean } | { readonly isActive: boolean },
): Promise<Changed> {
  for (let at = 0; at < ids.length; at += partSize) {
    const products = ids.slice(at, at + partSize).map((id) => ({ id, ...change }));
    const answer = await api.sendLive(ChangeCatalogueProductsDocument, { input: { storeCode, products } });
    const refusal = refusalOf(answer, ({ updateProducts }) => updateProducts);
    if (refusal !== null) return { count: at, refusal };
  }
  return { count: ids.length, refusal: null };
}
