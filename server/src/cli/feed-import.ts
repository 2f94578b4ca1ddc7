import { mkdir } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { v7 as uuidv7 } from 'uuid';
import type { Config } from '../config.ts';
import type { MarketplaceImportJob } from '../generated/prisma/client.ts';
import { FeedAddressError, ImportJobEndedError } from '../modules/import-job/import-job.errors.ts';
import type { WatchedJob } from '../modules/import-job/import-job.record.ts';
import { cancelImport, createImportJob, startImport } from '../modules/import-job/import-job.service.ts';
import { StoreNotFoundError } from '../modules/store/store.errors.ts';
import { spoolFile } from '../pipeline/source.ts';
import { systemLookup } from '../pipeline/source/address.ts';
import { parseAllowedAddresses } from '../pipeline/source/allowed-addresses.ts';
import { noteSpooled, removeSpooled, spoolEntry } from '../pipeline/spool.ts';
import type { Log } from '../platform/log.ts';
import { FeedRefusal } from '../product-data/feed-refusal.ts';
import { codeOfLanguage } from '../product-data/language.ts';
import { exitStatus } from './exit-status.ts';
import type { ImportArguments } from './feed-arguments.ts';
import { followJob } from './follow-job.ts';
import { allowedAddressesOf, openImportNode, sourceLimits, type ImportNode } from './import-node.ts';
import { describeRefusal, describeResult, refusalJson, resultJson } from './import-result.ts';
import { viewImport, type ImportView } from './import-view.ts';
import { onInterruption } from './interruption.ts';
import { attendWorkers, type Attendance } from './worker-attendance.ts';

/** Ctrl-C as an import understands it. */
interface Interruptions {
  /** The first: the import is to be cancelled. */
  readonly cancel: AbortSignal;
  /** The second: the command is to end now, whatever becomes of the import. */
  readonly leave: AbortSignal;
}

/** Longest wait for the database when somebody wants to leave. */
const leaveMs = 5_000;

/** Imports a feed, shows how it goes, and gives the exit status. */
export async function runImport(args: ImportArguments, config: Config, log: Log): Promise<number> {
  const [cancelling, leaving] = [new AbortController(), new AbortController()];
  let run: ImportRun | null = null;
  const release = onInterruption({
    first: () => cancelling.abort(),
    again(count) {
      if (count <= 2) return leaving.abort();
      run?.endView();
      process.exit(exitStatus.interrupted);
    },
  });
  const node = await openImportNode(config, log);
  run = new ImportRun(args, config, log, node, { cancel: cancelling.signal, leave: leaving.signal });
  try {
    return await run.toEnd();
  } finally {
    if (leaving.signal.aborted) await abandon(node, log);
    else await node.close();
    release();
  }
}

async function abandon(node: ImportNode, log: Log): Promise<void> {
  // What is broken off complains, and everybody knows why.
  log.level = 'silent';
  await Promise.race([node.abandon(), wait(leaveMs)]);
}

class ImportRun {
  readonly #args: ImportArguments;
  readonly #config: Config;
  readonly #log: Log;
  readonly #node: ImportNode;
  readonly #interruptions: Interruptions;
  readonly #started = performance.now();
  #view: ImportView | null = null;

  constructor(
    args: ImportArguments,
    config: Config,
    log: Log,
    node: ImportNode,
    interruptions: Interruptions,
  ) {
    this.#args = args;
    this.#config = config;
    this.#log = log;
    this.#node = node;
    this.#interruptions = interruptions;
  }

  async toEnd(): Promise<number> {
    const { cancel } = this.#interruptions;
    try {
      const job = await this.#createJob(cancel);
      this.#node.jobs.publish(job);
      return await this.#follow(job);
    } catch (error) {
      if (error instanceof FeedRefusal || error instanceof FeedAddressError) return this.#refused(error);
      if (!cancel.aborted || error !== cancel.reason) throw error;
      this.#tell('Cancelled before the import began. Nothing was imported.');
      return exitStatus.cancelled;
    }
  }

