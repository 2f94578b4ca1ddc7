import type { StoreDomain } from '../../generated/prisma/client.ts';
import { builder } from '../../graphql/builder.ts';
import { showNodes } from '../../graphql/nodes.ts';
import { results, userError } from '../../graphql/results.ts';
import { lineOfText } from '../../graphql/text-input.ts';
import type { Viewer } from '../../graphql/viewer.ts';
import { storeDomainFor, storeFor } from './store.access.ts';
import {
  addStoreDomain,
  maxStoreDomains,
  removeStoreDomain,
  setPrimaryStoreDomain,
} from './store.domains.ts';
import {
  DomainLookupError,
  DomainRecordMissingError,
  DomainRecordOtherError,
  HostnameMalformedError,
  StoreDomainNotFoundError,
  StoreDomainTakenError,
  StoreNotFoundError,
  TooManyStoreDomainsError,
} from './store.errors.ts';
import { canManageStore, canSeeStore } from './store.policy.ts';
import { proofName, proofValue, verifyStoreDomain } from './store.proof.ts';
import { storePayload } from './store.type.ts';

userError(HostnameMalformedError, 'The text is no name that a website can have.');
userError(
  StoreDomainTakenError,
  'The store has the name already, or another one has shown that it is theirs.',
);
userError(StoreDomainNotFoundError, 'There is no such domain, or none that the viewer may see.');
userError(TooManyStoreDomainsError, 'The store has as many domains as it may have.');
userError(DomainRecordMissingError, 'The DNS has no TXT record at the name.');
userError(DomainRecordOtherError, 'The DNS has another value there than that of the store.');
userError(DomainLookupError, 'The name servers gave no answer.');

showNodes<StoreDomain>('StoreDomain', ({ storeId }, viewer) => canSeeStore(viewer, storeId));

