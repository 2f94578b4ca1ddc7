import { createHmac, timingSafeEqual } from 'node:crypto';

/** Signs texts that go out in an address and come back with it, for a short time. */
export interface UrlKeys {
  /** A token that is safe in an address, and good for five minutes. */
  sign(text: string): string;
  /** The text of a token that was signed here, or why it is good no more. */
  verify(token: string): SignedText;
}

export type SignedText = { readonly kind: 'valid'; readonly text: string } | { readonly kind: Refusal };

/** `forged` for everything that was not signed with this key. */
type Refusal = 'forged' | 'expired';

const goodForMs = 5 * 60_000;

/**
 * Signs with HMAC-SHA-256 (RFC 2104). The secret is 32 bytes or more, the same on every node. `now` is in
 * milliseconds since 1970.
 */
export function createUrlKeys(secret: Buffer, now: () => number = Date.now): UrlKeys {
  const macOf = (signed: string) => createHmac('sha256', secret).update(`url\n${signed}`).digest();
  return {
    sign(text) {
      const signed = `${Buffer.from(text).toString('base64url')}.${(now() + goodForMs).toString(36)}`;
      return `${signed}.${macOf(signed).toString('base64url')}`;
    },
    verify(token) {
      const [, signed = '', text = '', until = '', mac = ''] =
        /^(([\w-]{1,400})\.([\da-z]{1,12}))\.([\w-]{43})$/.exec(token) ?? [];
      const given = Buffer.from(mac, 'base64url');
      const expected = macOf(signed);
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return { kind: 'forged' };
      if (parseInt(until, 36) < now()) return { kind: 'expired' };
      return { kind: 'valid', text: Buffer.from(text, 'base64url').toString('utf8') };
    },
  };
}
