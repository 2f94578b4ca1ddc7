import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MarketplaceImportJob, Store, User } from '../src/generated/prisma/client.ts';
import type { Viewer } from '../src/graphql/viewer.ts';
import { FeedChecks } from '../src/modules/import-job/feed-check.ts';
import { createJobAnnouncer } from '../src/modules/import-job/import-job.announcer.ts';
import { ImportWatch } from '../src/modules/import-job/import-job.watch.ts';
import { createUrlKeys } from '../src/modules/import-job/signed-url.ts';
import { createLogTails } from '../src/modules/log/log.tail.ts';
import { PublicationWatch } from '../src/modules/product/publication.watch.ts';
import { StatsWatch } from '../src/modules/stats/stats.watch.ts';
import { proofValue } from '../src/modules/store/store.proof.ts';
import { hashPassword } from '../src/modules/user/password.ts';
import { checkAddress } from '../src/pipeline/source/address.ts';
import { defaultSourceLimits } from '../src/pipeline/source/limits.ts';
import { openBus } from '../src/platform/bus.ts';
import type { Database, Db } from '../src/platform/database.ts';
import { createJobPublisher } from '../src/platform/job-notices.ts';
import { buildImportJob, buildMerchant, buildStore, buildUser } from './builders.ts';
import { signedIn } from './execute.ts';
import { changeJob } from './following.ts';
import { globalIdOf } from './global-id.ts';

/** Everybody who can ask, in the order of the columns of the table. */
export const askers = ['signedOut', 'admin', 'owner', 'manager', 'staff', 'other'] as const;
export type Asker = (typeof askers)[number];

/** What is in the database: everything twice, once of each merchant, so that what belongs to the other can show. */
export interface World {
  readonly viewers: Readonly<Record<Asker, Viewer | null>>;
  /** Global ids, by what they are of. */
  readonly ids: Readonly<Record<string, string>>;
  /** Jobs of both stores in turn. */
  readonly jobs: readonly MarketplaceImportJob[];
}

export const ownersPassword = 'a password of the owner';

const secretUrl = 'https://user:secret@feeds.example/feed.csv?token=secret';

/**
 * Two merchants, `Maison` with the store `shop`, and `Other` with the store `other`. People are named for what they
 * are: `owner`, `manager`, `staff` and their `colleague` belong to the shop, `other` owns the other merchant.
 */
export async function buildWorld(db: Db): Promise<World> {
  const person = (name: string, values = {}) =>
    buildUser(db, { name, email: `${name}@example.test`, ...values });
  const people = {
    admin: await person('admin', { platformAdmin: true }),
    owner: await person('owner', { passwordHash: await hashPassword(ownersPassword) }),
    manager: await person('manager'),
    staff: await person('staff'),
    other: await person('other'),
    colleague: await person('colleague'),
  };
  const shop = await buildShop(db, 'shop', people.owner, people.colleague);
  const other = await buildShop(db, 'other', people.other, people.other);
  await db.storeMember.create({
    data: { storeId: shop.store.id, userId: people.manager.id, role: 'MANAGER' },
  });
  await db.storeMember.create({ data: { storeId: shop.store.id, userId: people.staff.id, role: 'STAFF' } });
  const member = await db.storeMember.create({
    data: { storeId: shop.store.id, userId: people.colleague.id, role: 'STAFF' },
  });
  await db.logEntry.create({ data: { at: new Date(), level: 30, message: 'noted', node: 'node' } });
  return {
    viewers: {
      signedOut: null,
      admin: await signedIn(db, people.admin),
      owner: await signedIn(db, people.owner),
      manager: await signedIn(db, people.manager),
      staff: await signedIn(db, people.staff),
      other: await signedIn(db, people.other),
    },
    ids: {
      merchant: globalIdOf('Merchant', shop.store.merchantId),
      store: globalIdOf('Store', shop.store.id),
      otherStore: globalIdOf('Store', other.store.id),
      domain: globalIdOf('StoreDomain', shop.domainId),
      member: globalIdOf('StoreMember', member.id),
      staff: globalIdOf('User', people.staff.id),
      endedJob: globalIdOf('ImportJob', shop.ended.id),
      waitingJob: globalIdOf('ImportJob', shop.waiting.id),
      importError: globalIdOf('ImportError', `${shop.ended.id}:1:0`),
      product: globalIdOf('MarketplaceProduct', `${shop.store.id}:${shop.productId}`),
      catalogueProduct: globalIdOf('Product', `${shop.store.id}:${shop.catalogueProductId}`),
      publication: globalIdOf('PublicationJob', shop.publicationId),
    },
    jobs: [shop.ended, other.ended, shop.waiting, other.waiting],
  };
}

interface Shop {
  readonly store: Store;
  readonly domainId: string;
  readonly ended: MarketplaceImportJob;
  readonly waiting: MarketplaceImportJob;
  readonly productId: bigint;
  readonly catalogueProductId: bigint;
  readonly publicationId: string;
}

