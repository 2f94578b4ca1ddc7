import { fork } from 'node:child_process';
import { end, originOf } from './child.ts';

export interface FeedServer {
  readonly origin: string;
  /** From now on it sends a feed again, whatever the other side knows. */
  forgetEtags(): void;
  close(): Promise<void>;
}

/** Serves the files of a folder on loopback. */
export async function openFeedServer(folder: string): Promise<FeedServer> {
  const child = fork(new URL('./feed-process.ts', import.meta.url), [folder]);
  return {
    origin: await originOf(child),
    forgetEtags: () => child.send('forget'),
    close: () => end(child),
  };
}
