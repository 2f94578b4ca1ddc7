import { z } from 'zod';

const patienceMs = 2_000;
/** What only a server of this program says of itself. */
const report = z.object({
  status: z.literal('ok'),
  version: z.string(),
  phase: z.enum(['starting', 'ready', 'stopping']),
  database: z.enum(['up', 'down']),
});

/** Whether a server of this program answers at the origin (`http://127.0.0.1:4000`), whatever it is busy with. */
export async function isOurs(origin: string): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(patienceMs);
    const answer = await fetch(`${origin}/health`, { signal, redirect: 'error' });
    return report.safeParse(await answer.json()).success;
  } catch {
    return false; // nobody is there, or somebody else
  }
}
