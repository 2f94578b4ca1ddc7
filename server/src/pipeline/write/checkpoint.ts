import type { Client } from 'pg';
import type { BatchCounts, FileReport, SpooledFeed } from '../types.ts';
import { FencedError } from './batch.ts';
import { isLostConnection, WriteConnection, type WriteDatabase } from './connection.ts';
import { batchCounts } from './statements.ts';

export interface CheckpointFile {
  readonly spooled: SpooledFeed;
  readonly file: FileReport;
  readonly normaliserVersion: number;
}

interface AttemptAtJob {
  readonly jobId: string;
  readonly attempt: number;
  readonly storeId: string;
  readonly marketplace: string;
}

export interface Checkpoint {
  /** The batches that earlier attempts have committed, by number. */
  readonly done: ReadonlyMap<number, BatchCounts>;
  /** True when the store has no product of the marketplace yet. */
  readonly storeIsNew: boolean;
}

interface JobRow {
  readonly source_sha256: string | null;
  readonly encoding: string | null;
  readonly normaliser_version: number;
}

const maxReplays = 8;

const lockJob = `
  SELECT source_sha256, encoding, normaliser_version FROM marketplace_import_jobs
  WHERE id = $1 AND attempt = $2 AND status = 'PROCESSING' FOR UPDATE`;

const describeJob = `
  UPDATE marketplace_import_jobs
  SET source_sha256 = $2, source_etag = $3, bytes_total = $4, encoding = $5, delimiter = $6, format = $7,
      header_warnings = $8, normaliser_version = $9, restarted_at = CASE WHEN $10 THEN now() ELSE restarted_at END
  WHERE id = $1`;

const listBatches = `
  SELECT batch_number AS number, ${batchCounts}
  FROM marketplace_import_batches WHERE job_id = $1`;

const findAny = `
  SELECT FROM marketplace_products WHERE store_id = $1 AND marketplace = $2
  ORDER BY marketplace_product_id LIMIT 1`;

/**
 * What earlier attempts and imports have left. When the feed is no longer the one that they
 * were read from, or is read by other code, their records and errors go and the counting starts over.
 * Throws FencedError when the job belongs to another attempt.
 */
export async function openCheckpoint(
  database: WriteDatabase,
  job: AttemptAtJob,
  found: CheckpointFile,
): Promise<Checkpoint> {
  const connection = new WriteConnection(database);
  try {
    for (let replay = 0; ; replay++) {
      const client = await connection.client();
      try {
        return await readCheckpoint(client, job, found);
      } catch (error) {
        await connection.rollback();
        // What may have been committed already is the same a second time.
        if (!isLostConnection(error) || replay === maxReplays) throw error;
      }
    }
  } finally {
    await connection.close();
  }
}

async function readCheckpoint(client: Client, job: AttemptAtJob, found: CheckpointFile): Promise<Checkpoint> {
  await client.query('BEGIN');
  const { rows } = await client.query<JobRow>(lockJob, [job.jobId, job.attempt]);
  const [stored] = rows;
  if (!stored) throw new FencedError('the job belongs to another attempt');
  const done = await client.query<BatchCounts & { number: number }>(listBatches, [job.jobId]);
  const startsOver = done.rows.length > 0 && !isSameFeed(stored, found);
  if (startsOver) await forget(client, job.jobId);
  await client.query(describeJob, describe(job.jobId, found, startsOver));
  const any = await client.query(findAny, [job.storeId, job.marketplace]);
  await client.query('COMMIT');
  return {
    done: new Map(startsOver ? [] : done.rows.map(({ number, ...counts }) => [number, counts])),
    storeIsNew: any.rowCount === 0,
  };
}

const isSameFeed = (stored: JobRow, { spooled, file, normaliserVersion }: CheckpointFile) =>
  stored.source_sha256 === spooled.sha256 &&
  stored.encoding === file.encoding &&
  stored.normaliser_version === normaliserVersion;

async function forget(client: Client, jobId: string): Promise<void> {
  await client.query('DELETE FROM marketplace_import_batches WHERE job_id = $1', [jobId]);
  await client.query('DELETE FROM marketplace_import_errors WHERE job_id = $1', [jobId]);
}

function describe(jobId: string, { spooled, file, normaliserVersion }: CheckpointFile, startsOver: boolean) {
  const { sha256, etag, bytes } = spooled;
  const { encoding, delimiter, format } = file;
  const warnings = JSON.stringify(file.warnings);
  return [jobId, sha256, etag, bytes, encoding, delimiter, format, warnings, normaliserVersion, startsOver];
}
