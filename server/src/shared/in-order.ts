/** The records of these ids in the order of the ids, without those that are gone; nothing is loaded for no ids. */
export async function inOrder<Id, Row extends { readonly id: Id }>(
  ids: readonly Id[],
  load: (ids: Id[]) => Promise<readonly Row[]>,
): Promise<Row[]> {
  if (ids.length === 0) return [];
  const rows = new Map((await load([...ids])).map((row) => [row.id, row]));
  return ids.flatMap((id) => rows.get(id) ?? []);
}
