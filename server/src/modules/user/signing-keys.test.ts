// @module-tag user
import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkSigningKeys, openSigningKeys, parseSigningKeys, SigningKeysError } from './signing-keys.ts';

const secret = (bytes = 32) => randomBytes(bytes).toString('base64');
const embedded = { authKeys: null, databaseUrl: null, loopback: true };
const elsewhere = 'postgresql://db.example.test/shop';

async function withFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'signing-keys-'));
  await use(folder).finally(() => rm(folder, { recursive: true }));
}

test('of several keys the first signs and all verify', () => {
  const [old, young] = [secret(), secret(64)];
  const keys = parseSigningKeys(` b:${young},\n a:${old}, `);
  expect(keys.signing.id).toBe('b');
  expect([...keys.byId.keys()]).toEqual(['b', 'a']);
  expect(Buffer.from(keys.signing.secret).toString('base64')).toBe(young);
});

test.each([
  ['nothing', ''],
  ['no id', secret()],
  ['an empty id', `:${secret()}`],
  ['a short secret', `a:${secret(31)}`],
  ['a secret that is no base64', `a:${'!'.repeat(48)}`],
  ['the same id twice', `a:${secret()},a:${secret()}`],
])('%s is refused, and no secret is quoted', (_what, setting) => {
  expect(() => parseSigningKeys(setting)).toThrow(SigningKeysError);
  expect(() => parseSigningKeys(setting)).not.toThrow(setting.split(':')[1] || 'never');
});

test('without the setting, all programs of a data folder make one key and keep it, for nobody else to read', () =>
  withFolder(async (folder) => {
    const dataDir = join(folder, 'new');
    const opened = await Promise.all(
      Array.from({ length: 8 }, () => openSigningKeys({ ...embedded, dataDir })),
    );
    expect(new Set(opened.map(({ signing }) => Buffer.from(signing.secret).toString('hex'))).size).toBe(1);
    expect(await openSigningKeys({ ...embedded, dataDir })).toEqual(opened[0]);
    expect(await readdir(dataDir)).toEqual(['auth-keys']);
    expect((await stat(join(dataDir, 'auth-keys'))).mode & 0o777).toBe(0o600);
  }));

test.runIf(process.getuid?.() === 0)(
  'keys that root makes or finds are of the owner of the data folder',
  () =>
    withFolder(async (dataDir) => {
      await chown(dataDir, 65534, 65534);
      const file = join(dataDir, 'auth-keys');
      await openSigningKeys({ ...embedded, dataDir });
      expect(await stat(file)).toMatchObject({ uid: 65534, gid: 65534, mode: 0o100600 });
      await chown(file, 0, 0);
      await openSigningKeys({ ...embedded, dataDir });
      expect(await stat(file)).toMatchObject({ uid: 65534, gid: 65534, mode: 0o100600 });
    }),
);

test('settings that will be refused are refused before anything is made', () => {
  const node = { authKeys: null, databaseUrl: elsewhere, loopback: false };
  expect(() => checkSigningKeys(node)).toThrow('set AUTH_KEYS');
  expect(() => checkSigningKeys({ ...embedded, authKeys: `a:${secret()},a:${secret()}` })).toThrow(
    'AUTH_KEYS',
  );
  expect(() => checkSigningKeys({ ...node, authKeys: `a:${secret()}` })).not.toThrow();
  expect(() => checkSigningKeys(embedded)).not.toThrow();
});

test('a file of keys that others could read is closed to them', () =>
  withFolder(async (dataDir) => {
    const file = join(dataDir, 'auth-keys');
    await writeFile(file, `mine:${secret()}\n`);
    await chmod(file, 0o644);
    expect((await openSigningKeys({ ...embedded, dataDir })).signing.id).toBe('mine');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  }));

test('a file of keys that cannot be used is named and left as it is', () =>
  withFolder(async (dataDir) => {
    const file = join(dataDir, 'auth-keys');
    await writeFile(file, 'half a k');
    await expect(openSigningKeys({ ...embedded, dataDir })).rejects.toThrow(file);
    expect(await readFile(file, 'utf8')).toBe('half a k');
  }));

test('several nodes must be given their keys: a database elsewhere and an address that others reach', () =>
  withFolder(async (dataDir) => {
    const node = { dataDir, authKeys: null, databaseUrl: elsewhere, loopback: false };
    await expect(openSigningKeys(node)).rejects.toThrow('AUTH_KEYS');
    expect(await readdir(dataDir)).toEqual([]);
    expect((await openSigningKeys({ ...node, authKeys: `k7:${secret()}` })).signing.id).toBe('k7');
    expect((await openSigningKeys({ ...node, loopback: true })).signing.id).toBe('k1');
    expect((await openSigningKeys({ ...node, databaseUrl: null })).signing.id).toBe('k1');
  }));
