// @module-tag graphql
// @module-tag db
// @module-tag hostile
import { isObjectType, parse, subscribe, type GraphQLError, type GraphQLObjectType } from 'graphql';
import { expect, test } from 'vitest';
import { isFault } from '../src/http/mask-errors.ts';
import type { Database } from '../src/platform/database.ts';
import { schema } from '../src/schema.ts';
import { buildWorld, openServices, ownersPassword, type World, type WorldServices } from './access-world.ts';
import { withDatabase } from './database.ts';
import { execute, operationContext } from './execute.ts';
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
  ...{ 'removeStoreMember.id': ids['member'], 'updateStoreMember.id': ids['member'] },
  ...{ 'moveProduct.id': ids['catalogueProduct'], 'resolveDrift.id': ids['catalogueProduct'] },
  ...{
    'updateProduct.id': ids['product'],
    'updateProducts.id': ids['product'],
    'updateUser.id': ids['staff'],
  },
});

/** For what is not asked. */
const anything = new Proxy({}, { get: () => 'anything' });

class Undone extends Error {}

class Asking {
  readonly #db: Database['db'];
  readonly #world: World;
  readonly #services: WorldServices;

  constructor(db: Database['db'], world: World, services: WorldServices) {
    this.#db = db;
    this.#world = world;
    this.#services = services;
  }

  /** The faults of a query or a mutation of an admin, which is undone. */
  async ask({ source, variables }: OddOperation): Promise<readonly GraphQLError[]> {
    let errors: readonly GraphQLError[] = [];
    const asking = this.#db.$transaction(async (db) => {
      const answer = await execute(
        { ...this.#services.services, db },
        this.#world.viewers.admin,
        source,
        variables,
      );
      errors = (answer.errors ?? []) as readonly GraphQLError[];
      throw new Undone();
    });
    await asking.catch((error: unknown) => {
      if (!(error instanceof Undone)) throw error;
    });
    return errors.filter(isFault);
  }

  /** The faults of a subscription up to its first event, for which it may have to wait. */
  async follow({ source, variables }: OddOperation): Promise<readonly GraphQLError[]> {
    const viewer = this.#world.viewers.admin;
    const live = viewer && new Somebody(viewer);
    const contextValue = operationContext({ ...this.#services.services, db: this.#db, live }, viewer);
    const stream = await subscribe({
      schema,
      document: parse(source),
      variableValues: variables,
      contextValue,
    });
    if (!(Symbol.asyncIterator in stream)) return (stream.errors ?? []).filter(isFault);
    const first = stream.next();
    await stream.return(undefined);
    const { value } = await first;
    return (value?.errors ?? []).filter(isFault);
  }
}

const where: Readonly<Record<string, (variables: string, field: string) => string>> = {
  Query: (variables, field) => `query ${variables} { ${field} }`,
  Mutation: (variables, field) => `mutation ${variables} { ${field} }`,
  Subscription: (variables, field) => `subscription ${variables} { ${field} }`,
  ImportJob: (variables, field) => `query ${variables} { importJobs { edges { node { ${field} } } } }`,
  Merchant: (variables, field) => `query ${variables} { merchants { edges { node { ${field} } } } }`,
  Store: (variables, field) => `query ${variables} { store(code: "shop") { ${field} } }`,
  Storefront: (variables, field) => `query ${variables} { storefront(code: "shop") { ${field} } }`,
};

test.each(Object.entries(where))('what fields of %s are given makes no fault', (name, around) =>
  withDatabase(async ({ db }) => {
    const world = await buildWorld(db);
    const services = await openServices(db);
    const asking = new Asking(db, world, services);
    const operations = oddOperations(schema.getType(name) as GraphQLObjectType, around, usualOf(world));
    expect(operations.length).toBeGreaterThan(0);
    const faults: string[] = [];
    for (const operation of operations) {
      const found = await (name === 'Subscription' ? asking.follow(operation) : asking.ask(operation));
      const value = JSON.stringify(operation.value).slice(0, 40);
      faults.push(...found.map(({ message }) => `${operation.place} = ${value}: ${message.slice(-300)}`));
    }
    await services.close();
    expect(faults).toEqual([]);
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
