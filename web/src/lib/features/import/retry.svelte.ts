import { useApi } from '#lib/graphql/api.svelte.ts';
import { m } from '#lib/paraglide/messages.js';
import { useToasts } from '#lib/ui/toasts.svelte.ts';
import { retryImport } from './job-actions.ts';
import type { JobState } from './job-fold.svelte.ts';

interface Retry {
  readonly busy: boolean;
  run: (job: JobState) => Promise<void>;
}

/** Runs an import again, once however often it is pressed; to be called while a component is set up. */
export function useRetry(onretried: (job: JobState) => void): Retry {
  const api = useApi();
  const toasts = useToasts();
  let busy = $state(false);
  return {
    get busy() {
      return busy;
    },
    async run({ id }) {
      if (busy) return;
      busy = true;
      const done = await retryImport(api, id).finally(() => (busy = false));
      if (done.job) onretried(done.job);
      else toasts.show({ tone: 'error', title: m.import_retry_failed(), text: done.problem });
    },
  };
}
