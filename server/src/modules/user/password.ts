import { hash, verify, type Algorithm } from '@node-rs/argon2';

/** The library declares its names as a constant enum, which code that is run as written cannot read. */
const argon2id: Algorithm.Argon2id = 2;

/** OWASP's recommendation for argon2id: 19 MiB, two passes, one lane. */
const options = { algorithm: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** One text for all ways to type it: keyboards differ in how they make an accent (RFC 8265 4.2.2). */
const canonical = (password: string) => password.normalize('NFC');

/** The password as it is stored: argon2id, in its own encoded form. */
export function hashPassword(password: string): Promise<string> {
  return hash(canonical(password), options);
}

/** True when it is the password of that hash; false for a hash of no password, too. */
export async function isPassword(password: string, passwordHash: string): Promise<boolean> {
  try {
    return await verify(passwordHash, canonical(password));
  } catch {
    return false;
  }
}
