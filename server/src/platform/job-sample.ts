import type { ImportJobStatus } from '../generated/prisma/enums.ts';
import { within } from '../shared/within.ts';
import type { Db } from './database.ts';

/** The import jobs of all nodes, a few seconds ago at most. */
export interface JobSample {
  readonly counts: Partial<Record<ImportJobStatus, number>>;
  /** 0 when none waits. */
  readonly oldestWaitingSeconds: number;
  /** Of all imports under way, since the sample before; 0 in the first. */
  readonly rowsPerSecond: number;
}

interface Row {
  readonly counts: JobSample['counts'] | null;
  readonly oldest: number | null;
  /** Rows so far, by job under way. */
  readonly processed: Readonly<Record<string, number>> | null;
}

const freshMs = 5_000;
const patienceMs = 2_000;

/**
 * Samples for any number of callers, at most one statement in 5 seconds and one at a time; null when the database
 * gives none within 2 seconds.
 */
export function createJobSampler(db: () => Db | null, now = () => performance.now()) {
  let last: { readonly at: number; readonly row: Row } | null = null;
  let fresh: { readonly at: number; readonly sample: JobSample } | null = null;
  let asking: Promise<JobSample | null> | null = null;

  const ask = async (): Promise<JobSample | null> => {
    const client = db();
    if (!client) return null;
    const [row] = await client.$queryRaw<Row[]>`
      SELECT
        (SELECT jsonb_object_agg(status, count)
         FROM (SELECT status, count(*) FROM marketplace_import_jobs GROUP BY status) AS states) AS counts,
        -- One that was handed back waits from then on.
        (SELECT EXTRACT(EPOCH FROM
           now() - min(CASE WHEN started_at IS NULL THEN created_at ELSE updated_at END))::float8
         FROM marketplace_import_jobs WHERE status = 'PENDING') AS oldest,
        (SELECT jsonb_object_agg(id, total_processed)
         FROM marketplace_import_jobs WHERE status = 'PROCESSING') AS processed`;
    if (!row) return null;
    const at = now();
    const seconds = last ? (at - last.at) / 1000 : 0;
    const rowsPerSecond = last && seconds > 0 ? progress(last.row, row) / seconds : 0;
    last = { at, row };
    fresh = {
      at,
      sample: { counts: row.counts ?? {}, oldestWaitingSeconds: Math.max(row.oldest ?? 0, 0), rowsPerSecond },
    };
    return fresh.sample;
  };
  return async (): Promise<JobSample | null> => {
    if (fresh && now() - fresh.at < freshMs) return fresh.sample;
    asking ??= ask()
      .catch(() => null)
      .finally(() => (asking = null));
    return within(patienceMs, asking);
  };
}

/** Rows between two samples. A job that was not under way in the first has done all of its since. */
function progress(before: Row, after: Row): number {
  const rows = Object.entries(after.processed ?? {}).map(
    // An import that starts over counts from 0.
    ([id, count]) => Math.max(count - (before.processed?.[id] ?? 0), 0),
  );
  return rows.reduce((total, count) => total + count, 0);
}
