import { within } from '../shared/within.ts';

/** Where the process is in its life. */
export type LifePhase = 'starting' | 'ready' | 'stopping';

export interface HealthOptions {
  readonly version: string;
  readonly phase: () => LifePhase;
  /** Resolves when the database has answered. */
  readonly pingDatabase: () => Promise<unknown>;
  /** Resolves when the server that carries events to other nodes has answered; left out where there is none. */
  readonly pingEvents?: () => Promise<unknown>;
}

export interface HealthReport {
  /** The process lives, or this could not be said. */
  readonly status: 'ok';
  readonly version: string;
  readonly uptimeSeconds: number;
  readonly phase: LifePhase;
  /** As it was within the last second. */
  readonly database: 'up' | 'down';
  /**
   * Left out where events stay in the process. A node is ready without: everything but news from other nodes
   * works, and no other node would be better off.
   */
  readonly events?: 'up' | 'down';
}

const patienceMs = 2_000;
/** For so long an answer stands; from half of it on, the question is asked anew beside. */
const standsMs = 1_000;

/** What the process says of itself, within two seconds whatever the database and the events do. */
export function createHealth({
  version,
  phase,
  pingDatabase,
  pingEvents,
}: HealthOptions): () => Promise<HealthReport> {
  const database = createProbe(pingDatabase);
  const events = pingEvents && createProbe(pingEvents);
  return async () => {
    const begun = phase() !== 'starting';
    const [databaseUp, eventsUp] = await Promise.all([begun && database(), begun && events?.()]);
    const uptimeSeconds = Math.floor(process.uptime());
    return {
      ...{ status: 'ok', version, uptimeSeconds, phase: phase() },
      database: databaseUp ? 'up' : 'down',
      ...(events && { events: eventsUp ? 'up' : 'down' }),
    };
  };
}

/** True for nodes that should be sent requests. */
export const isReady = ({ phase, database }: HealthReport): boolean => phase === 'ready' && database === 'up';

/**
 * One question at a time, however many ask: what hangs must not collect them. An answer stands for a moment, so that
 * whoever asks often waits for this process alone, and not for the database of a busy machine.
 */
function createProbe(ping: () => Promise<unknown>): () => Promise<boolean> {
  let known: { readonly up: boolean; readonly at: number } | undefined;
  let asking: Promise<boolean> | undefined;
  const ask = async () => {
    const up = await ping().then(
      () => true,
      () => false,
    );
    known = { up, at: performance.now() };
    asking = undefined;
    return up;
  };
  return async () => {
    const age = performance.now() - (known?.at ?? -Infinity);
    if (known && age < standsMs / 2) return known.up;
    asking ??= ask();
    return known && age < standsMs ? known.up : ((await within(patienceMs, asking)) ?? false);
  };
}
