import { z } from 'zod';
import type { Product } from '../../generated/prisma/client.ts';
import { builder } from '../../graphql/builder.ts';
import { results, userError } from '../../graphql/results.ts';
import { AvailabilityType, ConditionType } from '../marketplace-product/marketplace-product.type.ts';
import { conditions } from '../../product-data/condition.ts';
import { StoreNotFoundError } from '../store/store.errors.ts';
import {
  NoPriceError,
  ProductNotFoundError,
  ProductRepeatedError,
  QuantityRangeError,
  SalePriceNotLowerError,
  TooManyProductsError,
} from './product.errors.ts';
import {
  mostUpdated,
  requestMove,
  requestProductUpdate,
  requestProductUpdates,
  requestResolution,
  requestResolutions,
  type ChangedProduct,
  type ChangedProducts,
} from './product.requests.ts';
import { ProductOverrideFieldType } from './product.type.ts';

userError(ProductNotFoundError, 'There is no such product, or none that the viewer may see.');
userError(ProductRepeatedError, 'One product is to be changed twice at once.');
userError(NoPriceError, 'A published product would be left without a price.');
userError(SalePriceNotLowerError, 'The sale price is no reduction.');
userError(QuantityRangeError, 'Nothing could be bought in these quantities.');
userError(TooManyProductsError, 'More products are chosen than can be at a time.');

const ownCondition = z.enum(conditions, 'Choose NEW, REFURBISHED or USED.');
const refusals = [NoPriceError, SalePriceNotLowerError, QuantityRangeError];

/** Payloads that hold a product, which is read with what the operation asks of it. */
const withProduct = (typename: string, description: string) =>
  builder.objectRef<ChangedProduct>(typename).implement({
    description,
    fields: (t) => ({
      product: t.prismaField({
        type: 'Product',
        description: 'The product as it is now.',
        resolve: (query, { storeId, id }, _args, { db }) =>
          db.product.findUniqueOrThrow({ ...query, where: { storeId_id: { storeId, id } } }),
      }),
    }),
  });

const UpdateProductPayload = withProduct('UpdateProductPayload', 'A product was changed.');
const MoveProductPayload = withProduct('MoveProductPayload', 'A product stands elsewhere.');
const ResolveDriftPayload = withProduct('ResolveDriftPayload', 'An own value was kept or dropped.');

const UpdateProductsPayload = builder.objectRef<ChangedProducts>('UpdateProductsPayload').implement({
  description: 'Products were changed.',
  fields: (t) => ({
    products: t.prismaField({
      type: ['Product'],
      description: 'The products as they are now, in the order of the input.',
      complexity: { field: 1, multiplier: mostUpdated },
      resolve: async (query, { store, ids }, _args, { db }): Promise<Product[]> => {
        const where = { storeId: store.id, id: { in: [...ids] } };
        const found = await db.product.findMany({ ...query, where });
        const byId = new Map(found.map((product) => [product.id, product]));
        return ids.flatMap((id) => byId.get(id) ?? []);
      },
    }),
  }),
});

const ownDescription = "null is the feed's again, left out it stays";

const ProductChangeInput = builder.inputType('ProductChangeInput', {
  description: 'What to change of a product.',
  fields: (t) => ({
    id: t.id({
      required: true,
      description:
        'The global id of the product, or of a marketplace product that is to have own values before it is published.',
    }),
    price: t.field({ type: 'Decimal', description: `The own price; ${ownDescription}.` }),
    salePrice: t.field({
      type: 'Decimal',
      description: `The own price during a sale, lower than the price; ${ownDescription}.`,
    }),
    availability: t.field({
      type: AvailabilityType,
      description: `The own availability; ${ownDescription}.`,
    }),
    condition: t.field({
      ...{ type: ConditionType, validate: ownCondition },
      description: `The own condition; ${ownDescription}.`,
    }),
    isFeatured: t.boolean({ description: 'Whether the shop shows it off; null leaves it.' }),
    isActive: t.boolean({ description: 'Whether shoppers see it when it is published; null leaves it.' }),
    minQuantity: t.int({ description: 'The fewest that can be bought, at least 1; null leaves it.' }),
    maxQuantity: t.int({
      description: 'The most that can be bought; null is no limit, left out it stays.',
    }),
  }),
});

const UpdateProductsInput = builder.inputType('UpdateProductsInput', {
  description: 'What to change of many products.',
  fields: (t) => ({
    storeCode: t.string({ required: true, description: 'The code of the store.' }),
    products: t.field({
      ...{ type: [ProductChangeInput], required: true },
      description: `Each product once: at most ${mostUpdated}.`,
    }),
  }),
});

