// @module-tag http
import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { complexityFromQuery } from '@pothos/plugin-complexity';
import { Kind, parse, print, visit, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';
import { expect, test } from 'vitest';
import { queryLimits } from '../graphql/limits.ts';
import { schema } from '../schema.ts';

const pages = resolve(import.meta.dirname, '../../../web/src');
const texts = globSync('**/*.graphql', { cwd: pages }).map((path) =>
  readFileSync(resolve(pages, path), 'utf8'),
);
const { definitions } = parse(texts.join('\n'));
const operations = definitions.flatMap((definition) =>
  definition.kind === Kind.OPERATION_DEFINITION ? [[definition.name?.value ?? '', definition] as const] : [],
);
const fragments = definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);

/** Entries of the largest page that is asked for, where it is not 50. */
const sizes: Readonly<Record<string, number>> = {
  ...{ UserList: 25, MerchantList: 25, StoreList: 25, MerchantPage: 25 },
  ...{ CatalogueIds: 100 },
};

/** What a variable of that type is given. None is given to a mutation, whose inputs cost nothing. */
const valuesOf = (size: number): Readonly<Record<string, unknown>> => ({
  ...{ Int: size, String: 'lamp', ID: 'x', ImportJobFilter: {} },
  ...{ ProductFilter: { storeCode: 'shop' }, MarketplaceProductFilter: { storeCode: 'shop' } },
});

const typename = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } } as const;
/** As the pages' client sends them: with the type of each object, which counts like any other field. */
const withTypenames = {
  SelectionSet: (set: SelectionSetNode) => ({ ...set, selections: [...set.selections, typename] }),
};

function complexityOf(name: string, operation: OperationDefinitionNode): number {
  const values = valuesOf(sizes[name] ?? 50);
  const variables: Record<string, unknown> = {};
  const measured = visit(operation, {
    VariableDefinition(definition) {
      const type = /\w+/.exec(print(definition.type))?.[0] ?? '';
      if (!(type in values)) return null;
      const given = definition.variable.name.value;
      if (given !== 'last' && given !== 'before') variables[given] = values[type];
      return undefined;
    },
  });
  const document = { kind: Kind.DOCUMENT, definitions: [measured, ...fragments] } as const;
  return complexityFromQuery(visit(document, withTypenames), { schema, variables, ctx: {} }).complexity;
}

test('there are operations to look at', () => expect(operations.length).toBeGreaterThan(50));

test.each(operations)('what pages ask for is not too much: %s', (name, operation) => {
  expect(complexityOf(name, operation)).toBeLessThanOrEqual(queryLimits.complexity);
});
