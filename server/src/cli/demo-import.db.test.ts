// @module-tag demo
// @module-tag db
import { expect, test } from 'vitest';
import { buildImportJob } from '../../test/builders.ts';
import { buildMarketplaceProduct } from '../../test/catalogue.ts';
import { withDatabase } from '../../test/database.ts';
import { uncheckedSettings } from '../../test/unchecked-settings.ts';
import { readConfig } from '../config.ts';
import { seedDemo } from '../demo/seed.ts';
import { createLog, type LogRecord } from '../platform/log.ts';
import { importDemo } from './demo-import.ts';
import { openImportNode, type ImportNode } from './import-node.ts';

const origin = 'http://127.0.0.1:4000';
const rules = { allowedAddresses: [], lookup: async () => [] };

interface Start {
  readonly node: ImportNode;
  /** What an earlier start has come to. */
  begin(status: 'COMPLETED' | 'PENDING', createdById?: string): Promise<unknown>;
  /** Goes on as a later one does; what it says, and its log. */
  goOn(): Promise<{ readonly said: string[]; readonly logged: LogRecord[] }>;
}

/** A node without a worker, on a database with the demo in it: what waits there is never imported. */
const withDemo = (use: (start: Start) => Promise<void>) =>
  withDatabase(async ({ db, url }) => {
    const config = readConfig({ DATABASE_URL: url }, uncheckedSettings);
    const [said, logged]: [string[], LogRecord[]] = [[], []];
    const log = createLog('silent', { store: (record) => logged.push(record), storeLevel: 'info' });
    const node = await openImportNode(config, log);
    await seedDemo(db, origin);
    const store = await db.store.findUniqueOrThrow({ where: { code: 'weber-livres' } });
    for (let at = 0; at < 3; at += 1) await buildMarketplaceProduct(db, store, `P-${at}`);
    const sourceUrl = store.letzshopCsvUrlFr ?? '';
    try {
      await use({
        node,
        begin: (status, createdById) =>
          buildImportJob(db, { storeId: store.id, status, sourceUrl, createdById: createdById ?? null }),
        async goOn() {
          const { signal } = new AbortController();
          await importDemo({ node, rules, log, stopping: signal, say: (line) => said.push(line) });
          return { said, logged };
        },
      });
    } finally {
      await node.close();
    }
  });

test('a start does not wait for what users import into the demo’s store', () =>
  withDemo(async ({ node: { db }, begin, goOn }) => {
    await begin('COMPLETED');
    const { id } = await db.user.findUniqueOrThrow({ where: { email: 'owner@example.test' } });
    await begin('PENDING', id);
    expect((await goOn()).said).toEqual([]);
  }));

test('a start that ended after the demo’s imports is gone on with: there is a catalogue', () =>
  withDemo(async ({ node: { db }, begin, goOn }) => {
    await begin('COMPLETED');
    await goOn();
    expect(await db.product.count({ where: { publishedAt: { not: null } } })).toBe(3);
  }));

test('a catalogue that somebody has emptied since stays so', () =>
  withDemo(async ({ node: { db }, begin, goOn }) => {
    await begin('COMPLETED');
    await goOn();
    await db.product.deleteMany();
    await goOn();
    expect(await db.product.count()).toBe(0);
  }));

test('a demo that fails, for whatever reason, is said and logged, and keeps nobody from the rest', () =>
  withDemo(async ({ node: { db }, begin, goOn }) => {
    await begin('COMPLETED');
    await db.$executeRaw`ALTER TABLE publication_jobs RENAME TO lost`;
    const { said, logged } = await goOn();
    expect(said).toEqual([expect.stringMatching(/^The demo feeds were not imported: .*publication_jobs/s)]);
    expect(logged).toMatchObject([{ level: 50 }]);
  }));
