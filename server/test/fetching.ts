import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { fetchFeed, type FetchedFeed, type FetchOptions } from '../src/pipeline/source.ts';
import type { Lookup } from '../src/pipeline/source/address.ts';
import { parseAllowedAddresses } from '../src/pipeline/source/allowed-addresses.ts';
import { defaultSourceLimits, type SourceLimits } from '../src/pipeline/source/limits.ts';
import type { FeedRefusalCode } from '../src/product-data/codes.ts';

/** A fetch as a test sees it: what it leaves out is closed, unlimited by the test, and resolves no name. */
export interface Fetching extends Omit<Partial<FetchOptions>, 'limits' | 'allowedAddresses'> {
  readonly limits?: Partial<SourceLimits>;
  /** As in the setting FEED_ALLOWED_ADDRESSES. */
  readonly allowed?: string;
  readonly signal?: AbortSignal;
}

/** A resolver that knows these names only. */
export function names(known: Readonly<Record<string, readonly string[]>>): Lookup {
  return (name) => {
    const addresses = known[name];
    if (!addresses) return Promise.reject(Object.assign(new Error(name), { code: 'ENOTFOUND' }));
    return Promise.resolve(
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }) as const),
    );
  };
}

/** A folder that goes with the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'marketplace-import-source-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A feed fetched into a folder of the test. */
export async function fetching(
  address: string,
  { limits, allowed = '', signal = new AbortController().signal, ...rest }: Fetching = {},
): Promise<FetchedFeed> {
  const spoolPath = rest.spoolPath ?? join(await temporaryFolder(), 'feed');
  const options: FetchOptions = {
    spoolPath,
    limits: { ...defaultSourceLimits, ...limits },
    allowedAddresses: parseAllowedAddresses(allowed),
    lookup: names({}),
    etag: null,
    onProgress: () => undefined,
    ...rest,
  };
  return fetchFeed(address, options, signal);
}

/** Checks that a fetch is refused with this code and leaves no file behind; gives the refusal's sentence. */
export async function expectRefusal(
  address: string,
  code: FeedRefusalCode,
  options: Fetching = {},
): Promise<string> {
  const folder = await temporaryFolder();
  const error: unknown = await fetching(address, { ...options, spoolPath: join(folder, 'feed') }).catch(
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({ name: 'FeedRefusal', code });
  expect(await readdir(folder)).toEqual([]);
  return (error as Error).message;
}
