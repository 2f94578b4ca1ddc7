import { once } from 'node:events';
import { WebSocket } from 'ws';
import { globalIdOf } from '../test/global-id.ts';

/** What one client has heard. */
export interface Heard {
  /** Nanoseconds of the machine's own clock at which so many rows were first heard of. */
  readonly at: Map<number, bigint>;
  /** The last message, as it came. */
  text: string;
  /** The end of the job was heard. */
  ended: boolean;
  readonly socket: WebSocket;
}

const query = `subscription ($id: ID!) {
  importJobProgress(id: $id) {
    id status importedCount updatedCount unchangedCount errorCount warningCount totalProcessed totalRows
    progress { phase fraction rowsPerSecond secondsLeft } phases { phase state count durationMs }
    sourceUrl language startedAt completedAt store { code name }
  }
}`;

interface Message {
  readonly type?: string;
  readonly payload?: {
    readonly data?: {
      readonly importJobProgress: { readonly totalProcessed: number; readonly status: string };
    };
    readonly errors?: unknown;
  };
}

/** A client that follows the job as a page does, by the protocol of graphql-ws; resolves with its first state. */
export async function follow(url: string, token: string, jobId: string): Promise<Heard> {
  const socket = new WebSocket(url, 'graphql-transport-ws', { perMessageDeflate: false });
  const first = Promise.withResolvers<void>();
  const heard = listen(socket, (type) => {
    if (type === 'connection_ack') socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload }));
    if (type === 'next') first.resolve();
    if (type === 'error') first.reject(new Error('the subscription was refused'));
  });
  socket.once('close', (code, reason) => first.reject(new Error(`closed: ${code} ${reason.toString()}`)));
  const payload = { query, variables: { id: globalIdOf('ImportJob', jobId) } };
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } }));
  await first.promise;
  return heard;
}

/** A client of the bare broadcast. */
export async function hearBare(url: string): Promise<Heard> {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  const heard = listen(socket, () => undefined);
  await once(socket, 'open');
  return heard;
}

function listen(socket: WebSocket, onMessage: (type: string | undefined) => void): Heard {
  const heard: Heard = { at: new Map(), text: '', ended: false, socket };
  socket.on('message', (message: Buffer) => {
    const now = process.hrtime.bigint();
    const text = message.toString();
    const { type, payload } = JSON.parse(text) as Message;
    onMessage(type);
    if (type === 'ping') socket.send('{"type":"pong"}');
    if (type !== 'next') return;
    const job = payload?.data?.importJobProgress;
    if (!job) throw new Error(`this is no event: ${text}`);
    heard.text = text;
    if (!heard.at.has(job.totalProcessed)) heard.at.set(job.totalProcessed, now);
    if (job.status !== 'PROCESSING' && job.status !== 'PENDING') heard.ended = true;
  });
  return heard;
}
