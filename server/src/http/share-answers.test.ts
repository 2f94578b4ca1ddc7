// @module-tag http
// @module-tag hostile
import { GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { expect, onTestFinished, test } from 'vitest';
import { openApiServer } from '../../test/api-server.ts';
import type { Context } from '../graphql/context.ts';

const schema = new GraphQLSchema({
  query: new GraphQLObjectType<unknown, Context>({
    name: 'Query',
    fields: {
      shop: {
        type: GraphQLString,
        extensions: { shared: true },
        resolve: (_root, _args, { sources }) => (sources?.add('shop'), 'open'),
      },
    },
  }),
});

test('variables that are nested without end are no fault of ours', async () => {
  const server = await openApiServer({ db: {} as never, schema });
  onTestFinished(() => server.close());
  const nested = '['.repeat(400_000) + ']'.repeat(400_000);
  const response = await server.fetch({
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: `{"query":"{ shop }","variables":{"nested":${nested}}}`,
  });
  expect(await response.json()).toEqual({ data: { shop: 'open' } });
});
