import type { CatalogueNews } from '../../graphql/catalogue-news.ts';
import type { EventBus } from '../../platform/bus.ts';
import { hasEnded } from '../import-job/import-job.state.ts';

/** What is kept for shoppers, and is to be told what it may not give any more. */
interface Answers {
  /** `id` is that of a store, or of a merchant. */
  outdate(id: string): void;
  outdateAll(): void;
}

/**
 * Tells what is kept on this node what changes of the stores on any: what somebody announces, products that are
 * published, and imports that end. What an import brings before its end shows when answers are too old.
 */
export async function openCatalogueNews(
  bus: EventBus,
  answers: Answers,
): Promise<CatalogueNews & { readonly close: () => Promise<void> }> {
  await using opened = new AsyncDisposableStack();
  opened.defer(await bus.subscribe('catalogue', ({ ids }) => ids.forEach((id) => answers.outdate(id))));
  opened.defer(await bus.subscribe('publication', ({ storeId }) => answers.outdate(storeId)));
  opened.defer(
    await bus.subscribe('importJob', ({ storeId, status }) => {
      if (hasEnded(status)) answers.outdate(storeId);
    }),
  );
  const leave = bus.onReconnect(() => answers.outdateAll());
  opened.defer(async () => leave());
  const kept = opened.move();
  return {
    announce(id) {
      // At once here, whatever the bus does.
      answers.outdate(id);
      void bus.publish('catalogue', { ids: [id] });
    },
    close: () => kept.disposeAsync(),
  };
}
