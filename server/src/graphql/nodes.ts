import type { Viewer } from './viewer.ts';

type Rule = (record: never, viewer: Viewer | null) => boolean;

const rules = new Map<string, Rule>();

/** Says who may find the nodes of a type by their global id. A type without a rule is found by nobody. */
export function showNodes<Shape>(
  typename: string,
  rule: (record: Shape, viewer: Viewer | null) => boolean,
): void {
  rules.set(typename, rule);
}

/** The record when the viewer may see it, else null: as if there were none. */
export async function visibleNode(
  typename: string,
  finding: unknown,
  viewer: Viewer | null,
): Promise<unknown> {
  const record = await finding;
  const rule = rules.get(typename);
  return record && rule?.(record as never, viewer) ? record : null;
}
