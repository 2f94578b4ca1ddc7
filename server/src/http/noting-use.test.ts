// @module-tag http
import { GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { expect, onTestFinished, test } from 'vitest';
import { openApiServer } from '../../test/api-server.ts';

async function* twoEvents() {
  yield { told: 'one' };
  yield { told: 'two' };
}

const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: {
      own: { type: GraphQLString, resolve: async () => 'mine' },
      failing: { type: GraphQLString, resolve: () => Promise.reject(new Error('no')) },
      shared: {
        type: GraphQLString,
        extensions: { shared: true },
        resolve: (_root, _args, { sources }: { sources: Set<string> }) => (sources.add('shop'), 'ours'),
      },
    },
  }),
  subscription: new GraphQLObjectType({
    name: 'Subscription',
    fields: { told: { type: GraphQLString, subscribe: () => twoEvents() } },
  }),
});

async function open() {
  let notes = 0;
  const server = await openApiServer({ db: {} as never, schema, use: { note: () => notes++ } });
  onTestFinished(() => server.close());
  return { server, notes: () => notes };
}

test.for(['{ own }', '{ failing }', '{ shared }'])(
  'somebody who asks for %s is there from the question to the answer',
  async (query) => {
    const { server, notes } = await open();
    await server.ask(query);
    expect(notes()).toBe(2);
  },
);

test('over a socket as well, and what is pushed there is no use', async () => {
  const { server, notes } = await open();
  const client = server.connect();
  const told = await Array.fromAsync(client.iterate({ query: 'subscription { told }' }));
  expect([told, notes()]).toEqual([[{ data: { told: 'one' } }, { data: { told: 'two' } }], 0]);
  await Array.fromAsync(client.iterate({ query: '{ own }' }));
  expect(notes()).toBe(2);
});

test('neither is what is kept, nor what is refused before it is carried out', async () => {
  const { server, notes } = await open();
  await server.ask('{ shared }');
  expect((await server.ask('{ shared }')).data).toEqual({ shared: 'ours' });
  await server.ask('{ nothing }');
  expect(notes()).toBe(2);
});
