import type { Format } from '#lib/format/format.svelte.ts';
import { m } from '#lib/paraglide/messages.js';
import type { JobState } from './job-fold.svelte.ts';
import { phaseDoneName, phaseName } from './job-words.ts';

type Phase = JobState['phases'][number];

/** How much of the bar each takes: rows are what people wait for. */
const weights: Readonly<Record<Phase['phase'], number>> = { DOWNLOAD: 1.1, READ: 1.1, ROWS: 6, REPORT: 0.9 };

function rowsLabel(job: JobState, format: Format): string {
  const done = format.count(job.totalProcessed);
  if (job.totalRows === null) return m.phase_rows_all({ all: done });
  return m.phase_rows_of({ done, all: format.count(job.totalRows) });
}

/** The phases of a running import for `PhaseBar`. */
export function barPhases(job: JobState, format: Format) {
  return job.phases.map(({ phase, state }) => {
    const now = state === 'RUNNING';
    const over = state === 'DONE' || (state === 'SKIPPED' && job.status !== 'PENDING');
    const rows = phase === 'ROWS';
    return {
      key: phase,
      label:
        now && rows
          ? rowsLabel(job, format)
          : over
            ? phaseDoneName(phase)
            : rows
              ? m.phase_rows_short()
              : phaseName(phase),
      state: over ? ('done' as const) : now ? ('now' as const) : ('todo' as const),
      fraction: now && job.progress?.phase === phase ? job.progress.fraction : null,
      weight: weights[phase],
    };
  });
}

const stepStates = {
  DONE: 'done',
  RUNNING: 'now',
  FAILED: 'failed',
  CANCELLED: 'failed',
  SKIPPED: 'todo',
  WAITING: 'todo',
} as const;

const stateLabels = {
  done: m.phase_state_done,
  now: m.phase_state_now,
  failed: m.phase_state_failed,
  todo: m.phase_state_todo,
};

function detailOf({ phase, state, count }: Phase, job: JobState, format: Format): string | null {
  if (state === 'CANCELLED') return m.status_cancelled();
  if (state === 'SKIPPED') return job.nothingNew ? m.phase_not_needed() : m.phase_state_todo();
  if (state === 'WAITING') return null;
  if (phase === 'DOWNLOAD') return count === null ? null : format.bytes(count);
  if (phase === 'ROWS') return m.rows_count(format.counted(job.totalProcessed));
  if (phase !== 'REPORT' || state !== 'DONE') return null;
  const errors = m.errors_count(format.counted(job.errorCount));
  return job.warningCount === 0 ? errors : `${errors}, ${m.warnings_count(format.counted(job.warningCount))}`;
}

/** An import that came to its end has its report, also where nobody saw how long that took. */
const hasReport = ({ phase, state }: Phase, job: JobState) =>
  phase === 'REPORT' &&
  state === 'SKIPPED' &&
  (job.status === 'COMPLETED' || job.status === 'COMPLETED_WITH_ERRORS');

/** The phases of an import for `Stepper`, also when it is long over. */
export function stepsOf(job: JobState, format: Format) {
  return job.phases.map((seen) => {
    const one: Phase = hasReport(seen, job) ? { ...seen, state: 'DONE' } : seen;
    const state = stepStates[one.state];
    const detail = detailOf(one, job, format);
    return {
      key: one.phase,
      label:
        state === 'done'
          ? phaseDoneName(one.phase)
          : one.phase === 'ROWS' && state !== 'now'
            ? m.phase_rows_short()
            : phaseName(one.phase),
      state,
      stateLabel: stateLabels[state](),
      ...(detail === null ? {} : { detail }),
      ...(one.durationMs === null || state === 'todo' ? {} : { time: format.duration(one.durationMs) }),
    };
  });
}
