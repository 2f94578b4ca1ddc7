import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isRequiredArgument,
  isRequiredInputField,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLObjectType,
} from 'graphql';

/** An operation of one field, with an odd value in one place. */
export interface OddOperation {
  /** Where the value is: `Mutation.createUser.input.name`. */
  readonly place: string;
  readonly value: unknown;
  readonly source: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What the test's database knows, by `field.member`, or by `member` for all fields. */
export type UsualValues = Readonly<Record<string, unknown>>;

const cursor = (...values: readonly unknown[]) => Buffer.from(JSON.stringify(values)).toString('base64url');

/** What a database refuses to take as text, what SQL and patterns would read as their own, and far too much. */
const texts = ['', 'a\0b', '\ud800', `'; DROP TABLE users -- %_\\`, '9'.repeat(400), 'x'.repeat(100_000)];
const cursors = [cursor('a\0b'), cursor('\ud800', 'a\0b'), cursor(1e308, {})];
const moments = [
  '0000-01-01',
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59.999999999-23:59',
  '0001-01-01T00:00:00+23:59',
  '2026-02-31',
];
const numbers = [0, -1, 2_147_483_647, -2_147_483_648];

const oddValues: Readonly<Record<string, readonly unknown[]>> = {
  ...{ String: texts, ID: texts, Decimal: ['0', '9999999999.99', 'a\0b'], DateTime: moments },
  ...{ Int: numbers, Float: numbers },
};

/** An operation with these variables that asks for the field. */
type Around = (variables: string, field: string) => string;

/**
 * Of everything that the fields of the type can be given, each place with each odd value in turn. `around` makes the
 * whole operation.
 */
export function oddOperations(type: GraphQLObjectType, around: Around, known: UsualValues): OddOperation[] {
  return Object.values(type.getFields()).flatMap((field) => {
    const source = sourceOf(field, around);
    const usual = new Usual(field.name, known);
    const required = usual.members(field.args.filter(isRequiredArgument));
    return field.args.flatMap(({ name, type: given }) =>
      oddOnes(name, given, usual).map(([path, value, whole]) => ({
        ...{ place: `${type.name}.${field.name}.${path}`, value, source },
        variables: { ...required, [name]: whole },
      })),
    );
  });
}

function sourceOf(field: GraphQLField<unknown, unknown>, around: Around): string {
  const { name, args, type } = field;
  const inParentheses = (parts: readonly string[]) => (parts.length === 0 ? '' : `(${parts.join(', ')})`);
  const declared = inParentheses(args.map((arg) => `$${arg.name}: ${String(arg.type)}`));
  const given = inParentheses(args.map((arg) => `${arg.name}: $${arg.name}`));
  const inner = getNamedType(type);
  const isList = inner.name.endsWith('Connection');
  const parts = isList ? 'totalCount pageInfo { endCursor } edges { node { __typename } }' : '__typename';
  const asked = isLeafType(inner) ? '' : `{ ${parts} }`;
  return around(declared, `${name}${given} ${asked}`);
}

/** Where, the odd value, and what the argument is then. */
type OddOne = readonly [path: string, value: unknown, whole: unknown];

function oddOnes(path: string, type: GraphQLInputType, usual: Usual): OddOne[] {
  const inner = getNullableType(type);
  if (isListType(inner)) {
    return oddOnes(path, inner.ofType, usual).map(([where, value, whole]) => [where, value, [whole]]);
  }
  if (!isInputObjectType(inner)) {
    const values = path === 'after' || path === 'before' ? cursors : oddValues[inner.name];
    return (values ?? []).map((value) => [path, value, value]);
  }
  const members = Object.values(inner.getFields());
  const required = usual.members(members.filter(isRequiredInputField));
  return members.flatMap(({ name, type }) =>
    oddOnes(`${path}.${name}`, type, usual).map(([where, value, whole]): OddOne => [
      where,
      value,
      { ...required, [name]: whole },
    ]),
  );
}

/** What a field is given where nothing odd is. */
class Usual {
  readonly #field: string;
  readonly #known: UsualValues;

  constructor(field: string, known: UsualValues) {
    this.#field = field;
    this.#known = known;
  }

  members(members: readonly (GraphQLArgument | GraphQLInputField)[]): Record<string, unknown> {
    return Object.fromEntries(members.map(({ name, type }) => [name, this.#valueOf(name, type)]));
  }

  #valueOf(name: string, type: GraphQLInputType): unknown {
    const known = this.#known[`${this.#field}.${name}`] ?? this.#known[name];
    if (known !== undefined) return known;
    const inner = getNullableType(type);
    if (isListType(inner)) return [this.#valueOf(name, inner.ofType)];
    if (isEnumType(inner)) return inner.getValues()[0]?.name;
    if (isInputObjectType(inner)) {
      return this.members(Object.values(inner.getFields()).filter(isRequiredInputField));
    }
    if (inner.name === 'Boolean') return true;
    throw new Error(`The test does not know what ${this.#field} is usually given as ${name}.`);
  }
}
