// @module-tag graphql
// @module-tag db
// @module-tag hostile
import { isObjectType, parse, subscribe, validate, type GraphQLError, type GraphQLObjectType } from 'graphql';
import { expect, test } from 'vitest';
import type { Viewer } from '../src/graphql/viewer.ts';
import { isFault } from '../src/http/mask-errors.ts';
import type { Database } from '../src/platform/database.ts';
import { schema } from '../src/schema.ts';
import { buildWorld, openServices, ownersPassword, type World, type WorldServices } from './access-world.ts';
import { withDatabase } from './database.ts';
import { executeUndone, operationContext } from './execute.ts';
import { Somebody } from './following.ts';
import { oddOperations, type OddOperation } from './odd-arguments.ts';

const usualOf = ({ ids }: World) => ({
  ...{ storeCode: 'shop', code: 'shop', name: 'name', hostname: 'new.example', merchantId: ids['merchant'] },
  ...{ email: 'colleague@example.test', contactEmail: 'office@shop.example', password: ownersPassword },
  ...{ currentPassword: ownersPassword, sourceUrl: 'https://feeds.example/feed.csv', ids: [ids['store']] },
  ...{ 'createStore.code': 'new-shop', 'createUser.email': 'new@example.test', ownerId: ids['staff'] },
  ...{ 'node.id': ids['store'], 'merchant.id': ids['merchant'], 'updateMerchant.id': ids['merchant'] },
  ...{ 'importJob.id': ids['endedJob'], 'importJobProgress.id': ids['endedJob'] },
  ...{ 'cancelImport.id': ids['waitingJob'], 'retryImport.id': ids['endedJob'] },
  ...{ 'reviewMissingProducts.id': ids['endedJob'], 'publicationProgress.id': ids['publication'] },
  ...{ 'removeStoreDomain.id': ids['domain'], 'setPrimaryStoreDomain.id': ids['domain'] },
  ...{ 'verifyStoreDomain.id': ids['domain'] },
  ...{ 'removeStoreMember.id': ids['member'], 'updateStoreMember.id': ids['member'] },
  ...{ 'moveProduct.id': ids['catalogueProduct'], 'resolveDrift.id': ids['catalogueProduct'] },
  ...{ 'updateProduct.id': ids['product'], 'updateProducts.id': ids['product'] },
  ...{ 'updateUser.id': ids['staff'] },
});

/** For what is not asked. */
const anything = new Proxy({}, { get: () => 'anything' });

type Services = WorldServices['services'] & Pick<Database, 'db'>;

/** The faults of a query or a mutation, which is undone. */
async function ask(services: Services, viewer: Viewer, operation: OddOperation) {
  const { errors } = await executeUndone(services, viewer, operation.source, operation.variables);
  return (errors ?? []) as readonly GraphQLError[];
}

/** Those of a subscription up to its first event, for which it may have to wait. */
async function follow(services: Services, viewer: Viewer, { source, variables }: OddOperation) {
  const contextValue = operationContext({ ...services, live: new Somebody(viewer) }, viewer);
  const operation = { document: parse(source), variableValues: variables, contextValue };
  const stream = await subscribe({ schema, ...operation });
  if (!(Symbol.asyncIterator in stream)) return stream.errors ?? [];
  const first = stream.next();
  await stream.return(undefined);
  const { value } = await first;
  return value?.errors ?? [];
}

const where: Readonly<Record<string, (variables: string, field: string) => string>> = {
  Query: (variables, field) => `query ${variables} { ${field} }`,
  Mutation: (variables, field) => `mutation ${variables} { ${field} }`,
  Subscription: (variables, field) => `subscription ${variables} { ${field} }`,
  ImportJob: (variables, field) =>
    `query ${variables} { importJobs(first: 1) { edges { node { ${field} } } } }`,
  Merchant: (variables, field) => `query ${variables} { merchants { edges { node { ${field} } } } }`,
  Store: (variables, field) => `query ${variables} { store(code: "shop") { ${field} } }`,
  Storefront: (variables, field) => `query ${variables} { storefront(code: "shop") { ${field} } }`,
};

test.each(Object.entries(where))('what fields of %s are given makes no fault', (name, around) =>
  withDatabase(async ({ db }) => {
    const world = await buildWorld(db);
    const { services, close } = await openServices(db);
    const { admin } = world.viewers;
    if (!admin) throw new Error('There is no admin.');
    const askAs = name === 'Subscription' ? follow : ask;
    const operations = oddOperations(schema.getType(name) as GraphQLObjectType, around, usualOf(world));
    const faults: string[] = [];
    for (const operation of operations) {
      const errors = await askAs({ ...services, db }, admin, operation);
      const value = JSON.stringify(operation.value).slice(0, 40);
      const found = errors.filter(isFault);
      faults.push(...found.map(({ message }) => `${operation.place} = ${value}: ${message.slice(-300)}`));
    }
    await close();
    expect(faults).toEqual([]);
    // What is not asked at all makes no fault either.
    const invalid = operations.flatMap(({ source }) => validate(schema, parse(source)));
    expect([operations.length > 0, invalid]).toEqual([true, []]);
    if (name === 'Subscription') return;
    const asked = await executeUndone({ ...services, db }, admin, around('', '__typename'));
    expect(JSON.stringify(asked.data)).toContain(`"__typename":"${name}"`);
  }),
);

/** What else can be given chooses among a few names, which GraphQL itself checks. */
test('every field that can be given a text or a number is looked at', () => {
  const types = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type));
  const oddlyAsked = types.filter(
    (type) => !type.name.startsWith('__') && oddOperations(type, () => '', anything).length > 0,
  );
  expect(oddlyAsked.map(({ name }) => name).sort()).toEqual(Object.keys(where).sort());
});
