/** Without trouble for so long, an outage is over: whoever asks for something does so more often. */
const quietMs = 20_000;

/** Of PostgreSQL, of the system's calls, and of Prisma. */
const codes =
  /^(08\w{3}|57P0[1-3]|E(CONNRESET|CONNREFUSED|PIPE|TIMEDOUT|HOSTUNREACH|NETUNREACH|NOTFOUND|AI_AGAIN)|P1001|P1002|P1008|P1017)$/;
/** What pg and its pool say without a code. */
const messages = /^Connection terminated|^Query read timeout|^Client has encountered a connection error/;

/** What Prisma's adapter calls them. */
const kinds = new Set<unknown>(['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout']);

/** True for what fails because the other side is away. */
function isOutage(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, kind, message, cause, errors, meta } = error as Readonly<Record<string, unknown>>;
  if (kinds.has(kind) || (typeof code === 'string' && codes.test(code))) return true;
  if (typeof message === 'string' && messages.test(message)) return true;
  // All addresses of a name were tried.
  if (Array.isArray(errors) && errors.some(isOutage)) return true;
  const { driverAdapterError } = (meta ?? {}) as { readonly driverAdapterError?: unknown };
  return isOutage(cause) || isOutage(driverAdapterError);
}

/**
 * Passes on the first error of an outage and keeps the others of it back; errors of another kind all pass. For those
 * who try again and again, and do not hear when it is over.
 */
export function oncePerOutage<E>(
  onError: (error: E) => void,
  now: () => number = () => performance.now(),
): (error: E) => void {
  let heardAt = -Infinity;
  return (error) => {
    if (!isOutage(error)) return onError(error);
    const isNew = now() - heardAt > quietMs;
    heardAt = now();
    if (isNew) onError(error);
  };
}
