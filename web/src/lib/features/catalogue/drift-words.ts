import type { Format } from '#lib/format/format.svelte.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Toast } from '#lib/ui/toasts.svelte.ts';

interface Settled {
  readonly resolvedCount: number;
  readonly leftCount: number;
}

/** That own prices stay although all were to be dropped, and why; null when none does. */
export const leftNotice = (
  { resolvedCount, leftCount }: Settled,
  format: Pick<Format, 'counted'>,
): Toast | null =>
  leftCount === 0
    ? null
    : {
        tone: 'warning',
        title: m.drift_left_title(format.counted(leftCount)),
        text: resolvedCount === 0 ? m.drift_left() : `${m.drift_left()} ${m.drift_left_others()}`,
      };
