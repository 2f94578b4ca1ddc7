/** Where the process is in its life. */
export type LifePhase = 'starting' | 'ready' | 'stopping';

export interface HealthOptions {
  readonly version: string;
  readonly phase: () => LifePhase;
  /** Resolves when the database has answered. */
  readonly pingDatabase: () => Promise<unknown>;
}

export interface HealthReport {
  /** The process lives, or this could not be said. */
  readonly status: 'ok';
  readonly version: string;
  readonly uptimeSeconds: number;
  readonly phase: LifePhase;
  readonly database: 'up' | 'down';
}

const patienceMs = 2_000;

/** What the process says of itself, within two seconds whatever the database does. */
export function createHealth({ version, phase, pingDatabase }: HealthOptions): () => Promise<HealthReport> {
  // One question at a time, however many ask: a database that hangs must not collect them.
  let asking: Promise<boolean> | undefined;
  const ask = () => {
    const answered = pingDatabase().then(
      () => true,
      () => false,
    );
    void answered.finally(() => (asking = undefined));
    return answered;
  };
  return async () => {
    const up = phase() !== 'starting' && (await within(patienceMs, (asking ??= ask())));
    const uptimeSeconds = Math.floor(process.uptime());
    return { status: 'ok', version, uptimeSeconds, phase: phase(), database: up ? 'up' : 'down' };
  };
}

async function within(ms: number, answer: Promise<boolean>): Promise<boolean> {
  const late = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => late.resolve(false), ms);
  return Promise.race([answer, late.promise]).finally(() => clearTimeout(timer));
}
