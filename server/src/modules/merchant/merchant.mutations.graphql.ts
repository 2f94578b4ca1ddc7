import { z } from 'zod';
import type { Merchant } from '../../generated/prisma/client.ts';
import { builder } from '../../graphql/builder.ts';
import { fault } from '../../graphql/errors.ts';
import { uuidOf } from '../../graphql/global-id.ts';
import { results, userError } from '../../graphql/results.ts';
import { lineOfText } from '../../graphql/text-input.ts';
import type { Viewer } from '../../graphql/viewer.ts';
import { longestEmail } from '../user/email.ts';
import {
  ContactEmailMalformedError,
  MerchantNotFoundError,
  MerchantOwnerNotFoundError,
  VatNumberMalformedError,
} from './merchant.errors.ts';
import { canGovernMerchants, canManageMerchant } from './merchant.policy.ts';
import { createMerchant, isGovernance, updateMerchant } from './merchant.service.ts';

userError(MerchantNotFoundError, 'There is no such merchant, or none that the viewer may see.');
userError(MerchantOwnerNotFoundError, 'The account that is to own the merchant does not exist.');
userError(VatNumberMalformedError, 'The text is no VAT number of the European Union.');
userError(ContactEmailMalformedError, 'The text is no email address.');

const refusals = [MerchantOwnerNotFoundError, VatNumberMalformedError, ContactEmailMalformedError];
const longestName = 200;
const email = lineOfText(longestEmail);
const vatNumber = z.string().max(40, 'Write at most 40 characters.');

/** One owner, named in one way; `required` when there is none yet. */
const oneOwner = (required: boolean) => (input: { ownerId?: unknown; ownerEmail?: unknown }) => {
  const named = [input.ownerId, input.ownerEmail].filter((owner) => owner !== null && owner !== undefined);
  return named.length === 1 || (!required && named.length === 0);
};
const ownerFault = { message: 'Name one owner, either by email or by id.', path: ['ownerEmail'] };

const CreateMerchantInput = builder.inputType('CreateMerchantInput', {
  description: 'A merchant to be, with an owner who has an account.',
  validate: z.looseObject({}).refine(oneOwner(true), ownerFault),
  fields: (t) => ({
    name: t.string({
      required: true,
      validate: lineOfText(longestName),
      description: 'Its name in business: 1 to 200 characters.',
    }),
    contactEmail: t.string({ required: true, validate: email, description: 'Where the platform writes to.' }),
    vatNumber: t.string({
      validate: vatNumber,
      description: 'Of the European Union: in Luxembourg LU and eight digits. Null when it has none.',
    }),
    ownerEmail: t.string({ validate: email, description: "The owner's address. Either this or `ownerId`." }),
    ownerId: t.id({ description: "The owner's global id. Either this or `ownerEmail`." }),
  }),
});

const UpdateMerchantInput = builder.inputType('UpdateMerchantInput', {
  description: 'What to change of a merchant. What is left out, or null where nothing else is said, stays.',
  validate: z.looseObject({}).refine(oneOwner(false), ownerFault),
  fields: (t) => ({
    id: t.id({ required: true, description: 'The global id of the merchant.' }),
    name: t.string({ validate: lineOfText(longestName), description: 'Its name in business.' }),
    contactEmail: t.string({ validate: email, description: 'Where the platform writes to.' }),
    vatNumber: t.string({ validate: vatNumber, description: 'Null and blank text remove it.' }),
    active: t.boolean({ description: 'False switches it off, with all its stores. Admins only.' }),
    ownerEmail: t.string({ validate: email, description: "Another owner's address. Admins only." }),
    ownerId: t.id({ description: "Another owner's global id. Admins only." }),
  }),
});

/** Payloads that hold a merchant, which is read with what the operation asks of it. */
const merchantPayload = (name: string, description: string) =>
  builder.objectRef<{ readonly merchantId: string }>(name).implement({
    description,
    fields: (t) => ({
      merchant: t.prismaField({
        type: 'Merchant',
        description: 'The merchant as it is now.',
        resolve: (query, { merchantId }, _args, { db }) =>
          db.merchant.findUniqueOrThrow({ ...query, where: { id: merchantId } }),
      }),
    }),
  });

const CreateMerchantPayload = merchantPayload('CreateMerchantPayload', 'A merchant was made.');
const UpdateMerchantPayload = merchantPayload('UpdateMerchantPayload', 'A merchant was changed.');

/** The owner's id in the database. A global id of anything else is one that nobody has. */
const ownerIdOf = (id: string | null | undefined) => {
  if (id === null || id === undefined) return undefined;
  const key = uuidOf('User', id);
  if (key === null) throw new MerchantOwnerNotFoundError('ownerId');
  return key;
};

/** What the log says of a merchant: what decides who may do something in its stores. */
const governedFields = ({ id, ownerId, active }: Merchant, viewer: Viewer | null) => ({
  ...{ merchantId: id, ownerId, active },
  byUserId: viewer?.id,
});

builder.mutationField('createMerchant', (t) =>
  t.field({
    type: CreateMerchantPayload,
    description: 'Makes a merchant. Admins only.',
    authScopes: { admin: true },
    errors: results('CreateMerchant', refusals),
    args: { input: t.arg({ type: CreateMerchantInput, required: true, description: 'The merchant.' }) },
    resolve: async (_root, { input }, { db, log, viewer, accessNews }) => {
      const merchant = await createMerchant(db, accessNews, { ...input, ownerId: ownerIdOf(input.ownerId) });
      log.info(governedFields(merchant, viewer), 'merchant created');
      return { merchantId: merchant.id };
    },
  }),
);

builder.mutationField('updateMerchant', (t) =>
  t.field({
    type: UpdateMerchantPayload,
    description: 'Changes a merchant. For admins, and for its owner all but `active` and the owner.',
    authScopes: { signedIn: true },
    errors: results('UpdateMerchant', [MerchantNotFoundError, ...refusals]),
    args: { input: t.arg({ type: UpdateMerchantInput, required: true, description: 'The changes.' }) },
    resolve: async (_root, { input }, { db, log, viewer, accessNews, catalogueNews }) => {
      const { id, ...change } = input;
      const key = uuidOf('Merchant', id);
      if (key === null || !canManageMerchant(viewer, key)) throw new MerchantNotFoundError('id');
      if (isGovernance(change) && !canGovernMerchants(viewer)) throw fault('FORBIDDEN');
      const changes = { ...change, ownerId: ownerIdOf(change.ownerId) };
      const merchant = await updateMerchant(db, accessNews, key, changes);
      if (isGovernance(change))
        log.info(governedFields(merchant, viewer), 'owner or state of a merchant changed');
      catalogueNews.announce(key);
      return { merchantId: key };
    },
  }),
);
