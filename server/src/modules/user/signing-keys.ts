import { randomBytes, randomUUID } from 'node:crypto';
import { chmod, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { giveToOwnerOf } from '../../shared/give-to-owner.ts';

export interface SigningKey {
  readonly id: string;
  readonly secret: Uint8Array;
}

/** The keys of access tokens. All verify, so that those given out before a change of keys stay good. */
export interface SigningKeys {
  readonly signing: SigningKey;
  readonly byId: ReadonlyMap<string, SigningKey>;
}

/** Keys that cannot be used; the message says what to do, and quotes no secret. */
export class SigningKeysError extends Error {}

interface KeySource {
  /** AUTH_KEYS; null when it is not set. */
  readonly authKeys: string | null;
  readonly dataDir: string;
  /** Null for the embedded PostgreSQL, which belongs to the data folder as the keys do. */
  readonly databaseUrl: string | null;
  readonly loopback: boolean;
}

const fileName = 'auth-keys';
const entryForm = /^([\w.-]{1,32}):([\w+/-]{43,256}={0,2})$/;

/** What the setting AUTH_KEYS has to look like. */
const authKeysForm =
  '`id:secret`, or several separated by commas; an id of letters and digits, a secret of at least 32 random bytes in base64';

/** HMAC with SHA-256 asks for a key as long as its output (RFC 7518 3.2). */
const shortestSecret = 32;

/**
 * The keys of a setting: `ID:SECRET`, several separated by commas or lines, of which the first signs. Throws
 * SigningKeysError.
 */
export function parseSigningKeys(setting: string): SigningKeys {
  const entries = setting.split(/[,\n]/).map((entry) => entry.trim());
  const keys = entries.filter((entry) => entry !== '').map(parseKey);
  const byId = new Map(keys.map((key) => [key.id, key]));
  const [signing] = keys;
  if (!signing) throw new SigningKeysError(`There is no key. Allowed: ${authKeysForm}.`);
  if (byId.size < keys.length) throw new SigningKeysError('Two keys have the same id.');
  return { signing, byId };
}

function parseKey(entry: string, at: number): SigningKey {
  const [, id = '', text = ''] = entryForm.exec(entry) ?? [];
  const secret = Buffer.from(text, 'base64');
  if (secret.length < shortestSecret)
    throw new SigningKeysError(`Key ${at + 1} has another form. Allowed: ${authKeysForm}.`);
  return { id, secret };
}

/**
 * Throws SigningKeysError when the keys of the setting cannot be used, or have to be set: where others reach the server
 * and its database is elsewhere, there may be several nodes, and each would refuse what another has signed.
 */
export function checkSigningKeys(source: Omit<KeySource, 'dataDir'>): void {
  keysOfSetting(source);
}

/** Null for the keys of the data folder. */
function keysOfSetting(source: Omit<KeySource, 'dataDir'>): SigningKeys | null {
  if (source.authKeys !== null) {
    try {
      return parseSigningKeys(source.authKeys);
    } catch (error) {
      if (!(error instanceof SigningKeysError)) throw error;
      throw new SigningKeysError(`AUTH_KEYS: ${error.message}`);
    }
  }
  if (source.databaseUrl !== null && !source.loopback) {
    throw new SigningKeysError(
      'With DATABASE_URL and a server that others can reach, set AUTH_KEYS, the same on all nodes: ' +
        `AUTH_KEYS="k1:$(openssl rand -base64 32)".`,
    );
  }
  return null;
}

/**
 * The keys of the setting, or else those of the data folder, which are made there once. Throws SigningKeysError, for
 * settings as `checkSigningKeys` does.
 */
export async function openSigningKeys(source: KeySource): Promise<SigningKeys> {
  return keysOfSetting(source) ?? keepKeys(source.dataDir);
}

async function keepKeys(dataDir: string): Promise<SigningKeys> {
  const file = join(dataDir, fileName);
  if (!(await exists(file))) await makeKeys(dataDir, file);
  await chmod(file, 0o600);
  await giveToOwnerOf(dataDir, file);
  try {
    return parseSigningKeys(await readFile(file, 'utf8'));
  } catch (error) {
    if (!(error instanceof SigningKeysError)) throw error;
    throw new SigningKeysError(
      `${file} cannot be used. Remove it, and everybody signs in again. ${error.message}`,
    );
  }
}

const exists = (file: string) =>
  readFile(file).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );

/** Written aside and linked: the file is there as a whole or not at all, and the first of several programs wins. */
async function makeKeys(dataDir: string, file: string): Promise<void> {
  const written = `${file}.${randomUUID()}`;
  await mkdir(dataDir, { recursive: true });
  try {
    await writeFile(written, `k1:${randomBytes(shortestSecret).toString('base64url')}\n`, {
      mode: 0o600,
      flag: 'wx',
      flush: true,
    });
    await link(written, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(written, { force: true });
  }
}
