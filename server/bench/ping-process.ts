import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * Somebody who asks the addresses that it is told again and again. A process of its own: in the bench's, an answer
 * would wait for whatever the bench does itself. It says `started` for `start`, and the times for `stop`.
 */
export type ToPinger = 'start' | 'stop' | 'end';

/** Milliseconds until each whole answer was there, by address. */
export type PingTimes = readonly (readonly number[])[];

/** Often enough for a percentile, and too seldom to be a load of its own. */
const everyMs = 50;
/** Answers that are not counted: the first ones compile, on both sides. */
const warmPings = 20;

const addresses = process.argv.slice(2);
const agent = new Agent({ keepAlive: true });

async function ping(address: string): Promise<number> {
  const started = performance.now();
  const [response] = (await once(get(address, { agent }), 'response')) as [IncomingMessage];
  await text(response);
  return performance.now() - started;
}

async function pingUntil(signal: AbortSignal, address: string): Promise<number[]> {
  const times: number[] = [];
  while (!signal.aborted) {
    times.push(await ping(address));
    await wait(everyMs);
  }
  return times;
}

for (let count = 0; count < warmPings; count++) await Promise.all(addresses.map(ping));

let stopping = new AbortController();
let pinging: Promise<PingTimes> = Promise.resolve([]);

process.on('message', (message: ToPinger) => {
  if (message === 'start') {
    stopping = new AbortController();
    pinging = Promise.all(addresses.map((address) => pingUntil(stopping.signal, address)));
    process.send?.('started');
  } else if (message === 'stop') {
    stopping.abort();
    void pinging.then((times) => process.send?.(times));
  } else process.disconnect();
});
// Also when the bench has ended without a word.
process.on('disconnect', () => process.exit());
process.send?.('ready');
