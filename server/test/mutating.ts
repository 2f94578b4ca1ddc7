import type { Viewer } from '../src/graphql/viewer.ts';
import { execute, type TestServices } from './execute.ts';
import { roles, type People, type Role } from './people.ts';

/** A refusal has a code, a payload what `part` asks of it. */
export type Outcome = Readonly<Record<string, unknown>> & { readonly code?: string };

/** What became of a mutation with that input, of whose payload `part` is asked; for an error its code alone. */
export async function mutate(
  services: TestServices,
  viewer: Viewer | null,
  mutation: string,
  input: object,
  part: string,
): Promise<Outcome> {
  const name = `${mutation[0]?.toUpperCase() ?? ''}${mutation.slice(1)}`;
  const source = `mutation ($input: ${mutation === 'updateProduct' ? 'ProductChange' : name}Input!) {
    ${mutation}(input: $input) { ... on UserError { code message path } ... on ${name}Payload { ${part} } } }`;
  const { data, errors } = await execute<Record<string, Outcome>>(services, viewer, source, { input });
  const [error] = errors ?? [];
  if (error) return { code: (error.extensions['code'] as string | undefined) ?? error.message };
  return data?.[mutation] ?? {};
}

/** What each of the people gets: the code of a refusal or of an error, or `done`. */
export async function askAll(
  people: People,
  ask: (viewer: Viewer | null) => Promise<Outcome>,
): Promise<Partial<Record<Role, string>>> {
  const answers: Partial<Record<Role, string>> = {};
  for (const role of roles) answers[role] = (await ask(people.viewers[role])).code ?? 'done';
  return answers;
}

/** For what managers do and staff only look at; what the others get is not to be found. */
export const managersDo = (notFound: string): Readonly<Record<Role, string>> => ({
  ...{ signedOut: 'UNAUTHENTICATED', admin: 'done', owner: 'done', manager: 'done' },
  ...{ staff: 'FORBIDDEN', otherOwner: notFound },
});