  async #createJob(signal: AbortSignal): Promise<WatchedJob> {
    const { source, storeCode, batchSize } = this.#args;
    const { db, queue } = this.#node;
    const input = { storeCode, batchSize, language: codeOfLanguage(this.#args.language), createdById: null };
    signal.throwIfAborted();
    if (source.kind === 'url') {
      const allowedAddresses = parseAllowedAddresses(allowedAddressesOf(this.#config));
      return startImport(
        db,
        queue,
        { allowedAddresses, lookup: systemLookup },
        { ...input, sourceUrl: source.address },
      );
    }
    // Before gigabytes are copied for nothing.
    if (!(await db.store.findUnique({ where: { code: storeCode } }))) throw new StoreNotFoundError(storeCode);
    const id = uuidv7();
    const entry = spoolEntry(this.#config.spoolFolder, id);
    await mkdir(this.#config.spoolFolder, { recursive: true, mode: 0o700 });
    const options = { limits: sourceLimits(this.#config), onProgress: () => undefined };
    try {
      await noteSpooled(entry, await spoolFile(source.path, entry.feedPath, options, signal));
      return await createImportJob(db, queue, id, { ...input, sourceUrl: pathToFileURL(source.path).href });
    } catch (error) {
      await removeSpooled(entry);
      throw error;
    }
  }

  async #follow(job: MarketplaceImportJob): Promise<number> {
    const { cancel, leave } = this.#interruptions;
    const attendance = await this.#attend(job);
    this.#view = this.#args.json ? null : viewImport(process.stdout);
    const onCancel = () => void this.#cancel(job);
    cancel.addEventListener('abort', onCancel);
    if (cancel.aborted) onCancel();
    try {
      const ended = await followJob(this.#node, job.id, {
        onChange: (notice) => this.#view?.show(notice),
        signal: leave,
      });
      this.endView();
      await attendance.stop();
      // A worker elsewhere knows nothing of what lies here.
      await removeSpooled(spoolEntry(this.#config.spoolFolder, job.id));
      return this.#ended(this.#explained(ended));
    } catch (error) {
      if (!leave.aborted) throw error;
      this.#tell('\nLeft. The import ends as cancelled as soon as a worker sees to it.');
      return exitStatus.interrupted;
    } finally {
      this.endView();
      cancel.removeEventListener('abort', onCancel);
      if (!leave.aborted) await attendance.stop();
    }
  }

  /** Sees to it that somebody runs the job. One that nobody can run is not left for a later start to find. */
  async #attend({ id }: MarketplaceImportJob): Promise<Attendance> {
    try {
      return await attendWorkers(this.#node, this.#config, this.#log);
    } catch (error) {
      // That one is told, not what may follow from it.
      await this.#withdraw(id).catch(() => undefined);
      throw error;
    }
  }

  async #withdraw(id: string): Promise<void> {
    const job = await cancelImport(this.#node.db, id);
    this.#node.jobs.publish(job);
    if (job.status === 'CANCELLED') await removeSpooled(spoolEntry(this.#config.spoolFolder, id));
  }

  async #cancel({ id }: MarketplaceImportJob): Promise<void> {
    this.#tell(
      '\nCancelling the import after the batch that is being written. Ctrl-C once more leaves it alone.',
    );
    try {
      this.#node.jobs.publish(await cancelImport(this.#node.db, id));
    } catch (error) {
      // Too late: its end is about to be told.
      if (!(error instanceof ImportJobEndedError)) this.#log.error({ err: error }, 'not cancelled');
    }
  }

  /** Leaves the terminal as it was. Twice is once. */
  endView(): void {
    this.#view?.end();
    this.#view = null;
  }

  /** With what to do, for a file that was copied to where the worker does not look. */
  #explained(job: MarketplaceImportJob): MarketplaceImportJob {
    if (this.#args.source.kind !== 'file' || job.failureCode !== 'FILE_GONE') return job;
    const { dataDir } = this.#config;
    return {
      ...job,
      failureMessage: `No worker shares this command's data folder (${dataDir}): use its DATA_DIR, or give an address.`,
    };
  }

  #ended(job: MarketplaceImportJob): number {
    const { storeCode, json } = this.#args;
    const seconds = this.#seconds();
    console.log(
      json ? JSON.stringify(resultJson(job, storeCode, seconds)) : describeResult(job, storeCode, seconds),
    );
    if (job.status === 'CANCELLED') return exitStatus.cancelled;
    return job.status === 'FAILED' ? exitStatus.failed : exitStatus.done;
  }

  /** The feed is refused before there is a job. */
  #refused(refusal: { readonly code: string; readonly message: string }): number {
    const { json } = this.#args;
    console.log(
      json ? JSON.stringify(refusalJson(this.#args, refusal, this.#seconds())) : describeRefusal(refusal),
    );
    return exitStatus.failed;
  }

  #seconds(): number {
    return (performance.now() - this.#started) / 1000;
  }

  /** Beside the result, and never in its way. */
  #tell(line: string): void {
    console.error(line);
  }
}
