import { z } from 'zod';
import type { Store } from '../../generated/prisma/client.ts';
import { builder } from '../../graphql/builder.ts';
import type { Context } from '../../graphql/context.ts';
import { uuidOf } from '../../graphql/global-id.ts';
import { results, userError } from '../../graphql/results.ts';
import { lineOfText } from '../../graphql/text-input.ts';
import type { Viewer } from '../../graphql/viewer.ts';
import { longestFeedAddress } from '../../product-data/feed-address.ts';
import { MerchantNotFoundError } from '../merchant/merchant.errors.ts';
import { canManageMerchant } from '../merchant/merchant.policy.ts';
import { storeFor } from './store.access.ts';
import {
  CurrencyUnknownError,
  StoreCodeMalformedError,
  StoreCodeTakenError,
  StoreFeedAddressError,
  StoreNotFoundError,
  StoreOwnPricesError,
  TimeZoneUnknownError,
} from './store.errors.ts';
import { canManageStore, canOwnStore, withOwnStore } from './store.policy.ts';
import { GoneFromFeedType, storePayload } from './store.type.ts';
import { createStore, updateStore, updateStoreSettings, type StoreChange } from './store.service.ts';

userError(StoreNotFoundError, 'There is no such store, or none that the viewer may see.');
userError(StoreCodeMalformedError, 'The text cannot be the code of a store.');
userError(StoreCodeTakenError, 'Another store has the code.');
userError(CurrencyUnknownError, 'The text is no currency in use.');
userError(StoreOwnPricesError, 'Products have own prices in the currency that the store has.');
userError(TimeZoneUnknownError, 'The text names no time zone.');
userError(StoreFeedAddressError, 'No import would fetch a feed from the address; its code says why.');

const name = lineOfText(200);
const word = lineOfText(80);
const percent = z.int().min(1, 'Write at least 1.').max(100, 'Write at most 100.');
/** The guard of feed addresses says more about what is wrong with one. */
const address = z
  .string()
  .max(longestFeedAddress, `Write at most ${longestFeedAddress.toLocaleString('en')} characters.`);

const CreateStoreInput = builder.inputType('CreateStoreInput', {
  description: 'A store to be.',
  fields: (t) => ({
    merchantId: t.id({ required: true, description: 'The global id of the merchant that runs it.' }),
    code: t.string({
      required: true,
      validate: word,
      description:
        'Unique, and part of the addresses of its pages, so it never changes: 2 to 50 lower-case letters, digits and ' +
        'single hyphens.',
    }),
    name: t.string({
      required: true,
      validate: name,
      description: 'As shoppers see it: 1 to 200 characters.',
    }),
    currency: t.string({ validate: word, description: 'Of its prices; ISO 4217. EUR when null.' }),
    timeZone: t.string({
      validate: word,
      description: 'Of the IANA time zone database. Europe/Luxembourg when null.',
    }),
  }),
});

const UpdateStoreInput = builder.inputType('UpdateStoreInput', {
  description: 'What to change of a store. What is left out or null stays.',
  fields: (t) => ({
    storeCode: t.string({ required: true, description: 'The code of the store.' }),
    name: t.string({ validate: name, description: 'As shoppers see it.' }),
    active: t.boolean({
      description:
        'False switches it off: it is closed to shoppers, nothing is imported, and imports that wait or run are cancelled.',
    }),
    currency: t.string({
      validate: word,
      description:
        'Of its prices; ISO 4217. The next import reads prices without a currency in this one. It stays while products have own prices.',
    }),
    timeZone: t.string({ validate: word, description: 'Of the IANA time zone database.' }),
  }),
});

