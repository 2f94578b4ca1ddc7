import DataLoader from 'dataloader';
import type { GraphQLResolveInfo } from 'graphql';

type Many<Row> = (parentIds: readonly string[]) => Promise<ReadonlyMap<string, Row>>;

const loaders = new WeakMap<object, Map<string, DataLoader<string, unknown>>>();

/**
 * What `loadMany` finds for one parent, null when it finds nothing: asked once for all the parents of a list whose
 * same field is being resolved, so that a list in a list takes one statement. `part` tells apart several of a field.
 */
export async function loadWithSiblings<Row>(
  context: object,
  { path, fieldName }: Pick<GraphQLResolveInfo, 'path' | 'fieldName'>,
  part: string,
  parentId: string,
  loadMany: Many<Row>,
): Promise<Row | null> {
  const ofContext = loaders.get(context) ?? new Map<string, DataLoader<string, unknown>>();
  loaders.set(context, ofContext);
  const key = `${placeOf(path)} ${fieldName} ${part}`;
  let loader = ofContext.get(key);
  if (!loader) {
    const load = async (ids: readonly string[]) => {
      const found = await loadMany(ids);
      return ids.map((id) => found.get(id) ?? null);
    };
    // Nothing is remembered: a mutation that follows in the operation may change it.
    loader = new DataLoader(load, { cache: false });
    ofContext.set(key, loader);
  }
  return (await loader.load(parentId)) as Row | null;
}

/** The field's place in the query: the same for all entries of a list, so that arguments are the same too. */
function placeOf(path: GraphQLResolveInfo['path'] | undefined): string {
  if (!path) return '';
  return `${placeOf(path.prev)}${typeof path.key === 'number' ? '' : `.${path.key}`}`;
}
