import { untrack } from 'svelte';
import { useApi } from '#lib/graphql/api.svelte.ts';
import {
  ImportJobDocument,
  ImportJobProgressDocument,
  ImportJobsChangedDocument,
} from '#lib/graphql/generated/graphql.ts';
import type { Problem } from '#lib/graphql/problem.ts';
import { useReading } from '#lib/graphql/reading.svelte.ts';
import { JobFold, type JobState } from './job-fold.svelte.ts';
import { isJobActive } from './job-status.ts';
import { asksOfMissing, type GoneFromFeed } from './missing-words.ts';

/** One import, read once and then told by events. */
export interface OneImport {
  /** null until it is known. */
  readonly job: JobState | null;
  /** There is none that the viewer may see. */
  readonly missing: boolean;
  readonly problem: Problem | null;
  readonly mayManage: boolean;
  /** What its store wants to become of products that are gone from the feed. */
  readonly goneFromFeed: GoneFromFeed;
  readonly headerWarnings: readonly { readonly code: string; readonly columns: readonly string[] }[];
  /** Global id of the import that it repeats. */
  readonly retryOf: string | null;
  readonly heardAt: number | null;
  take: (job: JobState) => void;
  again: () => void;
}

/** To be called while a component is set up. */
export function useOneImport(id: () => string): OneImport {
  const api = useApi();
  const fold = new JobFold();
  const reading = useReading(ImportJobDocument, () => ({ id: id() }), { keep: false });
  const read = $derived(reading.data?.importJob ?? null);
  const job = $derived(read === null ? null : fold.latest(read));
  /** The header is read after the page was, if the import waited then. */
  let heard = $state.raw<(Pick<OneImport, 'headerWarnings'> & { readonly id: string }) | null>(null);
  const watched = $derived(job !== null && isJobActive(job.status) ? job.id : null);

  // Watches it for as long as it moves; the first event is the state as it is, also after a lost link.
  $effect(() => {
    if (watched === null) return;
    return api.watch(ImportJobProgressDocument, { id: watched }, ({ importJobProgress }) => {
      heard = importJobProgress;
      untrack(() => fold.take(importJobProgress));
    });
  });
  // It has ended, and waits for an answer, which may come from elsewhere. Of changes no event says what there was
  // before: while it was read, or while the link was lost. The progress of what has ended does, once.
  const asking = $derived(job !== null && asksOfMissing(job) ? job.store.code : null);
  const askedId = $derived(asking === null ? null : id());
  const back = $derived(api.connection.backAt?.getTime() ?? null);
  $effect(() => {
    if (asking === null || askedId === null) return;
    void back;
    const changes = api.watch(ImportJobsChangedDocument, { storeCode: asking }, ({ importJobsChanged }) =>
      untrack(() => {
        if (importJobsChanged.id === job?.id) fold.take(importJobsChanged);
      }),
    );
    const now = api.watch(ImportJobProgressDocument, { id: askedId }, ({ importJobProgress }) =>
      untrack(() => fold.take(importJobProgress)),
    );
    return () => {
      changes();
      now();
    };
  });
  $effect(() => () => fold.stop());
  return {
    get job() {
      return job;
    },
    get missing() {
      return reading.data !== null && read === null;
    },
    get problem() {
      return reading.problem;
    },
    get mayManage() {
      return read?.store.viewerCanManage ?? false;
    },
    get goneFromFeed() {
      return read?.store.goneFromFeed ?? 'KEEP';
    },
    get headerWarnings() {
      return (heard?.id === read?.id ? heard : read)?.headerWarnings ?? [];
    },
    get retryOf() {
      return read?.retryOf?.id ?? null;
    },
    get heardAt() {
      return job === null ? null : fold.heardAt(job.id);
    },
    take: (taken) => void fold.take(taken),
    again: reading.again,
  };
}
