import type { Format } from '#lib/format/format.svelte.ts';
import { m } from '#lib/paraglide/messages.js';
import type { PublicationState } from './publishing.svelte.ts';

/** How far it is, from 0 to 1; null while nobody has counted. */
export const fractionOf = ({ total, done }: PublicationState): number | null =>
  total === null || total === 0 ? null : Math.min(done / total, 1);

/** What has become of the products, one sentence each; zeros are not mentioned. */
export function publicationResult(job: PublicationState, format: Format): readonly string[] {
  const { publishedCount, unpublishedCount, unchangedCount, refusedCount, action } = job;
  const isPublish = action === 'PUBLISH';
  const changed = isPublish ? publishedCount : unpublishedCount;
  return [
    ...(changed > 0
      ? [(isPublish ? m.publication_published : m.publication_unpublished)(format.counted(changed))]
      : []),
    ...(unchangedCount > 0
      ? [(isPublish ? m.publication_were_published : m.publication_were_not)(format.counted(unchangedCount))]
      : []),
    ...(refusedCount > 0 ? [m.publication_without_price(format.counted(refusedCount))] : []),
    ...(changed + unchangedCount + refusedCount === 0 ? [m.publication_nothing()] : []),
  ];
}

/** What a screen reader is told: the beginning, each tenth, and the end. */
export function sayPublication(job: PublicationState, format: Format): string {
  if (job.status === 'COMPLETED') return publicationResult(job, format).join(' ');
  if (job.status === 'FAILED') return m.publication_failed_title();
  const fraction = fractionOf(job);
  const words = publicationTitle(job);
  if (fraction === null) return words;
  return m.ui_labelled({ label: words, value: format.share(Math.floor(fraction * 10) / 10) });
}

export const publicationTitle = ({ action }: PublicationState): string =>
  action === 'PUBLISH' ? m.publication_publishing() : m.publication_unpublishing();
