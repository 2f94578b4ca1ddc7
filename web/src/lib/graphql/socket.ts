import { CloseCode, createClient, type Client, type FormattedExecutionResult } from 'graphql-ws';
import type { Connection } from './connection.svelte.ts';
import type { Session } from './session.svelte.ts';

const heartbeatMs = 10_000;
const silenceMs = 5_000;

/**
 * The socket that events come by: opened with the first subscription, closed a while after the last one, and
 * opened anew for as long as anything is watched. Subscriptions are made again by themselves, and the first
 * event of each is the state as it is then.
 */
export function createSocket(session: Session, connection: Connection): Client {
  let silence: ReturnType<typeof setTimeout> | undefined;
  /** The server did not take the token, however fresh it looks by this computer's clock. */
  let refused = false;
  const socket = createClient({
    url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`,
    lazy: true,
    lazyCloseTimeout: 3_000,
    keepAlive: heartbeatMs,
    retryAttempts: Infinity,
    shouldRetry: () => true,
    retryWait: async (attempts) => {
      await connection.waitBeforeRetry(attempts);
      // The token may have expired meanwhile. Where nobody answers, the socket will not open either.
      await (refused ? session.refresh() : session.freshToken()).catch(() => null);
    },
    // Not asked for here: what is thrown here ends all subscriptions.
    connectionParams: () => (session.token === null ? {} : { authorization: `Bearer ${session.token}` }),
    on: {
      connecting: () => connection.hearConnecting(),
      connected: () => {
        refused = false;
        connection.hearConnected();
      },
      closed: (event) => {
        clearTimeout(silence);
        refused ||= codeOf(event) === CloseCode.Forbidden;
        // Who signed out watches nothing; that their socket is closed is no loss.
        connection.hearClosed(!isNormalEnd(event) && session.state !== 'signed-out');
      },
      // A link may be dead without anybody having said so: a laptop that slept, a router that forgot.
      ping: (received) => {
        if (!received) silence = setTimeout(() => socket.terminate(), silenceMs);
      },
      pong: (received) => {
        if (received) clearTimeout(silence);
      },
    },
  });
  return socket;
}

const codeOf = (event: unknown) =>
  typeof event === 'object' && event !== null && 'code' in event ? event.code : undefined;
const isNormalEnd = (event: unknown) => codeOf(event) === 1000;

/** What a subscription gives on to. */
interface Sink {
  next(result: FormattedExecutionResult<Record<string, unknown>, unknown>): void;
  complete(): void;
}

interface Operation {
  readonly query: string;
  readonly variables?: Record<string, unknown> | undefined;
  readonly operationName?: string | undefined;
}

type Errors = NonNullable<FormattedExecutionResult['errors']>;

/** The codes of an answer of the server; null for anything else that went wrong. */
const codesOf = (problem: unknown): readonly unknown[] | null =>
  Array.isArray(problem) ? (problem as Errors).map(({ extensions }) => extensions?.['code']) : null;

/** What stays so, however often it is asked: who asks may not, there is no such thing, the question is wrong. */
const isForGood = (code: unknown) =>
  /^(FORBIDDEN|(\w+_)?NOT_FOUND|BAD_\w+|INVALID_\w+|GRAPHQL_\w+|QUERY_TOO_\w+)$/.test(String(code));

/**
 * Watches by the socket; returns what ends that. A socket that is refused, as with an expired token, is tried
 * again with a fresh one, and a subscription that the server cannot serve now is asked for again, later each time.
 * What the server has against the subscription itself is its last event.
 */
export function watchBySocket(
  socket: Client,
  session: Session,
  connection: Connection,
  operation: Operation,
  sink: Sink,
): () => void {
  let stop = () => {};
  let ended = false;
  let refusals = 0;
  let endWait: ReturnType<Connection['hearRefused']> | undefined;
  /** The wait after a refusal is over. */
  const endWaiting = (isBack: boolean) => {
    endWait?.(isBack);
    endWait = undefined;
  };
  const start = () => {
    let isOver = false;
    const refuse = (problem: unknown) => {
      if (isOver) return;
      isOver = true;
      stop();
      void again(problem);
    };
    stop = socket.subscribe(operation, {
      next: (result) => {
        // Also when it would go on: asked for anew, its first event is the state that could not be told.
        if (result.errors && !result.data) return refuse(result.errors);
        refusals = 0;
        endWaiting(true);
        sink.next(result);
      },
      complete: () => {
        if (isOver) return;
        ended = true;
        sink.complete();
      },
      error: refuse,
    });
  };
  const again = async (problem: unknown) => {
    if (ended) return;
    const codes = codesOf(problem);
    if (codes?.some(isForGood)) {
      ended = true;
      endWaiting(false);
      sink.next({ errors: problem as Errors });
      sink.complete();
      return;
    }
    const isToken = codes?.includes('UNAUTHENTICATED') ?? true;
    if (codes === null) connection.hearClosed(true);
    if (codes === null || !isToken || refusals > 0) {
      if (codes !== null) endWait ??= connection.hearRefused();
      await connection.waitBeforeRetry(refusals);
    }
    if (ended) return;
    refusals += 1;
    const signedIn = !isToken || (await session.refresh().catch(() => true));
    if (ended) return;
    // Signed out: the pages lead to the sign-in, and end what they watch.
    if (signedIn) start();
    else endWaiting(false);
  };
  start();
  return () => {
    ended = true;
    endWaiting(false);
    stop();
  };
}