const StoreDomainNode = builder.prismaNode('StoreDomain', {
  nullable: true,
  id: { field: 'id', description: 'Global id.' },
  description: 'A name on the internet under which shoppers find a store. Seen by whoever sees the store.',
  authScopes: ({ storeId }, { viewer }) => canSeeStore(viewer, storeId),
  fields: (t) => ({
    hostname: t.exposeString('hostname', { description: 'Lower case, in the form that the DNS has.' }),
    primary: t.exposeBoolean('primary', {
      description: 'True for the one that others lead to. A store with domains has one.',
    }),
    verified: t.exposeBoolean('verified', {
      description:
        'True once `verifyStoreDomain` found that the name belongs to the merchant. Shop pages find the store by it ' +
        'from then on, and no other store can have it.',
    }),
    proofName: t.string({
      description: 'Where the DNS is to have a TXT record that shows that the name belongs to the merchant.',
      resolve: proofName,
    }),
    proofValue: t.string({
      description: 'What that record is to say: the same for all domains of a store.',
      resolve: proofValue,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was added.' }),
  }),
});

builder.prismaObjectField('Store', 'domains', (t) =>
  t.relation('domains', {
    description: `Names under which shoppers find it, the primary one first: at most ${maxStoreDomains}.`,
    complexity: { field: 1, multiplier: maxStoreDomains },
    query: { orderBy: [{ primary: 'desc' }, { hostname: 'asc' }] },
  }),
);

const AddStoreDomainPayload = storePayload<StoreDomain>(
  'AddStoreDomainPayload',
  'A store has one more domain.',
);
const SetPrimaryStoreDomainPayload = storePayload<StoreDomain>(
  'SetPrimaryStoreDomainPayload',
  'Another domain of a store is its primary one.',
);
const VerifyStoreDomainPayload = storePayload<StoreDomain>(
  'VerifyStoreDomainPayload',
  'It was shown that a domain belongs to the merchant.',
);
const RemoveStoreDomainPayload = storePayload<StoreDomain>(
  'RemoveStoreDomainPayload',
  'A store has one domain less.',
);

for (const payload of [AddStoreDomainPayload, SetPrimaryStoreDomainPayload, VerifyStoreDomainPayload]) {
  builder.objectField(payload, 'storeDomain', (t) =>
    t.field({ type: StoreDomainNode, description: 'The domain.', resolve: (domain) => domain }),
  );
}

const AddStoreDomainInput = builder.inputType('AddStoreDomainInput', {
  description: 'A domain of a store to be.',
  fields: (t) => ({
    storeCode: t.string({ required: true, description: 'The code of the store.' }),
    hostname: t.string({
      required: true,
      validate: lineOfText(300),
      description: 'The name alone, without https://; letters of any language.',
    }),
  }),
});

const RemoveStoreDomainInput = builder.inputType('RemoveStoreDomainInput', {
  description: 'Which domain to remove.',
  fields: (t) => ({ id: t.id({ required: true, description: 'The global id of the domain.' }) }),
});

const VerifyStoreDomainInput = builder.inputType('VerifyStoreDomainInput', {
  description: 'Which domain to look up.',
  fields: (t) => ({ id: t.id({ required: true, description: 'The global id of the domain.' }) }),
});

const SetPrimaryStoreDomainInput = builder.inputType('SetPrimaryStoreDomainInput', {
  description: 'Which domain is to be the primary one of its store.',
  fields: (t) => ({ id: t.id({ required: true, description: 'The global id of the domain.' }) }),
});

/** What the log says of a domain. */
const domainFields = ({ storeId, hostname }: StoreDomain, viewer: Viewer | null) => ({
  ...{ storeId, hostname },
  byUserId: viewer?.id,
});

builder.mutationField('addStoreDomain', (t) =>
  t.field({
    type: AddStoreDomainPayload,
    description:
      'Gives a store a domain, which is then to be verified; its first is the primary one. For managers, the owner, ' +
      'and admins.',
    authScopes: { signedIn: true },
    errors: results('AddStoreDomain', [
      StoreNotFoundError,
      HostnameMalformedError,
      StoreDomainTakenError,
      TooManyStoreDomainsError,
    ]),
    args: { input: t.arg({ type: AddStoreDomainInput, required: true, description: 'The domain.' }) },
    resolve: async (_root, { input: { storeCode, hostname } }, { db, viewer }) => {
      const { id } = await storeFor(db, viewer, storeCode, canManageStore);
      return addStoreDomain(db, { storeId: id, hostname });
    },
  }),
);

builder.mutationField('verifyStoreDomain', (t) =>
  t.field({
    type: VerifyStoreDomainPayload,
    description:
      'Looks in the DNS whether the domain belongs to the merchant: whether the TXT record at `proofName` says ' +
      '`proofValue`. For managers, the owner, and admins.',
    authScopes: { signedIn: true },
    errors: results('VerifyStoreDomain', [
      StoreDomainNotFoundError,
      StoreDomainTakenError,
      DomainRecordMissingError,
      DomainRecordOtherError,
      DomainLookupError,
    ]),
    args: { input: t.arg({ type: VerifyStoreDomainInput, required: true, description: 'The domain.' }) },
    resolve: async (_root, { input }, { db, viewer, log, readTxtRecords }) => {
      const domain = await storeDomainFor(db, viewer, input.id, canManageStore);
      const verified = await verifyStoreDomain(db, readTxtRecords, domain);
      if (!domain.verified) log.info(domainFields(verified, viewer), 'domain verified');
      return verified;
    },
  }),
);

builder.mutationField('removeStoreDomain', (t) =>
  t.field({
    type: RemoveStoreDomainPayload,
    description:
      'Takes a domain from its store; the oldest one left becomes primary in its place. For managers, the owner, and ' +
      'admins.',
    authScopes: { signedIn: true },
    errors: results('RemoveStoreDomain', [StoreDomainNotFoundError]),
    args: { input: t.arg({ type: RemoveStoreDomainInput, required: true, description: 'The domain.' }) },
    resolve: async (_root, { input }, { db, viewer, log, catalogueNews }) => {
      const domain = await storeDomainFor(db, viewer, input.id, canManageStore);
      await removeStoreDomain(db, domain);
      log.info(domainFields(domain, viewer), 'domain removed');
      catalogueNews.announce(domain.storeId);
      return domain;
    },
  }),
);

builder.mutationField('setPrimaryStoreDomain', (t) =>
  t.field({
    type: SetPrimaryStoreDomainPayload,
    description: 'Makes a domain the primary one of its store. For managers, the owner, and admins.',
    authScopes: { signedIn: true },
    errors: results('SetPrimaryStoreDomain', [StoreDomainNotFoundError]),
    args: { input: t.arg({ type: SetPrimaryStoreDomainInput, required: true, description: 'The domain.' }) },
    resolve: async (_root, { input }, { db, viewer }) =>
      setPrimaryStoreDomain(db, await storeDomainFor(db, viewer, input.id, canManageStore)),
  }),
);
