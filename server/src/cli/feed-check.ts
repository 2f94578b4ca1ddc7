import { SingleBar } from 'cli-progress';
import { rmSync } from 'node:fs';
import { mkdtemp, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Config } from '../config.ts';
import { StoreNotFoundError } from '../modules/store/store.errors.ts';
import { checkFeed, refusedCheck, type FeedCheck } from '../pipeline/check.ts';
import { fetchFeed, spoolFile } from '../pipeline/source.ts';
import { systemLookup } from '../pipeline/source/address.ts';
import { parseAllowedAddresses } from '../pipeline/source/allowed-addresses.ts';
import type { FeedContext, SpooledFeed } from '../pipeline/types.ts';
import { FeedRefusal } from '../product-data/feed-refusal.ts';
import { redactUrl } from '../shared/redact-url.ts';
import { checkJson, describeCheck } from './check-report.ts';
import { exitStatus } from './exit-status.ts';
import type { CheckArguments, FeedSource } from './feed-arguments.ts';
import { allowedAddressesOf, sourceLimits } from './import-node.ts';
import { onInterruption } from './interruption.ts';
import { withStorage } from './with-storage.ts';

/** Reads a feed, prints what an import would do, and gives the exit status. */
export async function runCheck(args: CheckArguments, config: Config): Promise<number> {
  const started = performance.now();
  const context = await contextOf(args, config);
  const folder = await mkdtemp(join(tmpdir(), 'marketplace-feed-'));
  const bar = args.json || !process.stderr.isTTY ? null : readingBar();
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const leave = () => {
    // It has hidden the cursor, and no `finally` is reached.
    bar?.stop();
    remove();
    process.exit(exitStatus.interrupted);
  };
  // Nothing but the folder and the terminal has to be tidied up, so the first Ctrl-C ends the command at once.
  const release = onInterruption({ first: leave, again: leave });
  try {
    const check = await readWhole(args.source, context, config, join(folder, 'feed'), bar);
    const seconds = (performance.now() - started) / 1000;
    console.log(
      args.json
        ? JSON.stringify(checkJson(check, seconds))
        : describeCheck(check, nameOf(args.source), seconds),
    );
    return check.refused ? exitStatus.failed : exitStatus.done;
  } finally {
    bar?.stop();
    release();
    remove();
  }
}

/** Stores of a new installation have these. */
const usual = { storeCurrency: 'EUR', timeZone: 'Europe/Luxembourg' };

async function contextOf({ storeCode, language }: CheckArguments, config: Config): Promise<FeedContext> {
  if (storeCode === null) return { language, ...usual };
  return withStorage(config, async ({ db }) => {
    const store = await db.store.findUnique({ where: { code: storeCode } });
    if (!store) throw new StoreNotFoundError(storeCode);
    return { language, storeCurrency: store.currency, timeZone: store.timeZone };
  });
}

async function readWhole(
  source: FeedSource,
  context: FeedContext,
  config: Config,
  spoolPath: string,
  bar: SingleBar | null,
): Promise<FeedCheck> {
  try {
    const spooled = await obtain(source, config, spoolPath);
    // The text may be another size than the file, so this is close to the truth, no more.
    const { size } = await stat(spooled.path);
    return await checkFeed(spooled, context, {
      maxRows: config.feedMaxRows,
      onBytes: (bytes) => bar?.update(Math.min(100, (100 * bytes) / size)),
    });
  } catch (error) {
    if (error instanceof FeedRefusal) return refusedCheck(error);
    throw error;
  } finally {
    bar?.stop();
  }
}

function readingBar(): SingleBar {
  const format = 'Reading     {bar} {percentage} %';
  const bar = new SingleBar({
    format,
    barsize: 24,
    hideCursor: true,
    clearOnComplete: true,
    gracefulExit: false,
  });
  bar.start(100, 0);
  return bar;
}

async function obtain(source: FeedSource, config: Config, spoolPath: string): Promise<SpooledFeed> {
  const options = { limits: sourceLimits(config), onProgress: () => undefined };
  const { signal } = new AbortController();
  if (source.kind === 'file') return spoolFile(source.path, spoolPath, options, signal);
  const allowedAddresses = parseAllowedAddresses(allowedAddressesOf(config));
  const fetching = { ...options, allowedAddresses, lookup: systemLookup, etag: null, spoolPath };
  const fetched = await fetchFeed(source.address, fetching, signal);
  if (fetched.kind === 'notModified')
    throw new Error('a feed that was not asked for conditionally is not modified');
  return fetched;
}

const nameOf = (source: FeedSource) =>
  source.kind === 'file' ? basename(source.path) : redactUrl(source.address);
