import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const compileCache = pathToFileURL(resolve(import.meta.dirname, '../../compile-cache.js')).href;

/**
 * How Node is started where imports run, in a process or a `fork` of one. Rows live for a batch, and many batches
 * pass in a second: a larger nursery makes the process larger and nothing quicker that could be measured. A heap that
 * may grow by half before it is searched for garbage saves work; one that may double is 30 MB larger, and no quicker.
 */
export const importingNodeFlags: readonly string[] = [
  '--max-semi-space-size=4',
  '--heap-growing-percent=50',
  '--import',
  compileCache,
];

/** One arena of glibc's for all threads: with one for nearly each, every one keeps what it once held, 20 MB in all. */
export const importingNodeEnv: Readonly<Record<string, string>> = { MALLOC_ARENA_MAX: '1' };
