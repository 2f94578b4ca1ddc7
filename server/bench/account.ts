import { randomUUID } from 'node:crypto';
import type { Merchant } from '../src/generated/prisma/client.ts';
import { createAdmin } from '../src/modules/user/user.service.ts';
import type { Database } from '../src/platform/database.ts';

/** What an admin signs in with. */
export interface Account {
  readonly email: string;
  readonly password: string;
}

/** An admin who asks in a bench, and their merchant, whom the stores belong to. */
export async function createAccount(
  db: Database['db'],
): Promise<{ readonly account: Account; readonly merchant: Merchant }> {
  const account = { email: 'bench@example.test', password: randomUUID() };
  const { id: ownerId } = await createAdmin(db, account);
  const merchant = await db.merchant.create({
    data: { name: 'Bench', contactEmail: account.email, ownerId },
  });
  return { account, merchant };
}
