import { useFormat } from '#lib/format/format.svelte.ts';
import { m } from '#lib/paraglide/messages.js';
import { useAnnouncer } from '#lib/ui/announcer.svelte.ts';
import type { JobState } from './job-fold.svelte.ts';
import { isJobActive, jobStatusLook } from './job-status.ts';
import { phaseName } from './job-words.ts';

/** What there is to say of an import: its phase, each tenth of it, and its end. Null: nothing. */
function sentenceOf(job: JobState, share: (share: number) => string): string | null {
  if (job.status === 'PENDING') return null;
  if (!isJobActive(job.status)) return m.import_say_ended({ status: jobStatusLook[job.status].label() });
  if (!job.progress) return m.import_say_started();
  const { phase, fraction } = job.progress;
  if (phase !== 'ROWS' || fraction === null) return phaseName(phase);
  const tenth = Math.floor(fraction * 10) / 10;
  return m.import_say_progress({ phase: phaseName(phase), share: share(tenth) });
}

/** Tells a screen reader how an import goes, never more often than there is something new. */
export function useJobVoice(job: () => JobState | null): void {
  const announcer = useAnnouncer();
  const format = useFormat();
  const sentence = $derived.by(() => {
    const now = job();
    return now === null ? null : sentenceOf(now, format.share);
  });
  let watched: string | null = null;
  // Speaks in the one live region of the page, which lies outside of this component.
  $effect(() => {
    const now = job();
    if (now === null || sentence === null) return;
    // What had ended when the page was opened is on the page.
    if (isJobActive(now.status)) watched = now.id;
    if (watched === now.id) announcer.say(sentence);
  });
}
