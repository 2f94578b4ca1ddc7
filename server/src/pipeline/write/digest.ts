import { hash } from 'node:crypto';

/** 128 bits of SHA-256 in 22 characters: enough that no two products of a platform ever share one by chance. */
const digestLength = 22;

/** Of bytes or text; equal means the same. */
export function digest(input: string | Buffer): string {
  return hash('sha256', input, 'base64url').slice(0, digestLength);
}

/**
 * Of a row of stored values. Empty ones leave no trace, so a feed that gains an empty column changes nothing;
 * each value is told with its column and its length, so that no two rows read alike.
 */
export function contentDigest(columns: readonly string[], values: readonly (string | null)[]): string {
  let text = '';
  for (let at = 0; at < values.length; at++) {
    const value = values[at];
    if (value !== null && value !== undefined) text += `${columns[at] ?? ''} ${value.length} ${value}\n`;
  }
  return digest(text);
}
