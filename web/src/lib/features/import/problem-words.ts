import type { Problem } from '#lib/graphql/problem.ts';
import { m } from '#lib/paraglide/messages.js';

/** Why something was not done, in words, where no field of a form is to blame. */
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