const MoveProductInput = builder.inputType('MoveProductInput', {
  description: 'Where a product is to stand. Give one of its neighbours to be.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'The global id of the product.' }),
    before: t.id({ description: 'The product that is to come right after it.' }),
    after: t.id({ description: 'The product that is to come right before it.' }),
  }),
});

const ResolveDriftInput = builder.inputType('ResolveDriftInput', {
  description: 'What to do about an own value of which the feed has moved.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'The global id of the product.' }),
    field: t.field({ type: ProductOverrideFieldType, required: true, description: 'Which value.' }),
    keep: t.boolean({
      required: true,
      description: "True keeps it, beside what the feed says now; false drops it for the feed's.",
    }),
  }),
});

const ResolveDriftsInput = builder.inputType('ResolveDriftsInput', {
  description: 'What to do about all own values of a store of which the feed has moved.',
  fields: (t) => ({
    storeCode: t.string({ required: true, description: 'The code of the store.' }),
    keep: t.boolean({
      required: true,
      description: "True keeps them, beside what the feed says now; false drops them for the feed's.",
    }),
  }),
});

const ResolveDriftsPayload = builder
  .objectRef<Awaited<ReturnType<typeof requestResolutions>>>('ResolveDriftsPayload')
  .implement({
    description: 'Own values were kept or dropped.',
    fields: (t) => ({
      resolvedCount: t.exposeInt('resolvedCount', { description: 'Products of which one was settled.' }),
      leftCount: t.exposeInt('leftCount', {
        description: 'Published products whose own price stays, because the feed has none.',
      }),
      store: t.prismaField({
        type: 'Store',
        description: 'The store as it is now.',
        resolve: (query, { store }, _args, { db }) =>
          db.store.findUniqueOrThrow({ ...query, where: { id: store.id } }),
      }),
    }),
  });

const forWhom = 'For managers, the owner, and admins.';

builder.mutationField('updateProduct', (t) =>
  t.field({
    type: UpdateProductPayload,
    description: `Changes a product of a catalogue. An own value that is set anew is compared with what the feed says now; one that is set as it is already stays as it is. ${forWhom}`,
    authScopes: { signedIn: true },
    errors: results('UpdateProduct', [ProductNotFoundError, ...refusals]),
    args: { input: t.arg({ type: ProductChangeInput, required: true, description: 'The changes.' }) },
    resolve: (_root, { input }, context) => requestProductUpdate(context, input),
  }),
);

builder.mutationField('updateProducts', (t) =>
  t.field({
    type: UpdateProductsPayload,
    description: `Changes many products of a catalogue, all or none. ${forWhom}`,
    authScopes: { signedIn: true },
    errors: results('UpdateProducts', [
      ...[StoreNotFoundError, ProductNotFoundError, ProductRepeatedError, TooManyProductsError],
      ...refusals,
    ]),
    args: { input: t.arg({ type: UpdateProductsInput, required: true, description: 'The changes.' }) },
    resolve: (_root, { input }, context) => requestProductUpdates(context, input),
  }),
);

builder.mutationField('moveProduct', (t) =>
  t.field({
    type: MoveProductPayload,
    description: `Puts a product right before or right after another one of its catalogue. ${forWhom}`,
    authScopes: { signedIn: true },
    errors: results('MoveProduct', [ProductNotFoundError]),
    args: { input: t.arg({ type: MoveProductInput, required: true, description: 'The place.' }) },
    resolve: (_root, { input }, context) => requestMove(context, input),
  }),
);

builder.mutationField('resolveDrift', (t) =>
  t.field({
    type: ResolveDriftPayload,
    description: `Keeps or drops an own value of which the feed has moved; does nothing when there is none. ${forWhom}`,
    authScopes: { signedIn: true },
    errors: results('ResolveDrift', [ProductNotFoundError, NoPriceError]),
    args: { input: t.arg({ type: ResolveDriftInput, required: true, description: 'What to do.' }) },
    resolve: (_root, { input }, context) => requestResolution(context, input),
  }),
);

builder.mutationField('resolveDrifts', (t) =>
  t.field({
    type: ResolveDriftsPayload,
    description: `Keeps or drops all own values of a store of which the feed has moved. ${forWhom}`,
    authScopes: { signedIn: true },
    errors: results('ResolveDrifts', [StoreNotFoundError]),
    args: { input: t.arg({ type: ResolveDriftsInput, required: true, description: 'What to do.' }) },
    resolve: (_root, { input }, context) => requestResolutions(context, input),
  }),
);
