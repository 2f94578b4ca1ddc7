import type { Db } from '../../platform/database.ts';
import { InvalidInputError } from '../../graphql/errors.ts';
import { normaliseHostname } from '../store/hostname.ts';
import { codeForm } from '../store/store.access.ts';
import { HostnameMalformedError } from '../store/store.errors.ts';
import type { ListedStore } from './storefront.conditions.ts';
import { isOpen } from './storefront.policy.ts';

/** A store as a shop page needs it. */
export interface OpenStore extends ListedStore {
  readonly merchantId: string;
  readonly code: string;
  readonly name: string;
}

/** How a shop page names its store: by one of these. */
export interface StoreAddress {
  readonly code?: string | null;
  readonly hostname?: string | null;
}

const parts = {
  ...{ id: true, merchantId: true, code: true, name: true, currency: true, goneFromFeed: true },
  ...{ active: true, merchant: { select: { active: true } } },
} as const;

/**
 * The store of that code, or of that domain, whoever asks; null when there is none, when it or its merchant is
 * switched off, and when nobody has shown that the domain is theirs. Throws InvalidInputError unless one of both is
 * given.
 */
export async function findOpenStore(db: Db, { code, hostname }: StoreAddress): Promise<OpenStore | null> {
  if (((code ?? null) === null) === ((hostname ?? null) === null))
    throw new InvalidInputError('Give either the code of a store or one of its domains.', ['code']);
  const store = await (typeof code === 'string' ? findByCode(db, code) : findByHostname(db, hostname ?? ''));
  return store && isOpen(store) ? store : null;
}

const findByCode = async (db: Db, code: string) =>
  codeForm.test(code) ? db.store.findUnique({ where: { code }, select: parts }) : null;

async function findByHostname(db: Db, typed: string) {
  const hostname = readHostname(typed);
  if (hostname === null) return null;
  const domain = await db.storeDomain.findFirst({
    where: { hostname, verified: true },
    select: { store: { select: parts } },
  });
  return domain?.store ?? null;
}

/** Null for what no domain can be called. */
function readHostname(typed: string): string | null {
  try {
    return normaliseHostname(typed);
  } catch (error) {
    if (error instanceof HostnameMalformedError) return null;
    throw error;
  }
}
