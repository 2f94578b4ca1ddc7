import type { StoreDomain } from '../../generated/prisma/client.ts';
import type { Db } from '../../platform/database.ts';
import type { ReadTxtRecords } from '../../platform/txt-records.ts';
import { isTaken } from '../../shared/is-taken.ts';
import {
  DomainLookupError,
  DomainRecordMissingError,
  DomainRecordOtherError,
  StoreDomainNotFoundError,
  StoreDomainTakenError,
} from './store.errors.ts';

declare module '../../graphql/context.ts' {
  interface Services {
    readonly readTxtRecords: ReadTxtRecords;
  }
}

type Claim = Pick<StoreDomain, 'storeId' | 'hostname'>;

/** Beside the hostname, not at it: RFC 8552 1.1, and a CNAME leaves no room for another record (RFC 1034 3.6.2). */
export const proofName = ({ hostname }: Pick<Claim, 'hostname'>): string => `_marketplace-import.${hostname}`;

/** The same for all domains of a store. It is no secret: only who runs the DNS of a name can set it there. */
export const proofValue = ({ storeId }: Pick<Claim, 'storeId'>): string => `store=${storeId}`;

/**
 * The domain, now verified: the DNS has the store's value at the name. What was verified once stays so without another
 * look. Throws DomainRecordMissingError, DomainRecordOtherError, DomainLookupError, StoreDomainNotFoundError when it
 * was removed meanwhile, or StoreDomainTakenError when another store has shown that the hostname is theirs.
 */
export async function verifyStoreDomain(
  db: Db,
  readTxtRecords: ReadTxtRecords,
  domain: StoreDomain,
): Promise<StoreDomain> {
  if (domain.verified) return domain;
  const name = proofName(domain);
  const texts = await readTxtRecords(name).catch(() => {
    throw new DomainLookupError(name);
  });
  if (texts.length === 0) throw new DomainRecordMissingError(name);
  if (!texts.some((text) => bare(text) === proofValue(domain))) throw new DomainRecordOtherError(name);
  const [verified] = await db.storeDomain
    .updateManyAndReturn({ where: { id: domain.id }, data: { verified: true } })
    .catch((error: unknown) => {
      throw isTaken(error) ? new StoreDomainTakenError(domain.hostname, false, ['id']) : error;
    });
  if (!verified) throw new StoreDomainNotFoundError();
  return verified;
}

/** Some forms of DNS providers keep the quotes that a zone file has around a text. */
const bare = (text: string): string => text.trim().replace(/^"(.*)"$/, '$1');
