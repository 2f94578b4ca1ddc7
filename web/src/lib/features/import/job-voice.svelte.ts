import { useFormat } from '#lib/format/format.svelte.ts';
import { m } from '#lib/paraglide/messages.js';
import { useAnnouncer } from '#lib/ui/announcer.svelte.ts';
import type { JobState } from './job-fold.svelte.ts';
import { isJobActive, jobStatusName } from './job-status.ts';
import { phaseName } from './job-words.ts';

type Share = (share: number) => string;

/** What there is to say of an import: its phase, each tenth of it, and its end. Null: nothing. */
function sentenceOf(job: JobState, share: Share): string | null {
  if (job.status === 'PENDING') return null;
  if (!isJobActive(job.status)) return m.import_say_ended({ status: jobStatusName[job.status]() });
  if (!job.progress) return m.import_say_started();
  const { phase, fraction } = job.progress;
  if (phase !== 'ROWS' || fraction === null) return phaseName(phase);
  const tenth = Math.floor(fraction * 10) / 10;
  return m.import_say_progress({ phase: phaseName(phase), share: share(tenth) });
}

/** Speaks of one import after the other, of each to its end, also when it is shown no more by then. */
export class JobVoice {
  #followed: JobState | null = null;

  /** `shown`: the import that the page is about now; `latest`: one that was shown, as it is now. */
  sentence(shown: JobState | null, latest: (job: JobState) => JobState, share: Share): string | null {
    const before = this.#followed;
    const last = before === null || before.id === shown?.id ? shown : latest(before);
    // What had ended when the page was opened is on the page.
    this.#followed = shown !== null && isJobActive(shown.status) ? shown : null;
    // The end comes before the beginning of the next one, which is spoken of when it moves on.
    if (before !== null && last !== null && !isJobActive(last.status)) return sentenceOf(last, share);
    return this.#followed && sentenceOf(this.#followed, share);
  }
}

/**
 * Tells a screen reader how an import goes, never more often than there is something new. To be called by the page:
 * what it shows of an import may be gone before the end is told.
 */
export function useJobVoice(
  shown: () => JobState | null,
  latest: (job: JobState) => JobState = (job) => job,
): void {
  const announcer = useAnnouncer();
  const format = useFormat();
  const voice = new JobVoice();
  let last: string | null = null;
  // Speaks in the one live region of the page, which lies outside of this component.
  $effect(() => {
    const sentence = voice.sentence(shown(), latest, format.share);
    if (sentence !== null && sentence !== last) announcer.say(sentence);
    last = sentence;
  });
}
