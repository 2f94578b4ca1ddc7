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

/** The payload of a mutation that holds its store, which is read with what the operation asks of it. */
export const storePayload = <Subject extends { readonly storeId: string } = { readonly storeId: string }>(
  typename: string,
  description: string,
) =>
  builder.objectRef<Subject>(typename).implement({
    description,
    fields: (t) => ({
      store: t.prismaField({
        type: 'Store',
        description: 'The store as it is now.',
        resolve: (query, { storeId }, _args, { db }) =>
          db.store.findUniqueOrThrow({ ...query, where: { id: storeId } }),
      }),
    }),
  });
