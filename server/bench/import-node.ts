import { fork } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { importingNodeEnv, importingNodeFlags } from '../src/platform/node-process.ts';
import { answer, end, originOf } from './child.ts';
import type { NodeFigures } from './import-process.ts';

/** How quickly a node answers while something goes on. */
export interface Responsiveness {
  readonly healthP99Ms: number;
  /** Of a process beside it that only answers, asked as often: the plain measure. */
  readonly bareP99Ms: number;
  readonly delayP99Ms: number;
}

/** The importing process, and how it fares. */
export interface BenchNode {
  /** Peak memory since its start. */
  peakRssMb(): Promise<number>;
  /** What the work gives, and how `/health` and the event loop did meanwhile. */
  during<T>(work: () => Promise<T>): Promise<{ result: T; responsiveness: Responsiveness }>;
  close(): Promise<void>;
}

/** Often enough for a percentile, and too seldom to be a load of its own. */
const pingEveryMs = 50;

/** Answers that are not counted: the first ones compile, on both sides. */
const warmPings = 20;

export async function openBenchNode(args: readonly string[]): Promise<BenchNode> {
  const child = fork(new URL('./import-process.ts', import.meta.url), args, {
    execArgv: [...importingNodeFlags],
    env: { ...process.env, ...importingNodeEnv },
  });
  const bareChild = fork(new URL('./bare-process.ts', import.meta.url));
  const health = `${await originOf(child)}/health`;
  const bare = await originOf(bareChild);
  for (let count = 0; count < warmPings; count++) await Promise.all([ping(health), ping(bare)]);
  const figures = async () => {
    child.send('figures');
    return answer<NodeFigures>(child);
  };
  return {
    peakRssMb: async () => (await figures()).peakRssMb,
    async during(work) {
      await figures();
      const stop = new AbortController();
      const pinging = Promise.all([pingUntil(stop.signal, health), pingUntil(stop.signal, bare)]);
      const result = await work();
      stop.abort();
      const [healthP99Ms = 0, bareP99Ms = 0] = (await pinging).map((times) => percentile(times, 0.99));
      const { delayP99Ms } = await figures();
      return { result, responsiveness: { healthP99Ms, bareP99Ms, delayP99Ms } };
    },
    close: async () => void (await Promise.all([end(child), end(bareChild)])),
  };
}

/** Milliseconds of each answer until the signal. */
async function pingUntil(signal: AbortSignal, url: string): Promise<number[]> {
  const times: number[] = [];
  while (!signal.aborted) {
    times.push(await ping(url));
    await wait(pingEveryMs);
  }
  return times;
}

/** Milliseconds until the whole answer is here. */
async function ping(url: string): Promise<number> {
  const started = performance.now();
  await (await fetch(url)).text();
  return performance.now() - started;
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Number((sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(1));
}
