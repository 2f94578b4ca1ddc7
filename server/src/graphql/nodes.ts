import type { Viewer } from './viewer.ts';

type Rule = (record: never, viewer: Viewer | null) => boolean;

interface NodeType {
  readonly rule: Rule;
  readonly keyForm: RegExp;
}

const types = new Map<string, NodeType>();

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** For types that make sense of whatever key they are given. */
export const anyKey = /^/;

/**
 * Says who may find the nodes of a type by their global id. A type without a rule is found by nobody. What has not
 * the form of a key is not looked for: the database would refuse to compare it.
 */
export function showNodes<Shape>(
  typename: string,
  rule: (record: Shape, viewer: Viewer | null) => boolean,
  keyForm: RegExp = uuid,
): void {
  types.set(typename, { rule, keyForm });
}

/** A key that nobody has: for ids that are none, so that they are looked for and not found, like all others. */
const nobody = { typename: 'User', id: '00000000-0000-0000-0000-000000000000' } as const;

/** What a global id says; nobody's when it cannot be that of a node. */
export function readGlobalId(globalId: string): { readonly typename: string; readonly id: string } {
  const text = Buffer.from(globalId, 'base64').toString('utf8');
  const [typename = '', ...rest] = text.split(':');
  const id = rest.join(':');
  return types.get(typename)?.keyForm.test(id) ? { typename, id } : nobody;
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
