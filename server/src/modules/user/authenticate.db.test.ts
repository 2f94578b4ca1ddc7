// @module-tag user
// @module-tag db
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { buildMerchant, buildStore, buildUser } from '../../../test/builders.ts';
import { withRollback } from '../../../test/database.ts';
import { testKeys } from '../../../test/execute.ts';
import type { Db } from '../../platform/database.ts';
import { signAccessToken } from './access-token.ts';
import { authenticate } from './authenticate.ts';
import { endSessions } from './session.end.ts';
import { openSession } from './session.service.ts';
import { parseSigningKeys } from './signing-keys.ts';

async function signedIn(db: Db) {
  const user = await buildUser(db);
  const session = await openSession(db, user);
  if (!session) throw new Error('No session was opened.');
  const tokenOf = async (claims: object = {}, now = Date.now()) => {
    const { accessToken } = await signAccessToken(testKeys, { ...session, ...claims }, now);
    return `Bearer ${accessToken}`;
  };
  return { user, session, tokenOf };
}

const refusal = (reason: string) => ({ extensions: { code: 'UNAUTHENTICATED', reason } });

test('a token stands for its user, with what is theirs in the database now', () =>
  withRollback(async (db) => {
    const { user, session, tokenOf } = await signedIn(db);
    const merchant = await buildMerchant(db, { ownerId: user.id });
    const own = await buildStore(db, { merchantId: merchant.id });
    const other = await buildStore(db);
    await db.storeMember.create({ data: { userId: user.id, storeId: other.id, role: 'STAFF' } });
    expect(await authenticate(db, testKeys, await tokenOf())).toEqual({
      id: user.id,
      sessionId: session.sessionId,
      platformAdmin: false,
      merchantIds: new Set([merchant.id]),
      storeRoles: new Map([
        [own.id, 'OWNER'],
        [other.id, 'STAFF'],
      ]),
    });
  }));

test('it is found by a plan that is kept, since every operation asks', () =>
  withRollback(async (db) => {
    const { tokenOf } = await signedIn(db);
    for (let time = 0; time < 10; time++) await authenticate(db, testKeys, await tokenOf());
    const [kept] = await db.$queryRaw<{ generic: boolean }[]>`
      SELECT generic_plans > 0 AS generic FROM pg_prepared_statements WHERE name = 'viewer'`;
    expect(kept).toEqual({ generic: true });
  }));

test.each([[null], [''], ['  ']])('without a header (%j) there is nobody', (authorization) =>
  withRollback(async (db) => {
    expect(await authenticate(db, testKeys, authorization)).toBeNull();
  }),
);

test('the name of the scheme has no case, and blanks around do no harm', () =>
  withRollback(async (db) => {
    const { user, tokenOf } = await signedIn(db);
    const token = await tokenOf();
    const authorization = ` ${token.replace('Bearer ', 'bEARER  ')} `;
    expect((await authenticate(db, testKeys, authorization))?.id).toBe(user.id);
  }));

test.each(['Bearer', 'Bearer ', 'Basic YTpi', 'Bearer a b', 'Bearer ..', `Bearer ${'a'.repeat(1e6)}`, '\0'])(
  'another header is refused',
  (authorization) =>
    withRollback(async (db) => {
      const authenticating = authenticate(db, testKeys, authorization);
      await expect(authenticating).rejects.toMatchObject(refusal('TOKEN_INVALID'));
    }),
);

test('an expired token is told apart from one of a wrong key', () =>
  withRollback(async (db) => {
    const { tokenOf } = await signedIn(db);
    const expired = authenticate(db, testKeys, await tokenOf({}, Date.now() - 1_000_000));
    await expect(expired).rejects.toMatchObject(refusal('TOKEN_EXPIRED'));
    const strange = parseSigningKeys(`test:${Buffer.alloc(32).toString('base64')}`);
    const wrong = authenticate(db, strange, await tokenOf());
    await expect(wrong).rejects.toMatchObject(refusal('TOKEN_INVALID'));
  }));

type Change = (db: Db, userId: string) => Promise<unknown>;

test.each<[string, Change]>([
  ['of a session that was ended', (db, userId) => endSessions(db, userId)],
  ['of a user who is switched off', (db, id) => db.user.update({ where: { id }, data: { active: false } })],
  ['of a user who is gone', (db, id) => db.user.delete({ where: { id } })],
])('a token %s is refused at once', (_whose, change) =>
  withRollback(async (db) => {
    const { user, tokenOf } = await signedIn(db);
    const token = await tokenOf();
    await change(db, user.id);
    const authenticating = authenticate(db, testKeys, token);
    await expect(authenticating).rejects.toMatchObject(refusal('SESSION_ENDED'));
  }),
);

test("a token of ours with somebody else's session is refused", () =>
  withRollback(async (db) => {
    const { tokenOf } = await signedIn(db);
    const authenticating = authenticate(db, testKeys, await tokenOf({ userId: randomUUID() }));
    await expect(authenticating).rejects.toMatchObject(refusal('SESSION_ENDED'));
  }));
