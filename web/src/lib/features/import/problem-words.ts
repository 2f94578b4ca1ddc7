import type { Problem } from '#lib/graphql/problem.ts';
import { m } from '#lib/paraglide/messages.js';

interface Words {
  readonly offline: () => string;
  readonly ours: (facts: { id: string }) => string;
}

/** Why a form was not saved, in words, where none of its fields is to blame. */
export const problemWords = (problem: Problem): string =>
  wordsOf(problem, { offline: m.error_save_offline, ours: m.error_save_ours });

/** Why something was not done, in words, where nothing was typed. */
export const actionProblemWords = (problem: Problem): string =>
  wordsOf(problem, { offline: m.error_act_offline, ours: m.error_act_ours });

function wordsOf({ kind, requestId }: Problem, { offline, ours }: Words): string {
  switch (kind) {
    case 'offline':
      return offline();
    case 'forbidden':
      return m.error_forbidden();
    case 'unauthenticated':
      return m.signin_ended();
    case 'invalid':
    case 'fault':
      return requestId === null ? m.error_part() : ours({ id: requestId });
  }
}

/** Why something could not be read, in words: nothing was to be saved, so there is no input to speak of. */
export function readingProblemWords(problem: Problem): string {
  switch (problem.kind) {
    case 'offline':
      return `${m.error_offline_title()}. ${m.error_offline()}`;
    case 'forbidden':
      return m.error_not_found();
    case 'unauthenticated':
      return m.signin_ended();
    case 'invalid':
    case 'fault':
      return withRequest(m.error_part(), problem);
  }
}

/** The sentence, and by what name the fault is found in the log, where it has one. */
export const withRequest = (sentence: string, { requestId }: Problem): string =>
  requestId === null ? sentence : `${sentence} ${m.ui_request({ id: requestId })}`;
