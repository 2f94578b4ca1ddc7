import type { ImportJobStatus, MarketplaceImportJob } from '../../generated/prisma/client.ts';
import { importPhases, type ImportPhase } from '../../pipeline/progress.ts';
import type { PhaseTime } from './import-job.progress.ts';
import { hasEnded } from './import-job.state.ts';

/** Where a running import is. What is not known is null, never a guess. */
export interface Progress {
  readonly phase: ImportPhase;
  /** 0 to 1 of the phase. */
  readonly fraction: number | null;
  readonly bytesRead: number | null;
  readonly bytesTotal: number | null;
  readonly rowsPerSecond: number | null;
  /** Of the phase. */
  readonly secondsLeft: number | null;
}

export type PhaseState = 'WAITING' | 'RUNNING' | 'DONE' | 'SKIPPED' | 'FAILED' | 'CANCELLED';

/** One step of the four that every import goes through. */
export interface Phase {
  readonly phase: ImportPhase;
  readonly state: PhaseState;
  /** Bytes of the download, rows; null for phases that count nothing, or have not begun. */
  readonly count: number | null;
  readonly durationMs: number | null;
}

/** A speed of which nothing was heard for longer says nothing about now. */
const freshMs = 5_000;

/** Where the import is at `now`; null unless it runs and its first phase has begun. */
export function progressOf(job: MarketplaceImportJob, now: Date): Progress | null {
  const phase = importPhases.find((name) => name === job.phase);
  if (job.status !== 'PROCESSING' || !phase) return null;
  const last = storedPhases(job).at(-1);
  const moves = phase === 'download' || phase === 'rows';
  const [done, total] = [Number(job.bytesRead ?? 0), Number(job.bytesTotal ?? 0)];
  const fresh = last?.phase === phase && now.getTime() - Date.parse(last.countedAt ?? '') <= freshMs;
  const speed = fresh && moves ? (last.bytesPerSecond ?? 0) : 0;
  return {
    phase,
    fraction: phase === 'report' ? 1 : moves && total > 0 ? Math.min(done / total, 1) : null,
    bytesRead: moves ? done : null,
    bytesTotal: total > 0 ? total : null,
    rowsPerSecond: fresh && phase === 'rows' ? (last.rowsPerSecond ?? null) : null,
    secondsLeft: speed > 0 && total > 0 ? Math.max(total - done, 0) / speed : null,
  };
}

/** The four phases in their order, of a job in any state. */
export function phasesOf(job: MarketplaceImportJob, now: Date): Phase[] {
  // A job that waits again begins anew.
  const stored = job.status === 'PENDING' ? [] : storedPhases(job);
  const reached = importPhases.findIndex((phase) => phase === stored.at(-1)?.phase);
  return importPhases.map((phase, at) => {
    const state = at < reached ? 'DONE' : at === reached ? lastStates[job.status] : laterState(job);
    // A feed that lay here already, from an earlier attempt or the command line, was not downloaded again.
    const known = stored.find((time) => time.phase === phase);
    return {
      phase,
      state,
      count: at <= reached ? countOf(job, phase, state, known) : null,
      durationMs: known ? durationOf(known, state, now) : null,
    };
  });
}

const laterState = ({ status }: MarketplaceImportJob): PhaseState =>
  hasEnded(status) ? 'SKIPPED' : 'WAITING';

/** What the phase is in which the job is, or in which it ended. */
const lastStates: Record<ImportJobStatus, PhaseState> = {
  PENDING: 'WAITING',
  PROCESSING: 'RUNNING',
  COMPLETED: 'DONE',
  COMPLETED_WITH_ERRORS: 'DONE',
  FAILED: 'FAILED',
  CANCELLED: 'CANCELLED',
};

/** The record's own figures are newer than those of a phase that was left before its last word was heard. */
function countOf(
  job: MarketplaceImportJob,
  phase: ImportPhase,
  state: PhaseState,
  known: PhaseTime | undefined,
): number | null {
  if (phase === 'rows') return job.totalProcessed;
  if (phase !== 'download') return null;
  return state === 'DONE' && job.bytesTotal !== null ? Number(job.bytesTotal) : (known?.count ?? null);
}

function durationOf({ startedAt, endedAt }: PhaseTime, state: PhaseState, now: Date): number | null {
  const end = endedAt ?? (state === 'RUNNING' ? now.toISOString() : null);
  return end === null ? null : Math.max(0, Date.parse(end) - Date.parse(startedAt));
}

/**
 * True when the feed was the same as at an earlier import, so that no row was read: such a job has completed
 * without a phase beyond the download.
 */
export function broughtNothingNew(job: MarketplaceImportJob): boolean {
  const completed = job.status === 'COMPLETED' || job.status === 'COMPLETED_WITH_ERRORS';
  const stored = storedPhases(job);
  return completed && stored.length > 0 && stored.every(({ phase }) => phase === 'download');
}

/** Milliseconds from the start to the end, or until `now`; null before the start. */
export function durationMsOf(
  { startedAt, completedAt, status }: MarketplaceImportJob,
  now: Date,
): number | null {
  if (!startedAt) return null;
  const end = completedAt ?? (status === 'PROCESSING' ? now : null);
  return end && Math.max(0, end.getTime() - startedAt.getTime());
}

/** `phases` is written by PhaseTimes alone. */
const storedPhases = ({ phases }: MarketplaceImportJob): readonly PhaseTime[] =>
  Array.isArray(phases) ? (phases as unknown as readonly PhaseTime[]) : [];
