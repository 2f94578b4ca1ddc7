import { nobodysUuid, readUuid } from '../shared/uuid.ts';
import type { Viewer } from './viewer.ts';

type Rule = (record: never, viewer: Viewer | null) => boolean;

/** How the key of a record reads in its global id. */
interface NodeKeys<Shape> {
  /** The key as the database has it; null for what cannot be one, which it would refuse to compare. */
  readonly read: (text: string) => string | null;
  readonly textOf: (record: Shape) => string;
}

interface NodeType {
  readonly rule: Rule;
  readonly keys: NodeKeys<never>;
}

const types = new Map<string, NodeType>();

const uuidKeys: NodeKeys<{ readonly id: string }> = {
  read: readUuid,
  textOf: ({ id }) => id,
};

/** For types that make sense of whatever key they are given. */
export const keysBy = <Shape>(textOf: (record: Shape) => string): NodeKeys<Shape> => ({
  read: (text) => text,
  textOf,
});

/** Says who may find the nodes of a type by their global id. A type without a rule is found by nobody. */
export function showNodes<Shape>(
  typename: string,
  rule: (record: Shape, viewer: Viewer | null) => boolean,
  keys: NodeKeys<Shape> | typeof uuidKeys = uuidKeys,
): void {
  types.set(typename, { rule, keys });
}

/** What the global id of such a node says besides its type; null for a type that is no node. */
export const keyTextOf = (typename: string): ((record: never) => string) | null =>
  types.get(typename)?.keys.textOf ?? null;

/** A key that nobody has: for ids that are none, so that they are looked for and not found, like all others. */
const nobody = { typename: 'User', id: nobodysUuid } as const;

/** What a global id says; nobody's when it cannot be that of a node. */
export function readGlobalId(globalId: string): { readonly typename: string; readonly id: string } {
  const text = Buffer.from(globalId, 'base64').toString('utf8');
  const [typename = '', ...rest] = text.split(':');
  const id = types.get(typename)?.keys.read(rest.join(':')) ?? null;
  return id === null ? nobody : { typename, id };
}

/** The record when the viewer may see it, else null: as if there were none. */
export async function visibleNode(
  typename: string,
  finding: unknown,
  viewer: Viewer | null,
): Promise<unknown> {
  const record = await finding;
  const rule = types.get(typename)?.rule;
  return record && rule?.(record as never, viewer) ? record : null;
}