const UpdateStoreSettingsInput = builder.inputType('UpdateStoreSettingsInput', {
  description: 'What to change of the settings of a store. What is left out stays.',
  fields: (t) => ({
    storeCode: t.string({ required: true, description: 'The code of the store.' }),
    name: t.string({ validate: name, description: 'As shoppers see it; null leaves it.' }),
    letzshopCsvUrlFr: t.string({
      validate: address,
      description:
        'Where its French feed is; null and blank text remove it. Masked as it was shown, it stays.',
    }),
    letzshopCsvUrlEn: t.string({
      validate: address,
      description: 'Where its English feed is; as for the French one.',
    }),
    letzshopCsvUrlDe: t.string({
      validate: address,
      description: 'Where its German feed is; as for the French one.',
    }),
    autoPublish: t.boolean({
      description:
        'Whether products that an import brings go to the catalogue by themselves; null leaves it.',
    }),
    goneFromFeed: t.field({
      type: GoneFromFeedType,
      description: 'What becomes of a published product that its feeds have no more; null leaves it.',
    }),
    shrinkLimitPercent: t.int({
      validate: percent,
      description:
        'Share of its products, 1 to 100, that a feed may lack without a person being asked; null leaves it.',
    }),
  }),
});

const CreateStorePayload = storePayload('CreateStorePayload', 'A store was made.');
const UpdateStorePayload = storePayload('UpdateStorePayload', 'A store was changed.');
const UpdateStoreSettingsPayload = storePayload(
  'UpdateStoreSettingsPayload',
  'The settings of a store were changed.',
);

/** The viewer was read before the store was there; the rest of the operation has to know whose it is. */
function noteNewStore(context: Context, { id }: Store): void {
  Object.assign(context, { viewer: withOwnStore(context.viewer, id) });
}

/** What the log says of a store: what all its imports and prices hang on. */
const keyFields = ({ id, active, currency }: Store, viewer: Viewer | null) => ({
  ...{ storeId: id, active, currency },
  byUserId: viewer?.id,
});

const isKeyChange = ({ active, currency }: StoreChange) => (active ?? currency ?? null) !== null;

builder.mutationField('createStore', (t) =>
  t.field({
    type: CreateStorePayload,
    description: 'Makes a store of a merchant. For its owner, and for admins.',
    authScopes: { signedIn: true },
    errors: results('CreateStore', [
      MerchantNotFoundError,
      StoreCodeMalformedError,
      StoreCodeTakenError,
      CurrencyUnknownError,
      TimeZoneUnknownError,
    ]),
    args: { input: t.arg({ type: CreateStoreInput, required: true, description: 'The store.' }) },
    resolve: async (_root, { input }, context) => {
      const merchantId = uuidOf('Merchant', input.merchantId);
      if (merchantId === null || !canManageMerchant(context.viewer, merchantId)) {
        throw new MerchantNotFoundError('merchantId');
      }
      const store = await createStore(context.db, context.accessNews, { ...input, merchantId });
      context.log.info(keyFields(store, context.viewer), 'store created');
      noteNewStore(context, store);
      return { storeId: store.id };
    },
  }),
);

builder.mutationField('updateStore', (t) =>
  t.field({
    type: UpdateStorePayload,
    description: 'Changes a store. For the owner, and for admins.',
    authScopes: { signedIn: true },
    errors: results('UpdateStore', [
      StoreNotFoundError,
      CurrencyUnknownError,
      StoreOwnPricesError,
      TimeZoneUnknownError,
    ]),
    args: { input: t.arg({ type: UpdateStoreInput, required: true, description: 'The changes.' }) },
    resolve: async (_root, { input: { storeCode, ...change } }, { db, log, viewer, catalogueNews }) => {
      const { id } = await storeFor(db, viewer, storeCode, canOwnStore);
      const store = await updateStore(db, id, change);
      if (isKeyChange(change)) log.info(keyFields(store, viewer), 'currency or state of a store changed');
      catalogueNews.announce(id);
      return { storeId: id };
    },
  }),
);

builder.mutationField('updateStoreSettings', (t) =>
  t.field({
    type: UpdateStoreSettingsPayload,
    description: 'Changes the settings of a store. For its managers, the owner, and admins.',
    authScopes: { signedIn: true },
    errors: results('UpdateStoreSettings', [StoreNotFoundError, StoreFeedAddressError]),
    args: { input: t.arg({ type: UpdateStoreSettingsInput, required: true, description: 'The changes.' }) },
    resolve: async (_root, { input: { storeCode, ...settings } }, context) => {
      const { db, viewer, checkFeedAddress, catalogueNews } = context;
      const store = await storeFor(db, viewer, storeCode, canManageStore);
      await updateStoreSettings(db, checkFeedAddress, store, settings);
      catalogueNews.announce(store.id);
      return { storeId: store.id };
    },
  }),
);
