import { setTimeout as wait } from 'node:timers/promises';
import type { EventBus } from '../../platform/bus.ts';
import type { JobPublisher } from '../../platform/job-notices.ts';
import { redactUrl } from '../../shared/redact-url.ts';
import type { WatchedJob } from './import-job.record.ts';

/** Tells everybody that a job has changed. Whoever changes one says so here, once, after it is committed. */
export interface JobAnnouncer {
  /**
   * Listeners of this node have heard of it when this returns; the others hear of it soon, and in order. Of several
   * states that wait for the way to them only the newest of each job is told.
   */
  publish(job: WatchedJob): void;
  /** The same of a change that somebody else may have told of: it is no news for the log. */
  publishAgain(job: WatchedJob): void;
  /** Resolves when everything has been told, or when the bus or the database has been away for a while. */
  settled(): Promise<void>;
}

declare module '../../graphql/context.ts' {
  interface Services {
    readonly jobs: JobAnnouncer;
  }
}

/** How long the end of a process waits for what is away: readers find the state in the record later. */
const patienceMs = 2_000;
/** People wait for what the bus passes on, and have it by then: the statement would keep their processors busy. */
const noticeAfterMs = 20;

/**
 * Tells the bus, which has the whole state, and the database's listeners, which command lines and nodes on another
 * bus hear.
 */
export function createJobAnnouncer(bus: EventBus, notices: JobPublisher): JobAnnouncer {
  /** Jobs of which an event is under way, with the newest state that waits for it. */
  const sending = new Map<string, WatchedJob | null>();
  const send = async (job: WatchedJob): Promise<void> => {
    for (let next: WatchedJob | null = job; next; next = sending.get(job.id) ?? null) {
      sending.set(job.id, null);
      await bus.tellOthers('importJob', next);
    }
    sending.delete(job.id);
  };
  const underWay = new Set<Promise<void>>();
  const publish = (changed: WatchedJob): void => {
    const job = withoutSecrets(changed);
    bus.tellHere('importJob', job);
    const noticed = wait(noticeAfterMs).then(() => {
      notices.publish(job);
      underWay.delete(noticed);
    });
    underWay.add(noticed);
    const waiting = sending.get(job.id);
    if (waiting === undefined) {
      const sent = send(job).finally(() => underWay.delete(sent));
      underWay.add(sent);
    } else if (waiting === null || waiting.revision < job.revision) sending.set(job.id, job);
  };
  return {
    publish,
    publishAgain: publish,
    async settled() {
      const told = Promise.all(underWay).then(() => notices.settled());
      await Promise.race([told, wait(patienceMs, undefined, { ref: false })]);
    },
  };
}

/**
 * What no client is ever shown does not travel, and addresses travel as they are shown: whoever fetches a feed reads
 * the record. The creator's email stays, since some who follow a job may see it.
 */
const withoutSecrets = (job: WatchedJob): WatchedJob => ({
  ...job,
  sourceUrl: redactUrl(job.sourceUrl),
  ...{ sourceEtag: null, sourceSha256: null, settingsKey: null },
  store: withMaskedFeeds(job.store),
  createdBy: job.createdBy && { ...job.createdBy, passwordHash: '' },
});

const withMaskedFeeds = (store: WatchedJob['store']): WatchedJob['store'] => ({
  ...store,
  letzshopCsvUrlFr: store.letzshopCsvUrlFr && redactUrl(store.letzshopCsvUrlFr),
  letzshopCsvUrlEn: store.letzshopCsvUrlEn && redactUrl(store.letzshopCsvUrlEn),
  letzshopCsvUrlDe: store.letzshopCsvUrlDe && redactUrl(store.letzshopCsvUrlDe),
});
