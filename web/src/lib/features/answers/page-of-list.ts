/** `PageInfo` of a connection. */
export interface PageFacts {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor?: string | null | undefined;
  readonly endCursor?: string | null | undefined;
}

/** The arguments of a connection for the page that an address means. */
export function pageOfAddress(
  parameters: Pick<URLSearchParams, 'get'>,
  size: number,
): { first: number; after: string | null } | { last: number; before: string } {
  const before = parameters.get('before');
  return before ? { last: size, before } : { first: size, after: parameters.get('after') };
}
