import type { IncomingMessage } from 'node:http';

/** A body that is not taken; `status` is the answer's. */
export class BodyError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Longest that a body may take to arrive. */
const patienceMs = 30_000;

/**
 * The whole body of a request. Throws BodyError as soon as it is larger than the limit in bytes, by what it
 * announces or by what has come, or too slow; nothing more is read then.
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const tooLarge = () => new BodyError(413, 'BODY_TOO_LARGE', `A request has at most ${limit} bytes.`);
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge();
  const chunks: Buffer[] = [];
  let length = 0;
  return new Promise((settle, fail) => {
    const patience = setTimeout(
      () => end(new BodyError(408, 'BODY_TOO_SLOW', 'The request took too long to arrive.')),
      patienceMs,
    );
    const take = (chunk: Buffer) => {
      length += chunk.length;
      if (length > limit) end(tooLarge());
      else chunks.push(chunk);
    };
    const end = (error?: Error) => {
      clearTimeout(patience);
      request.off('data', take).pause();
      if (error) fail(error);
      else settle(Buffer.concat(chunks, length));
    };
    request
      .on('data', take)
      .once('end', () => end())
      // Of a connection that is gone, and of nothing else.
      .once('error', () => end(new BodyError(400, 'BODY_CUT_OFF', 'The request ended too early.')));
  });
}
