import type { Store } from '../src/generated/prisma/client.ts';
import type { Viewer } from '../src/graphql/viewer.ts';
import type { Db } from '../src/platform/database.ts';
import { buildMerchant, buildStore, buildUser } from './builders.ts';
import { signedIn } from './execute.ts';

export const roles = ['signedOut', 'admin', 'owner', 'manager', 'staff', 'otherOwner'] as const;
export type Role = (typeof roles)[number];

export interface People {
  readonly store: Store;
  /** Of the merchant that `otherOwner` has. */
  readonly otherStore: Store;
  readonly viewers: Readonly<Record<Role, Viewer | null>>;
}

/** A store with everybody who may ask for something of it. */
export async function buildPeople(db: Db, values: Parameters<typeof buildStore>[1] = {}): Promise<People> {
  const [merchant, other] = [await buildMerchant(db), await buildMerchant(db)];
  const store = await buildStore(db, { ...values, merchantId: merchant.id });
  const otherStore = await buildStore(db, { merchantId: other.id });
  const member = async (role: 'MANAGER' | 'STAFF') => {
    const user = await buildUser(db);
    await db.storeMember.create({ data: { storeId: store.id, userId: user.id, role } });
    return signedIn(db, user);
  };
  const ownerOf = async ({ ownerId }: typeof merchant) =>
    signedIn(db, await db.user.findUniqueOrThrow({ where: { id: ownerId } }));
  const viewers = {
    signedOut: null,
    admin: await signedIn(db, await buildUser(db, { platformAdmin: true })),
    owner: await ownerOf(merchant),
    manager: await member('MANAGER'),
    staff: await member('STAFF'),
    otherOwner: await ownerOf(other),
  };
  return { store, otherStore, viewers };
}
