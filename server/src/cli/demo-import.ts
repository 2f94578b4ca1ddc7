import type { MarketplaceImportJob } from '../generated/prisma/client.ts';
import { fillDemoCatalogue } from '../demo/own-values.ts';
import { demoFeedPath } from '../demo/seed.ts';
import { demoStores, type DemoStore } from '../demo/shops.ts';
import { startImport } from '../modules/import-job/import-job.service.ts';
import type { AddressRules } from '../pipeline/source/address.ts';
import { codeOfLanguage } from '../product-data/language.ts';
import type { Log } from '../platform/log.ts';
import { summariseResult } from './import-result.ts';
import { followJob } from './follow-job.ts';
import type { ImportNode } from './import-node.ts';
import { viewImport } from './import-view.ts';
import { sentenceOf } from './sentence-of.ts';

interface DemoImportOptions {
  readonly node: ImportNode;
  readonly rules: AddressRules;
  readonly log: Log;
  readonly stopping: AbortSignal;
  readonly say: (line: string) => void;
}

/**
 * Imports the feeds of the first demo store, in all its languages, when nothing was ever imported into it, or goes
 * on with what an earlier start began; then its catalogue is filled. Shows how it goes, and resolves when it is over.
 */
export async function importDemo(options: DemoImportOptions): Promise<void> {
  // The other stores' feeds are left for the user to try.
  const [demoStore] = demoStores;
  if (!demoStore) return;
  try {
    const jobs = await openJobs(options, demoStore);
    if (jobs.length > 0) options.say(`Importing the demo feeds of ${demoStore.name} …`);
    for (const job of jobs) await showImport(options, demoStore, job);
    if (await lacksCatalogue(options.node, demoStore)) await fillDemoCatalogue(options.node.db);
  } catch (error) {
    // A demo that fails is no reason not to serve the rest.
    if (options.stopping.aborted) throw error;
    options.log.error({ err: error }, 'demo');
    options.say(`The demo feeds were not imported: ${sentenceOf(error)}`);
  }
}

/** Imports of the demo's own feeds that a start has begun; users' imports of the same store are none of its. */
const demoImportsOf = ({ code }: DemoStore) => ({
  ...{ store: { code }, createdById: null },
  sourceUrl: { contains: `${demoFeedPath}${code}-` },
});

/** Also when an earlier start has come no further than the imports. */
async function lacksCatalogue({ db }: ImportNode, demoStore: DemoStore): Promise<boolean> {
  const { code } = demoStore;
  const imports = await db.marketplaceImportJob.count({ where: demoImportsOf(demoStore) });
  return imports > 0 && (await db.publicationJob.count({ where: { store: { code } } })) === 0;
}

async function openJobs(
  { node: { db, queue, jobs: notices }, rules }: DemoImportOptions,
  demoStore: DemoStore,
) {
  const store = await db.store.findUnique({ where: { code: demoStore.code } });
  if (!store?.active) return [];
  const storeId = store.id;
  if ((await db.marketplaceImportJob.count({ where: { storeId } })) > 0) {
    return db.marketplaceImportJob.findMany({
      where: { ...demoImportsOf(demoStore), status: { in: ['PENDING', 'PROCESSING'] } },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    });
  }
  const urls = { fr: store.letzshopCsvUrlFr, en: store.letzshopCsvUrlEn, de: store.letzshopCsvUrlDe };
  const started: MarketplaceImportJob[] = [];
  for (const language of demoStore.languages) {
    const sourceUrl = urls[language];
    if (sourceUrl === null) continue;
    const input = { storeCode: store.code, sourceUrl, language: codeOfLanguage(language), createdById: null };
    const job = await startImport(db, queue, rules, input);
    notices.publish(job);
    started.push(job);
  }
  return started;
}

async function showImport(
  { node, stopping, say }: DemoImportOptions,
  { code }: DemoStore,
  job: MarketplaceImportJob,
): Promise<void> {
  const view = viewImport(process.stdout);
  const started = performance.now();
  try {
    const ended = await followJob(node, job.id, {
      onChange: (notice) => view.show(notice),
      signal: stopping,
    });
    view.end();
    say(summariseResult(ended, code, (performance.now() - started) / 1000));
  } catch (error) {
    if (stopping.aborted) say('The import goes on at the next start.');
    throw error;
  } finally {
    view.end();
  }
}