/** A store with one of everything, under a merchant of its own. */
async function buildShop(db: Db, code: string, owner: User, creator: User): Promise<Shop> {
  const merchant = await buildMerchant(db, {
    name: code === 'shop' ? 'Maison' : 'Other',
    ownerId: owner.id,
    contactEmail: `office@${code}.example`,
    vatNumber: 'LU12345678',
  });
  const store = await buildStore(db, {
    code,
    name: code,
    merchantId: merchant.id,
    letzshopCsvUrlFr: secretUrl,
    timeZone: code === 'shop' ? 'Europe/Paris' : 'Europe/Berlin',
  });
  const domain = await db.storeDomain.create({ data: { storeId: store.id, hostname: `${code}.example` } });
  const job = { storeId: store.id, createdById: creator.id, sourceUrl: secretUrl };
  const ended = await buildImportJob(db, {
    ...job,
    status: 'COMPLETED_WITH_ERRORS',
    errorCount: 1,
    startedAt: new Date(),
    completedAt: new Date(),
  });
  await db.marketplaceImportError.create({
    data: {
      ...{ jobId: ended.id, rowNumber: 1, ordinal: 0, lineNumber: 2, errorType: 'MISSING_TITLE' },
      ...{ severity: 'ERROR', code: 'TITLE_MISSING', errorMessage: 'No title.' },
    },
  });
  const waiting = await buildImportJob(db, { ...job, status: 'PENDING' });
  const product = await db.marketplaceProduct.create({
    data: {
      ...{ storeId: store.id, storeName: code, marketplace: 'Letzshop', marketplaceProductId: `${code}-1` },
      ...{ brand: `${code}-brand`, contentHash: '', lastImportJobId: ended.id },
    },
  });
  const published = await db.product.create({
    data: { storeId: store.id, marketplaceProductId: product.id, publishedAt: new Date(), price: '5.00' },
  });
  const publication = await db.publicationJob.create({
    data: { storeId: store.id, action: 'PUBLISH', status: 'COMPLETED', selection: { kind: 'ids', ids: [] } },
  });
  return {
    ...{ store, domainId: domain.id, ended, waiting, productId: product.id },
    ...{ catalogueProductId: published.id, publicationId: publication.id },
  };
}

/** What the program would have for its resolvers: all of it real, but for the network and the queue's worker. */
export async function openServices(db: Database['db']) {
  const fail = (error: unknown) => {
    throw error;
  };
  const folder = await mkdtemp(join(tmpdir(), 'access-'));
  const bus = openBus({ redisUrl: null, onError: fail });
  // Mutations are undone: what they tell must not reach those who follow what is there.
  const unheard = openBus({ redisUrl: null, onError: fail });
  const importWatch = new ImportWatch({ db, bus, onError: fail });
  const importPlaces = () => Promise.resolve(1);
  const statsWatch = new StatsWatch({ db, importWatch, importPlaces, onError: fail });
  const publicationWatch = new PublicationWatch({ db, bus, onError: fail });
  const feedAddressRules = {
    allowedAddresses: [],
    lookup: () => Promise.resolve([{ address: '93.184.215.14', family: 4 as const }]),
  };
  const feedChecks = new FeedChecks({
    ...{ folder, limits: defaultSourceLimits, allowedAddresses: '', places: 10, placesPerViewer: 10 },
    timeoutMs: 20_000,
  });
  return {
    services: {
      ...{ importWatch, statsWatch, importPlaces, feedAddressRules, feedChecks, publicationWatch },
      publisher: { start: () => undefined },
      checkFeedAddress: async (address: string) => void (await checkAddress(address, feedAddressRules)),
      logTails: createLogTails(db, bus, fail),
      jobs: createJobAnnouncer(unheard, createJobPublisher(db, fail)),
      // Names every store, whatever is asked.
      readTxtRecords: async () => (await db.store.findMany()).map(({ id }) => proofValue({ storeId: id })),
      importQueue: { enqueue: () => Promise.resolve() },
      urlKeys: createUrlKeys(randomBytes(32)),
      cookies: { refreshToken: null, setRefreshToken: () => undefined, clearRefreshToken: () => undefined },
      requestId: randomUUID(),
    },
    /** Changes all jobs, one after the other, and tells those who follow them. */
    async changeJobs(jobs: readonly MarketplaceImportJob[]): Promise<void> {
      for (const { id } of jobs) await bus.publish('importJob', await changeJob(db, id, {}));
    },
    async close(): Promise<void> {
      statsWatch.close();
      await publicationWatch.close();
      await importWatch.close();
      await feedChecks.close();
      await bus.close();
      await unheard.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type WorldServices = Awaited<ReturnType<typeof openServices>>;
