import type { MarketplaceImportJob } from '../generated/prisma/client.ts';
import { fillDemoCatalogue } from '../demo/own-values.ts';
import { demoStores, type DemoStore } from '../demo/shops.ts';
import { startImport } from '../modules/import-job/import-job.service.ts';
import type { AddressRules } from '../pipeline/source/address.ts';
import { codeOfLanguage } from '../product-data/language.ts';
import { DomainError } from '../shared/domain-error.ts';
import { summariseResult } from './import-result.ts';
import { followJob } from './follow-job.ts';
import type { ImportNode } from './import-node.ts';
import { viewImport } from './import-view.ts';

interface DemoImportOptions {
  readonly node: ImportNode;
  readonly rules: AddressRules;
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
    if (jobs.length > 0) await fillDemoCatalogue(options.node.db);
  } catch (error) {
    // A demo that fails is no reason not to serve the rest.
    if (!(error instanceof DomainError)) throw error;
    options.say(`The demo feeds were not imported: ${error.message}`);
  }
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
      where: { storeId, status: { in: ['PENDING', 'PROCESSING'] } },
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
