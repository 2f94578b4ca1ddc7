import type { Merchant, User } from '../../generated/prisma/client.ts';
import type { Db } from '../../platform/database.ts';
import type { AccessNews } from '../user/access-news.ts';
import { storedEmail } from '../user/email.ts';
import { findUserByEmail } from '../user/user.service.ts';
import {
  ContactEmailMalformedError,
  MerchantNotFoundError,
  MerchantOwnerNotFoundError,
} from './merchant.errors.ts';
import { normaliseVatNumber } from './vat-number.ts';

/** A user by one of two names; null and undefined when it is not the one that is given. */
export interface OwnerChoice {
  readonly ownerId?: string | null;
  readonly ownerEmail?: string | null;
}

export interface NewMerchant extends OwnerChoice {
  readonly name: string;
  readonly contactEmail: string;
  readonly vatNumber?: string | null;
}

/** A merchant, switched on, without stores. Throws MerchantOwnerNotFoundError and errors of values. */
export async function createMerchant(db: Db, news: AccessNews, input: NewMerchant): Promise<Merchant> {
  const vatNumber = normaliseVatNumber(input.vatNumber ?? '');
  const contactEmail = normaliseContact(input.contactEmail);
  const owner = await findOwner(db, input);
  const merchant = await db.merchant.create({
    data: { name: input.name.trim(), contactEmail, vatNumber, ownerId: owner.id },
  });
  news.announce([owner.id]);
  return merchant;
}

export interface MerchantChange extends OwnerChoice {
  readonly name?: string | null;
  readonly contactEmail?: string | null;
  /** Null or blank removes it, undefined leaves it. */
  readonly vatNumber?: string | null;
  readonly active?: boolean | null;
}

/** The merchant with what is given changed; null and undefined leave the rest as it is. */
export async function updateMerchant(
  db: Db,
  news: AccessNews,
  id: string,
  change: MerchantChange,
): Promise<Merchant> {
  const { name, contactEmail, vatNumber, active } = change;
  const data = {
    ...(name ? { name: name.trim() } : {}),
    ...(contactEmail ? { contactEmail: normaliseContact(contactEmail) } : {}),
    ...(vatNumber === undefined ? {} : { vatNumber: normaliseVatNumber(vatNumber ?? '') }),
    ...(typeof active === 'boolean' ? { active } : {}),
  };
  const owner = namesOwner(change) ? await findOwner(db, change) : null;
  const { before, merchant } = await db.$transaction(async (transaction) => {
    // Kept until the end, so that it is clear whose it was.
    await transaction.$queryRaw`SELECT 1 FROM merchants WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
    const found = await transaction.merchant.findUnique({ where: { id } });
    if (!found) throw new MerchantNotFoundError('id');
    const ownerId = owner?.id ?? found.ownerId;
    return {
      before: found,
      merchant: await transaction.merchant.update({ where: { id }, data: { ...data, ownerId } }),
    };
  });
  if (before.ownerId !== merchant.ownerId) news.announce([before.ownerId, merchant.ownerId]);
  return merchant;
}

/** True when a change would touch what only the platform decides. */
export const isGovernance = (change: MerchantChange): boolean =>
  namesOwner(change) || typeof change.active === 'boolean';

const namesOwner = ({ ownerId, ownerEmail }: OwnerChoice) =>
  typeof ownerId === 'string' || typeof ownerEmail === 'string';

async function findOwner(db: Db, { ownerId, ownerEmail }: OwnerChoice): Promise<User> {
  const owner = await (typeof ownerId === 'string'
    ? db.user.findUnique({ where: { id: ownerId } })
    : findUserByEmail(db, ownerEmail ?? ''));
  if (!owner) throw new MerchantOwnerNotFoundError(typeof ownerId === 'string' ? 'ownerId' : 'ownerEmail');
  return owner;
}

function normaliseContact(email: string): string {
  const stored = storedEmail(email);
  if (stored === null) throw new ContactEmailMalformedError(email.trim());
  return stored;
}
