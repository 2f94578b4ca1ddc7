import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { errorDownloadPath } from '../graphql/download-path.ts';
import { onlyReads, refuse, sendChunks } from './answers.ts';

/** A file whose text is made while it is sent. */
export interface TextFile {
  /** Plain ASCII, without quotes. */
  readonly fileName: string;
  readonly chunks: AsyncIterable<string>;
}

/** What the token of a link leads to. */
export type Download =
  { readonly kind: 'file'; readonly file: TextFile } | { readonly kind: 'forged' | 'expired' | 'missing' };

interface Options {
  readonly open: (token: string) => Promise<Download>;
}

const refusals = {
  forged: [403, 'LINK_FORGED', 'This link is not complete. Copy it anew from the page of the import.'],
  expired: [410, 'LINK_EXPIRED', 'This link was good for five minutes. Open the page of the import again.'],
  missing: [404, 'NOT_FOUND', 'This import is gone, or has no errors.'],
} as const;

/**
 * Answers `/api/import-errors/<token>.csv` with the faults of an import. The file is read no faster than it is sent,
 * and no further when the client leaves.
 */
export function createErrorDownload({ open }: Options) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!onlyReads(request, response)) return;
    const [path = ''] = (request.url ?? '').split('?', 1);
    const token = path.slice(errorDownloadPath.length).replace(/\.csv$/, '');
    const download = await open(token);
    if (download.kind !== 'file') {
      const [status, code, message] = refusals[download.kind];
      return refuse(request, response, status, { code, message });
    }
    await send(request, response, download.file);
  };
}

async function send(
  request: IncomingMessage,
  response: ServerResponse,
  { fileName, chunks }: TextFile,
): Promise<void> {
  response.writeHead(200, {
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': `attachment; filename="${fileName}"`,
    'Cache-Control': 'no-store',
  });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  // One piece ahead of what is sent, no more.
  await sendChunks(request, response, Readable.from(chunks, { highWaterMark: 1 }));
}
