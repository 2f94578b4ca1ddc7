import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

type Collect = (options: { readonly type: 'minor' }) => void;

let collect: Collect | null = null;

/**
 * Frees buffers that were used a moment ago, in about a millisecond. V8 collects when its own heap has grown, and
 * buffers lie outside of it: work that makes nothing but buffers leaves up to 64 MB of them behind.
 */
export function collectYoung(): void {
  collect ??= exposedCollector();
  collect({ type: 'minor' });
}

/** Node shows it to new contexts alone once it runs. */
function exposedCollector(): Collect {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as Collect;
}
