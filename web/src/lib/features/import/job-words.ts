import type { Format } from '#lib/format/format.svelte.ts';
import { m } from '#lib/paraglide/messages.js';
import { feedName } from './feed-words.ts';
import type { JobState } from './job-fold.svelte.ts';
import { isJobActive } from './job-status.ts';

/** "1,204 imports", or about how many there are; empty until it is known. */
export function totalWords(
  { totalCount, totalCountExact }: { totalCount: number | null; totalCountExact: boolean },
  format: Format,
): string {
  if (totalCount === null) return '';
  return totalCountExact
    ? m.imports_count(format.counted(totalCount))
    : m.imports_about({ count: format.count(totalCount) });
}

/** Rows that are still to come; 0 when none are or nobody knows. */
export const rowsToCome = (job: JobState): number =>
  isJobActive(job.status) ? Math.max((job.totalRows ?? 0) - job.totalProcessed, 0) : 0;

/** "French feed, 22 November": what an import is called. */
export const jobTitle = (job: JobState, format: Format): string =>
  m.job_title({ feed: feedName[job.language](), day: format.dayOfMonth(job.createdAt) });

type Phase = JobState['phases'][number]['phase'];

const running: Readonly<Record<Phase, () => string>> = {
  DOWNLOAD: m.phase_download,
  READ: m.phase_read,
  ROWS: m.phase_rows,
  REPORT: m.phase_report,
};
const done: Readonly<Record<Phase, () => string>> = {
  DOWNLOAD: m.phase_download_done,
  READ: m.phase_read_done,
  ROWS: m.phase_rows_done,
  REPORT: m.phase_report,
};

/** "Downloading", while it runs and before. */
export const phaseName = (phase: Phase): string => running[phase]();
/** "Downloaded": once it is over. */
export const phaseDoneName = (phase: Phase): string => done[phase]();

/** What an interruption has made of an import that is in its second attempt or a later one. */
export const attemptWords = ({ attempt, restartedAt }: JobState): string =>
  restartedAt === null ? m.import_goes_on({ attempt }) : m.import_new_attempt({ attempt });

/** How far an import had come when somebody stopped it. */
export function stoppedWords({ totalProcessed, totalRows }: JobState, format: Format): string {
  if (totalProcessed === 0) return m.import_result_nothing_saved();
  const done = format.count(totalProcessed);
  if (totalRows === null) return m.ui_labelled({ label: m.ledger_rows_checked(), value: done });
  return m.import_result_stopped({ done, all: format.count(totalRows) });
}

/** "61%, about 16 s left", as far as it is known; `live` is false while nothing is heard. */
export function runningWords(job: JobState, format: Format, live: boolean): string {
  const { progress } = job;
  if (!progress) return m.status_processing();
  const share = progress.fraction === null ? phaseName(progress.phase) : format.share(progress.fraction);
  if (!live || progress.secondsLeft === null || progress.phase !== 'ROWS') return share;
  return m.import_result_running({ share, time: format.timeLeft(progress.secondsLeft) });
}
