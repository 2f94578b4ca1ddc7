import type { StoreMember, StoreMemberRole } from '../../generated/prisma/client.ts';
import type { Db } from '../../platform/database.ts';
import type { AccessNews } from '../user/access-news.ts';
import { findUserByEmail } from '../user/user.service.ts';
import {
  AccountNotFoundError,
  AlreadyMemberError,
  StoreMemberNotFoundError,
  TooManyStoreMembersError,
} from './store.errors.ts';
import { changeLocked } from './store.lock.ts';

/** Most members of one store: they are shown as one list. */
export const maxStoreMembers = 200;

interface NewMember {
  readonly storeId: string;
  readonly email: string;
  readonly role: StoreMemberRole;
}

/** Somebody who has an account, now a member of the store. The owner of its merchant is more than that already. */
export async function addStoreMember(
  db: Db,
  news: AccessNews,
  { storeId, email, role }: NewMember,
): Promise<StoreMember> {
  const user = await findUserByEmail(db, email);
  if (!user) throw new AccountNotFoundError(email.trim());
  const member = await changeLocked(db, storeId, async (transaction, { merchantId }) => {
    const owned = await transaction.merchant.count({ where: { id: merchantId, ownerId: user.id } });
    if (owned > 0) throw new AlreadyMemberError(true);
    const members = await transaction.storeMember.findMany({ where: { storeId } });
    if (members.some(({ userId }) => userId === user.id)) throw new AlreadyMemberError(false);
    if (members.length >= maxStoreMembers) throw new TooManyStoreMembersError(maxStoreMembers);
    return transaction.storeMember.create({ data: { storeId, userId: user.id, role } });
  });
  news.announce([user.id]);
  return member;
}

/** The member with that role. Throws StoreMemberNotFoundError when it was removed meanwhile. */
export async function updateStoreMember(
  db: Db,
  news: AccessNews,
  { id, role }: { readonly id: string; readonly role: StoreMemberRole },
): Promise<StoreMember> {
  const { count } = await db.storeMember.updateMany({ where: { id }, data: { role } });
  const member = count > 0 ? await db.storeMember.findUnique({ where: { id } }) : null;
  if (!member) throw new StoreMemberNotFoundError();
  news.announce([member.userId]);
  return member;
}

/** Ends the membership at once, on what the member has open too. */
export async function removeStoreMember(
  db: Db,
  news: AccessNews,
  { id, userId }: Pick<StoreMember, 'id' | 'userId'>,
): Promise<void> {
  const { count } = await db.storeMember.deleteMany({ where: { id } });
  if (count === 0) throw new StoreMemberNotFoundError();
  news.announce([userId]);
}
