import type { Problem } from '#lib/graphql/problem.ts';
import { m } from '#lib/paraglide/messages.js';

/** Why something was not saved or done, in words, where no field of a form is to blame. */
export function problemWords({ kind, requestId }: Problem): string {
  switch (kind) {
    case 'offline':
      return m.error_save_offline();
    case 'forbidden':
      return m.error_forbidden();
    case 'unauthenticated':
      return m.signin_ended();
    case 'invalid':
    case 'fault':
      return requestId === null ? m.error_part() : m.error_save_ours({ id: requestId });
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
