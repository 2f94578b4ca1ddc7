/** Records of these ids, in any order. */
type Load<Id, Row> = (ids: Id[]) => Promise<readonly Row[]>;

/** The records of these ids, without those that are gone; nothing is loaded for no ids. */
export async function byId<Id, Row extends { readonly id: Id }>(
  ids: readonly Id[],
  load: Load<Id, Row>,
): Promise<ReadonlyMap<Id, Row>> {
  const rows = ids.length === 0 ? [] : await load([...ids]);
  return new Map(rows.map((row) => [row.id, row]));
}

/** The same in the order of the ids. */
export async function inOrder<Id, Row extends { readonly id: Id }>(
  ids: readonly Id[],
  load: Load<Id, Row>,
): Promise<Row[]> {
  const rows = await byId(ids, load);
  return ids.flatMap((id) => rows.get(id) ?? []);
}
