import { builder } from '../../graphql/builder.ts';

export const GoneFromFeedType = builder.enumType('GoneFromFeed', {
  description: 'What becomes of a published product that its feeds have no more. Nothing is ever deleted.',
  values: {
    KEEP: { description: 'It stays as it is.' },
    OUT_OF_STOCK: {
      description: 'It is out of stock until it returns, unless the store has set its availability.',
    },
    UNPUBLISH: { description: 'It is unpublished, and published again when it returns.' },
  } as const,
});
