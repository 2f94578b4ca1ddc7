/** Names that pack nothing: shops mean the charset by the header, or that nothing was done. */
const noPacking =
  /^(?:|identity|none|binary|[78]bit|us-ascii|utf-?(?:8|16|16le|16be)|iso-8859-\d+|windows-\d+)$/;

/** The packings of a `Content-Encoding` (RFC 9110 8.4) in the order in which they were applied, lower case. */
export function contentEncodings(header: string | undefined): string[] {
  return (header ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim().replace(/^x-gzip$/, 'gzip'))
    .filter((name) => !noPacking.test(name));
}

/**
 * The etag as it can be sent back, or null. Some servers leave out the quotes of RFC 9110 8.8.3, and know
 * their etag only without them.
 */
export function usableEtag(etag: string | null): string | null {
  return etag !== null && /^[\x21-\x7e\x80-\xff]{1,512}$/.test(etag) ? etag : null;
}

/** The charset that a `Content-Type` names, in lower case, or null. */
export function charsetOf(contentType: string | undefined): string | null {
  const [, charset] = /;\s*charset\s*=\s*["']?([\w.:+-]{1,40})/i.exec(contentType ?? '') ?? [];
  return charset?.toLowerCase() ?? null;
}
