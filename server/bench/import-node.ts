import { fork, type ChildProcess } from 'node:child_process';
import { importingNodeEnv, importingNodeFlags } from '../src/platform/node-process.ts';
import { answer, end, originOf } from './child.ts';
import { percentile, round } from './figures.ts';
import type { NodeFigures } from './import-process.ts';
import type { PingTimes, ToPinger } from './ping-process.ts';

/** How quickly a node answers while something goes on. */
export interface Responsiveness {
  readonly healthP99Ms: number;
  /** Of a process beside it that only answers, asked as often: the plain measure. */
  readonly bareP99Ms: number;
  readonly delayP99Ms: number;
}

const p99Of = (times: readonly number[]) => round(percentile(times, 0.99), 1);

/** The importing process, and how it fares. */
export interface BenchNode {
  /** Peak memory since its start. */
  peakRssMb(): Promise<number>;
  /** What the work gives, and how `/health` and the event loop did meanwhile. */
  during<T>(work: () => Promise<T>): Promise<{ result: T; responsiveness: Responsiveness }>;
  close(): Promise<void>;
}

export async function openBenchNode(args: readonly string[]): Promise<BenchNode> {
  const child = fork(new URL('./import-process.ts', import.meta.url), args, {
    execArgv: [...importingNodeFlags],
    env: { ...process.env, ...importingNodeEnv },
  });
  const bareChild = fork(new URL('./bare-process.ts', import.meta.url));
  const pinger = fork(new URL('./ping-process.ts', import.meta.url), [
    `${await originOf(child)}/health`,
    await originOf(bareChild),
  ]);
  await answer<string>(pinger);
  const ask = <T>(process: ChildProcess, message: 'figures' | ToPinger) => {
    process.send(message);
    return answer<T>(process);
  };
  const figures = () => ask<NodeFigures>(child, 'figures');
  return {
    peakRssMb: async () => (await figures()).peakRssMb,
    async during(work) {
      await figures();
      await ask<string>(pinger, 'start');
      const result = await work();
      const [health = [], bare = []] = await ask<PingTimes>(pinger, 'stop');
      const { delayP99Ms } = await figures();
      const [healthP99Ms, bareP99Ms] = [p99Of(health), p99Of(bare)];
      return { result, responsiveness: { healthP99Ms, bareP99Ms, delayP99Ms } };
    },
    close: async () => {
      await end(pinger);
      await Promise.all([end(child), end(bareChild)]);
    },
  };
}
