import type { Api } from '#lib/graphql/api.svelte.ts';
import {
  CancelImportDocument,
  RetryImportDocument,
  ReviewMissingProductsDocument,
} from '#lib/graphql/generated/graphql.ts';
import { m } from '#lib/paraglide/messages.js';
import type { JobState } from './job-fold.svelte.ts';
import { actionProblemWords } from './problem-words.ts';
import { refusalWords } from './refusal-words.ts';

/** What was done, or in words why not. */
export type Done =
  { readonly job: JobState; readonly problem: null } | { readonly job: null; readonly problem: string };

const refused = (problem: string): Done => ({ job: null, problem });

/** Asks an import to stop; it ends after the rows that are being saved. One that has ended meanwhile is done. */
export async function cancelImport(api: Api, id: string): Promise<Done | 'ended'> {
  const { data, problem } = await api.sendLive(CancelImportDocument, { input: { id } });
  if (problem !== null) return refused(actionProblemWords(problem));
  const answer = data.cancelImport;
  if (answer.__typename === 'CancelImportPayload') return { job: answer.importJob, problem: null };
  if (answer.__typename === 'ImportJobEndedError') return 'ended';
  return refused(refusalWords(answer.code, answer.message));
}

/** Starts an import once more, as a new one with the same settings. */
export async function retryImport(api: Api, id: string): Promise<Done> {
  const { data, problem } = await api.sendLive(RetryImportDocument, { input: { id } });
  if (problem !== null) return refused(actionProblemWords(problem));
  const answer = data.retryImport;
  if (answer.__typename === 'RetryImportPayload') return { job: answer.importJob, problem: null };
  return refused(refusalWords(answer.code, answer.message));
}

/** Answers whether the products that a feed lacks are really gone; somebody else, or a later import, may have. */
export async function reviewMissing(api: Api, id: string, accept: boolean): Promise<Done | 'answered'> {
  const { data, problem } = await api.sendLive(ReviewMissingProductsDocument, { input: { id, accept } });
  if (problem !== null) return refused(actionProblemWords(problem));
  const answer = data.reviewMissingProducts;
  if (answer.__typename === 'ReviewMissingProductsPayload') return { job: answer.importJob, problem: null };
  if (answer.__typename === 'MissingNotHeldError') return 'answered';
  if (answer.__typename === 'NewerImportRunningError') return refused(m.missing_newer_import());
  return refused(refusalWords(answer.code, answer.message));
}
