// @module-tag log
// @module-tag db
import { Redis } from 'ioredis';
import { expect, test } from 'vitest';
import { buildImportJob } from '../test/builders.ts';
import { buses, redis, startRedisForTests } from '../test/buses.ts';
import { withDatabase } from '../test/database.ts';
import { uncheckedSettings } from '../test/unchecked-settings.ts';
import { openImportNode, type ImportNode } from './cli/import-node.ts';
import { readConfig } from './config.ts';
import { watchedJobParts, type WatchedJob } from './modules/import-job/import-job.record.ts';
import type { Log } from './platform/log.ts';
import { openTelemetry, type Telemetry } from './telemetry.ts';

startRedisForTests();

/** What the log has kept after a node with these settings did that. */
const keptOf = (
  env: Readonly<Record<string, string>>,
  use: (node: ImportNode, log: Log, telemetry: Telemetry) => Promise<void>,
) =>
  withDatabase(async ({ db, url }) => {
    const config = readConfig({ DATABASE_URL: url, ...env }, uncheckedSettings);
    const telemetry = openTelemetry({ ...config, logLevel: 'silent' });
    const node = await openImportNode(config, telemetry.log);
    telemetry.start({ ...node, databaseUrl: 'postgresql://app:of-the-database@127.0.0.1/shop' });
    await use(node, telemetry.log, telemetry);
    await telemetry.stop();
    await node.close();
    return (await db.logEntry.findMany()).map(({ message }) => message);
  });

test('what a node says is kept without the secrets of its settings and of its database', async () => {
  const key = 'of-access-'.repeat(5);
  const env = { METRICS_TOKEN: 'of-all-the-metrics', AUTH_KEYS: `k1:${key}` };
  const kept = await keptOf(env, async (_node, log) =>
    log.info(`says of-all-the-metrics ${key} of-the-database`),
  );
  expect(kept).toEqual(['says *** *** ***']);
});

test.skipIf(buses[1]?.missing !== null)(
  'what cannot be published makes no entry, which would be published',
  async () => {
    const kept = await keptOf({ REDIS_URL: redis().url }, async ({ bus }, log) => {
      log.info('starts');
      const admin = new Redis(redis().url);
      await admin.acl('SETUSER', 'default', '-publish');
      await admin.quit();
      await bus.publish('access', { userIds: [] });
    });
    expect(kept).toEqual(['starts']);
  },
);

test('what somebody else may have told of is told on, and makes no entry', async () => {
  const told: [string, WatchedJob][] = [];
  const kept = await keptOf({}, async (node, _log, telemetry) => {
    const jobs = telemetry.observe({
      publish: (job) => void told.push(['first', job]),
      publishAgain: (job) => void told.push(['again', job]),
      settled: async () => undefined,
    });
    const { id } = await buildImportJob(node.db, { status: 'COMPLETED', completedAt: new Date() });
    const where = { id };
    const job = await node.db.marketplaceImportJob.findUniqueOrThrow({ where, include: watchedJobParts });
    jobs.publishAgain(job);
    jobs.publish({ ...job, id: job.storeId });
  });
  expect(told.map(([how]) => how)).toEqual(['again', 'first']);
  expect(kept).toEqual(['import ended']);
});
