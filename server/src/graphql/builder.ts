import SchemaBuilder from '@pothos/core';
import ComplexityPlugin from '@pothos/plugin-complexity';
import DataloaderPlugin from '@pothos/plugin-dataloader';
import ErrorsPlugin from '@pothos/plugin-errors';
import PrismaPlugin from '@pothos/plugin-prisma';
import RelayPlugin from '@pothos/plugin-relay';
import ScopeAuthPlugin from '@pothos/plugin-scope-auth';
import ValidationPlugin from '@pothos/plugin-validation';
import type PrismaTypes from '../generated/pothos.ts';
import { getDatamodel } from '../generated/pothos.ts';
import type { Context } from './context.ts';
import { fault, InvalidInputError } from './errors.ts';
import { queryLimits } from './limits.ts';
import NodeIdsPlugin from './node-ids.ts';
import { readGlobalId, visibleNode } from './nodes.ts';
import { largestPage, type Total } from './page.ts';

/** Everything that the schema is made with; the rest of it is in the modules' `*.graphql.ts`. */
export const builder = new SchemaBuilder<{
  PrismaTypes: PrismaTypes;
  Context: Context;
  AuthScopes: { signedIn: boolean; admin: boolean };
  DefaultFieldNullability: false;
  Connection: { total: () => Promise<Total> };
  Scalars: {
    DateTime: { Input: Date; Output: Date };
    /** A decimal string such as "12.50". */
    Decimal: { Input: string; Output: { toFixed(digits: number): string } | string };
    JSON: { Input: unknown; Output: unknown };
    /** A whole number that may be larger than an Int: bytes, rows. */
    BigInt: { Input: bigint; Output: bigint | number };
  };
}>({
  // Order counts: refusals become results around everything that can refuse.
  plugins: [
    ErrorsPlugin,
    ScopeAuthPlugin,
    ComplexityPlugin,
    ValidationPlugin,
    RelayPlugin,
    NodeIdsPlugin,
    PrismaPlugin,
    DataloaderPlugin,
  ],
  defaultFieldNullability: false,
  errors: { directResult: true, unsafelyHandleInputErrors: true },
  scopeAuth: {
    authScopes: ({ viewer }) => ({ signedIn: viewer !== null, admin: viewer?.platformAdmin ?? false }),
    unauthorizedError: (_parent, { viewer }) => fault(viewer ? 'FORBIDDEN' : 'UNAUTHENTICATED'),
    authorizeOnSubscribe: true,
  },
  complexity: {
    defaultComplexity: 1,
    defaultListMultiplier: 10,
    limit: ({ measured }) =>
      measured
        ? {}
        : { complexity: queryLimits.complexity, depth: queryLimits.depth, breadth: queryLimits.fields },
    complexityError: (kind) => fault('QUERY_TOO_COMPLEX', `The query asks for too much at once: ${kind}.`),
  },
  validation: {
    validationError: ({ issues }) => {
      const [first] = issues;
      const path = first?.path?.map((part) => String(typeof part === 'object' ? part.key : part)) ?? [];
      return new InvalidInputError(
        first?.message ?? 'This input cannot be used.',
        path[0] === 'input' ? path.slice(1) : path,
      );
    },
  },
  relay: {
    decodeGlobalID: readGlobalId,
    // The connection itself multiplies, by what it is asked for.
    edgesFieldOptions: { complexity: { field: 1, multiplier: 1 } },
    nodeQueryOptions: {
      description: 'The object of a global id; null when there is none, or none that the viewer may see.',
      resolve: (_parent, { id }, context, _info, find) => visibleNode(id.typename, find(id), context.viewer),
    },
    nodesQueryOptions: {
      complexity: ({ ids }) => ({ field: 1, multiplier: ids.length > largestPage ? Infinity : ids.length }),
      description:
        'The objects of global ids, in their order; null in place of each that the viewer may not see.',
      resolve: async (_parent, { ids }, context, _info, find) => {
        // All of them, whatever it is given.
        const found = await find(ids);
        return Promise.all(ids.map(({ typename }, at) => visibleNode(typename, found[at], context.viewer)));
      },
    },
    nodeTypeOptions: { description: 'Anything with a global id.' },
    pageInfoTypeOptions: { description: 'Where a page of a connection lies in its list.' },
  },
  prisma: {
    client: ({ db }) => db,
    dmmf: getDatamodel(),
    exposeDescriptions: false,
    onUnusedQuery: null,
  },
});
