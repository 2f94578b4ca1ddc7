// @module-tag user
// @module-tag db
import { expect, test } from 'vitest';
import { withDatabase, withRollback } from '../../../test/database.ts';
import { hashPassword, isPassword } from './password.ts';
import { createAdmin } from './user.service.ts';

const password = 'correct horse battery';

test('an admin can sign in with the password, whose hash is argon2id and nothing else', () =>
  withRollback(async (db) => {
    const admin = await createAdmin(db, { email: '  Boss@Shop.Example ', password });
    expect(admin).toMatchObject({
      email: 'boss@shop.example',
      platformAdmin: true,
      active: true,
      name: 'boss',
    });
    expect(admin.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await isPassword(password, admin.passwordHash)).toBe(true);
    expect(await isPassword(`${password} `, admin.passwordHash)).toBe(false);
  }));

test('an address has one account, in whatever case and however many ask at once', () =>
  withDatabase(async ({ db }) => {
    const made = await Promise.allSettled(
      ['a@shop.example', 'A@shop.example', 'a@SHOP.example'].map((email) =>
        createAdmin(db, { email, password }),
      ),
    );
    const refusals = made.flatMap((result) =>
      result.status === 'rejected' ? [result.reason as unknown] : [],
    );
    expect(refusals).toEqual([1, 2].map(() => expect.objectContaining({ code: 'EMAIL_TAKEN' }) as unknown));
  }));

test('a domain with umlauts is one and the same, however a browser sends it', () =>
  withRollback(async (db) => {
    const { email } = await createAdmin(db, { email: 'Boss@MÜLLER.example', password });
    expect(email).toBe('boss@xn--mller-kva.example');
    const again = createAdmin(db, { email: 'boss@xn--mller-kva.example', password });
    await expect(again).rejects.toMatchObject({ code: 'EMAIL_TAKEN' });
  }));

test.each([
  '',
  'boss',
  'boss@',
  '@shop.example',
  'boss@shop',
  'bo ss@shop.example',
  'boss@-shop.example',
  'a@b@shop.example',
  `${'x'.repeat(250)}@shop.example`,
  'bo\u200bss@shop.example',
  '\u202eboss@shop.example',
  'bo\ud83dss@shop.example',
  'boss@sh\u200böp.example',
  'boss@ö .example',
])('"%s" is no email address', (email) =>
  withRollback(async (db) => {
    await expect(createAdmin(db, { email, password })).rejects.toMatchObject({ code: 'EMAIL_MALFORMED' });
  }),
);

test.each([
  ['empty', ''],
  ['too short', 'eleven char'],
  ['too short in letters, though not in bytes', '🚲🚲🚲🚲🚲🚲'],
  ['too long', 'word '.repeat(300)],
  ['of few letters', 'abababababababab'],
  ['the address', 'Boss@shop.example'],
])('a password that is %s is refused', (_why, weak) =>
  withRollback(async (db) => {
    const creating = createAdmin(db, { email: 'boss@shop.example', password: weak });
    await expect(creating).rejects.toMatchObject({ code: 'PASSWORD_TOO_WEAK' });
    expect(await db.user.count()).toBe(0);
  }),
);

test('an accent counts the same however the keyboard makes it, and no text is the hash of all', async () => {
  const hash = await hashPassword('caf\u00e9 au lait noir');
  expect(await isPassword('cafe\u0301 au lait noir', hash)).toBe(true);
  expect(await isPassword('', '!')).toBe(false);
});
