import { actionProblemWords } from '#lib/features/import/problem-words.ts';
import { refusalSentence, type Refusal } from '#lib/features/answers/refusal-sentence.ts';
import { useApi, type Answer } from '#lib/graphql/api.svelte.ts';
import {
  ChangeCatalogueProductDocument,
  MoveCatalogueProductDocument,
  type ProductChangeInput,
} from '#lib/graphql/generated/graphql.ts';
import { m } from '#lib/paraglide/messages.js';
import { useToasts } from '#lib/ui/toasts.svelte.ts';
import { useNews } from './news.svelte.ts';
import type { Move } from './product-order.ts';

type Result = { readonly __typename: string } | ({ readonly __typename: string } & Refusal);

/** Why nothing was changed, in words; null when it was. */
export function refusalOf<Data>(
  { data, problem }: Answer<Data>,
  resultOf: (data: Data) => Result,
): string | null {
  if (problem !== null) return actionProblemWords(problem);
  const result = resultOf(data);
  return 'code' in result ? refusalSentence(result) : null;
}

/**
 * Changes of products in a list, where a refusal is said in the corner; to be called while a component is set up. What
 * shows products reads them again by `News`, not because of what an answer is made of: that would miss a change made
 * while the answer to the one before is read.
 */
export function useCatalogueChanges() {
  const api = useApi();
  const toasts = useToasts();
  const news = useNews();
  const told = (refusal: string | null) => {
    if (refusal === null) news.tell();
    else toasts.show({ tone: 'error', title: m.ui_not_saved_title(), text: refusal });
    return refusal === null;
  };
  return {
    change: async (input: ProductChangeInput) =>
      told(
        refusalOf(
          await api.sendLive(ChangeCatalogueProductDocument, { input }),
          (data) => data.updateProduct,
        ),
      ),
    move: async (input: Move) =>
      told(
        refusalOf(await api.sendLive(MoveCatalogueProductDocument, { input }), (data) => data.moveProduct),
      ),
  };
}
