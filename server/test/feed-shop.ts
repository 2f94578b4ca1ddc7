import { v7 as uuidv7 } from 'uuid';
import type { Language, Prisma, Store } from '../src/generated/prisma/client.ts';
import type { WatchedJob } from '../src/modules/import-job/import-job.record.ts';
import { createImportJob } from '../src/modules/import-job/import-job.service.ts';
import { buildStore } from './builders.ts';
import { withDatabase, type TestDatabase } from './database.ts';
import { withImportNode, type ImportNode } from './import-node.ts';
import { httpResponse, startLoopbackServer, type LoopbackServer } from './loopback-server.ts';

export interface FeedShop {
  readonly database: TestDatabase;
  readonly node: ImportNode;
  readonly store: Store;
  readonly web: LoopbackServer;
  /** What the node has announced so far. */
  readonly announced: readonly WatchedJob[];
  /** What the web server has to give from now on. */
  serve(body: string | Buffer, etag?: string, charset?: string): void;
  importOf(given?: {
    path?: string;
    language?: Language;
    batchSize?: number;
  }): ReturnType<ImportNode['ended']>;
}

/** A store whose feed is served on loopback, and a node that imports it. */
export function withFeedShop(
  use: (shop: FeedShop) => Promise<void>,
  values: Partial<Prisma.StoreUncheckedCreateInput> = {},
): Promise<void> {
  return withDatabase(async (database) => {
    let served: { body: string | Buffer; etag: string; charset: string } = {
      body: '',
      etag: '',
      charset: '',
    };
    const web = await startLoopbackServer((socket, head) => {
      const { body, etag, charset } = served;
      const known = etag !== '' && head.toLowerCase().includes(`if-none-match: ${etag}`);
      const headers = {
        ...(etag && { ETag: etag }),
        ...(charset && { 'Content-Type': `text/csv; charset=${charset}` }),
      };
      socket.end(known ? httpResponse(304, '', headers) : httpResponse(200, body, headers));
    });
    const store = await buildStore(database.db, values);
    const announced: WatchedJob[] = [];
    const useNode = (node: ImportNode) =>
      use({
        ...{ database, node, store, web, announced },
        serve: (body, etag = '', charset = '') => void (served = { body, etag, charset }),
        async importOf({ path = '/feed.csv', ...given } = {}) {
          const job = await createImportJob(database.db, node.queue, uuidv7(), {
            ...{ storeCode: store.code, language: 'EN', createdById: null, ...given },
            sourceUrl: web.origin + path,
          });
          return node.ended(job.id);
        },
      });
    await withImportNode(database, useNode, (job) => void announced.push(job));
  });
}
