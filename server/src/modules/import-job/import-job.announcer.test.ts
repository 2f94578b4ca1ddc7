// @module-tag import-job
import { setImmediate as turn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test, vi } from 'vitest';
import type { EventBus } from '../../platform/bus.ts';
import type { JobPublisher } from '../../platform/job-notices.ts';
import { createJobAnnouncer } from './import-job.announcer.ts';
import type { WatchedJob } from './import-job.record.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

test('where another state always waits for the way to others, nothing is kept of those that are told', async () => {
  const told: WeakRef<WatchedJob>[] = [];
  const { promise: end, resolve: goOn } = Promise.withResolvers<void>();
  const bus: Partial<EventBus> = {
    tellHere: () => undefined,
    tellOthers(_topic, event) {
      told.push(new WeakRef(event as WatchedJob));
      return told.length < 100 ? turn() : end;
    },
  };
  const notices: JobPublisher = { publish: () => undefined, settled: async () => undefined };
  const announcer = createJobAnnouncer(bus as EventBus, notices);
  const job = { id: 'job', sourceUrl: 'https://feeds.example/a.csv', store: {} } as WatchedJob;
  for (let revision = 1; told.length < 100; revision++) {
    announcer.publish({ ...job, revision });
    announcer.publish({ ...job, revision: ++revision });
    await turn();
  }
  // Notices keep their job for a moment longer.
  await vi.waitFor(() => {
    collectGarbage();
    expect(told.filter((event) => event.deref() !== undefined).length).toBeLessThan(5);
  });
  goOn();
  await announcer.settled();
});
