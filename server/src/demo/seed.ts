import type { Language, Store } from '../generated/prisma/client.ts';
import { hashPassword, isPassword } from '../modules/user/password.ts';
import type { Database, Db } from '../platform/database.ts';
import { codeOfLanguage } from '../product-data/language.ts';
import { demoAccounts, demoFeedName, demoMerchants, demoStores, type DemoStore } from './shops.ts';

/** Where the server offers the demo's feeds. */
export const demoFeedPath = '/demo/feeds/';

/** A number of our own in PostgreSQL's space of advisory locks. */
const advisoryLock = 72_707_373;

/**
 * True when the demo was put into the database: its accounts, merchants and stores, with feeds at this origin
 * (`http://127.0.0.1:4000`). A database with any account or merchant is left as it is. Any number of processes may
 * call it at once.
 */
export async function seedDemo(db: Database['db'], origin: string): Promise<boolean> {
  if (!(await isEmpty(db))) return false;
  // Before the transaction: hashing is slow by design.
  const hashes = new Map<string, string>();
  for (const { email, password } of demoAccounts) hashes.set(email, await hashPassword(password));
  return db.$transaction(
    async (transaction) => {
      await transaction.$queryRaw`SELECT pg_advisory_xact_lock(${advisoryLock})::text`;
      if (!(await isEmpty(transaction))) return false;
      await createAll(transaction, origin, hashes);
      return true;
    },
    { timeout: 30_000 },
  );
}

async function isEmpty(db: Db): Promise<boolean> {
  return (await db.user.count()) + (await db.merchant.count()) === 0;
}

async function createAll(db: Db, origin: string, hashes: ReadonlyMap<string, string>): Promise<void> {
  const userIds = new Map<string, string>();
  for (const { email, name, admin } of demoAccounts) {
    const passwordHash = hashes.get(email) ?? '!';
    const user = await db.user.create({ data: { email, name, passwordHash, platformAdmin: admin } });
    userIds.set(email, user.id);
  }
  for (const { ownerEmail, stores, ...merchant } of demoMerchants) {
    const ownerId = userIds.get(ownerEmail);
    if (ownerId === undefined) throw new Error(`No demo account is ${ownerEmail}.`);
    await db.merchant.create({
      data: { ...merchant, ownerId, stores: { create: stores.map((store) => storeOf(store, origin)) } },
    });
  }
  for (const { email, staffOf } of demoAccounts) {
    for (const code of staffOf) {
      await db.storeMember.create({
        data: { user: { connect: { email } }, store: { connect: { code } }, role: 'STAFF' },
      });
    }
  }
}

const storeOf = (store: DemoStore, origin: string) => ({
  code: store.code,
  name: store.name,
  currency: store.currency,
  timeZone: store.timeZone,
  ...feedUrls(store, origin),
  domains: { create: { hostname: store.hostname, primary: true, verified: true } },
});

type FeedUrls = Pick<Store, 'letzshopCsvUrlFr' | 'letzshopCsvUrlEn' | 'letzshopCsvUrlDe'>;

const columns = {
  FR: 'letzshopCsvUrlFr',
  EN: 'letzshopCsvUrlEn',
  DE: 'letzshopCsvUrlDe',
} as const satisfies Record<Language, keyof FeedUrls>;

function feedUrls({ code, languages }: DemoStore, origin: string): Record<string, string> {
  return Object.fromEntries(
    languages.map((language) => [
      columns[codeOfLanguage(language)],
      `${origin}${demoFeedPath}${demoFeedName(code, language)}`,
    ]),
  );
}

/** Leads the demo's stores to their feeds at this origin, where they were at another one. What a user set stays. */
export async function moveDemoFeeds(db: Db, origin: string): Promise<void> {
  for (const demoStore of demoStores) {
    const store = await db.store.findUnique({ where: { code: demoStore.code } });
    if (!store) continue;
    const moved = Object.entries(feedUrls(demoStore, origin)).filter(([column, url]) =>
      isElsewhere(store[column as keyof FeedUrls], url),
    );
    if (moved.length === 0) continue;
    await db.store.update({ where: { id: store.id }, data: Object.fromEntries(moved) });
  }
}

/** Where else on this machine the demo's stores look for their feeds (`http://127.0.0.1:4000`); none for this origin. */
export async function otherDemoOrigins(db: Db, origin: string): Promise<string[]> {
  const found = new Set<string>();
  for (const demoStore of demoStores) {
    const store = await db.store.findUnique({ where: { code: demoStore.code } });
    if (!store) continue;
    for (const [column, url] of Object.entries(feedUrls(demoStore, origin))) {
      const stored = store[column as keyof FeedUrls];
      if (stored !== null && isElsewhere(stored, url)) found.add(new URL(stored).origin);
    }
  }
  return [...found];
}

/** True for the same feed at another port or spelling of this machine. */
function isElsewhere(stored: string | null, url: string): boolean {
  const [at, target] = [stored === null ? null : URL.parse(stored), new URL(url)];
  const here = /^(localhost|127\.[\d.]+|\[::1\])$/;
  return at !== null && at.href !== target.href && at.pathname === target.pathname && here.test(at.hostname);
}

/** The demo accounts that anyone who has read the README can sign in with. */
export async function openDemoAccounts(db: Db): Promise<string[]> {
  const found = await db.user.findMany({
    where: { email: { in: demoAccounts.map(({ email }) => email) }, active: true },
  });
  const open: string[] = [];
  for (const { email, password } of demoAccounts) {
    const user = found.find((candidate) => candidate.email === email);
    if (user && (await isPassword(password, user.passwordHash))) open.push(email);
  }
  return open;
}
