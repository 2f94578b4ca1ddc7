import type { DomainError } from '../shared/domain-error.ts';
import { builder } from './builder.ts';
import { InvalidInputError } from './errors.ts';

type DomainErrorClass = new (...args: never[]) => DomainError;

const UserError = builder.interfaceRef<DomainError>('UserError').implement({
  description: 'Why a mutation was refused, and what can be done about it. Nothing was changed.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'Stable: what programs look at.' }),
    message: t.exposeString('message', { description: 'A sentence for people, in English.' }),
    path: t.stringList({
      nullable: true,
      description: 'The field of the input that is meant, from the outside in; null when it is none.',
      resolve: ({ path }) => path && [...path],
    }),
  }),
});

/** Makes a refusal a type of the schema, named like its class. Each class once, in its own module. */
export function userError(refusal: DomainErrorClass, description: string): void {
  const RefusalClass: unknown = refusal;
  builder.objectType(RefusalClass as new () => DomainError, {
    name: refusal.name,
    description,
    interfaces: [UserError],
  });
}

userError(InvalidInputError, 'A field of the input has a form that nothing can be done with.');

/**
 * Options of a mutation's field: its result is a union, `<Mutation>Result`, of what it returns and of these
 * refusals. `mutation` is its name with a capital.
 */
export function results(mutation: string, refusals: readonly DomainErrorClass[] = []) {
  return {
    types: [InvalidInputError, ...refusals] as unknown as (new () => Error)[],
    directResult: true as const,
    union: {
      name: `${mutation}Result`,
      description: `What became of the mutation: its payload, or why it was refused.`,
    },
  };
}
