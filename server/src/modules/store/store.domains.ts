import type { StoreDomain } from '../../generated/prisma/client.ts';
import type { Db } from '../../platform/database.ts';
import { normaliseHostname } from './hostname.ts';
import { StoreDomainNotFoundError, StoreDomainTakenError, TooManyStoreDomainsError } from './store.errors.ts';
import { changeLocked } from './store.lock.ts';

/** Most domains of one store: they are shown as one list. */
export const maxStoreDomains = 100;

/**
 * The domain, now claimed by that store; the first one is its primary. Throws StoreDomainTakenError when the store has
 * it already or another one has shown that it is theirs, TooManyStoreDomainsError or HostnameMalformedError.
 */
export async function addStoreDomain(
  db: Db,
  input: { readonly storeId: string; readonly hostname: string },
): Promise<StoreDomain> {
  const { storeId } = input;
  const hostname = normaliseHostname(input.hostname);
  return changeLocked(db, storeId, async (transaction) => {
    const domains = await transaction.storeDomain.findMany({ where: { storeId } });
    if (domains.some((domain) => domain.hostname === hostname))
      throw new StoreDomainTakenError(hostname, true);
    if (await transaction.storeDomain.findFirst({ where: { hostname, verified: true } }))
      throw new StoreDomainTakenError(hostname, false);
    if (domains.length >= maxStoreDomains) throw new TooManyStoreDomainsError(maxStoreDomains);
    const primary = !domains.some((domain) => domain.primary);
    return transaction.storeDomain.create({ data: { storeId, hostname, primary } });
  });
}

/** Takes the domain from its store; when it was the primary one, the oldest that is left takes its place. */
export async function removeStoreDomain(db: Db, { id, storeId }: StoreDomain): Promise<void> {
  await changeLocked(db, storeId, async (transaction) => {
    const { count } = await transaction.storeDomain.deleteMany({ where: { id } });
    if (count === 0) throw new StoreDomainNotFoundError();
    const [oldest, ...others] = await transaction.storeDomain.findMany({
      where: { storeId },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    });
    if (!oldest || [oldest, ...others].some((domain) => domain.primary)) return;
    await transaction.storeDomain.update({ where: { id: oldest.id }, data: { primary: true } });
  });
}

/** The domain, now the primary one of its store. */
export async function setPrimaryStoreDomain(db: Db, { id, storeId }: StoreDomain): Promise<StoreDomain> {
  return changeLocked(db, storeId, async (transaction) => {
    if (!(await transaction.storeDomain.findUnique({ where: { id } }))) throw new StoreDomainNotFoundError();
    // First this, since at no moment two may be primary.
    await transaction.storeDomain.updateMany({
      where: { storeId, primary: true, id: { not: id } },
      data: { primary: false },
    });
    return transaction.storeDomain.update({ where: { id }, data: { primary: true } });
  });
}
