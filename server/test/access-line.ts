/**
 * What somebody gets: the values that are called `label` in the answer, each once, in the order of letters; `nothing`
 * when there are none; the code of a refusal or of an error.
 */
export type Outcomes = readonly [
  signedOut: string,
  admin: string,
  owner: string,
  manager: string,
  staff: string,
  other: string,
];

export interface AccessLine {
  /** `Type.field`, or the name of a type of node. */
  readonly field: string;
  /** What is asked when a field has several lines. */
  readonly asking?: string;
  readonly source: (ids: Readonly<Record<string, string>>) => string;
  readonly gets: Outcomes;
  /** Of a subscription: how many events are looked at. */
  readonly events?: number;
}

export const U = 'UNAUTHENTICATED';
export const F = 'FORBIDDEN';
export const none = 'nothing';

type Source = string | AccessLine['source'];
const sourceOf = (source: Source): AccessLine['source'] =>
  typeof source === 'string' ? () => source : source;

export const query = (field: string, source: Source, gets: Outcomes, asking?: string): AccessLine => ({
  field: `Query.${field}`,
  source: sourceOf(source),
  gets,
  ...(asking === undefined ? {} : { asking }),
});

/** `part` is a path of fields into the payload, around the label. */
export const mutation = (
  field: string,
  input: Source | null,
  part: string,
  gets: Outcomes,
  asking?: string,
): AccessLine => {
  const name = field.slice(0, 1).toUpperCase() + field.slice(1);
  const args = (ids: Readonly<Record<string, string>>) =>
    input === null ? '' : `(input: { ${sourceOf(input)(ids)} })`;
  return {
    field: `Mutation.${field}`,
    source: (ids) =>
      `mutation { ${field}${args(ids)} { ... on UserError { code } ... on ${name}Payload { ${part} } } }`,
    gets,
    ...(asking === undefined ? {} : { asking }),
  };
};

export const node = (typename: string, id: string, part: string, gets: Outcomes): AccessLine => ({
  field: typename,
  source: (ids) => `{ node(id: "${ids[id] ?? ''}") { ... on ${typename} { ${part} } } }`,
  gets,
});

export const subscription = (
  field: string,
  source: Source,
  events: number,
  gets: Outcomes,
  asking?: string,
) => ({
  ...{ field: `Subscription.${field}`, source: sourceOf(source), events, gets },
  ...(asking === undefined ? {} : { asking }),
});

/** A field of an object that some may see and others not. */
export const field = (name: string, source: Source, gets: Outcomes): AccessLine => ({
  ...{ field: name, source: sourceOf(source), gets },
});

export const seenOfShop = (label: string): Outcomes => [U, label, label, label, label, none];
export const nobody: Outcomes = [none, none, none, none, none, none];
export const shopsFirst: Outcomes = [U, 'shop', 'shop', 'shop', 'shop', 'NOT_FOUND'];
export const staffLook = (done: string, notFound: string): Outcomes => [U, done, done, done, F, notFound];
export const ownersDo = (done: string, notFound: string): Outcomes => [U, done, done, F, F, notFound];

/** Of what is a store's, the store. */
export const storeLabel = 'store { label: code }';
export const ofShop = (part: string) => `{ store(code: "shop") { ${part} } }`;
export const masked = 'https://***@feeds.example/feed.csv?token=***';
