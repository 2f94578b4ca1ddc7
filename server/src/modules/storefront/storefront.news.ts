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
  const leaves = [
    bus.listen('catalogue', ({ ids }) => ids.forEach((id) => answers.outdate(id))),
    bus.listen('publication', ({ storeId }) => answers.outdate(storeId)),
    bus.listen('importJob', ({ storeId, status }) => {
      if (hasEnded(status)) answers.outdate(storeId);
    }),
    bus.onReconnect(() => answers.outdateAll()),
  ];
  return {
    announce(id) {
      // At once here, whatever the bus does.
      answers.outdate(id);
      void bus.publish('catalogue', { ids: [id] });
    },
    close: async () => leaves.forEach((leave) => leave()),
  };
}
