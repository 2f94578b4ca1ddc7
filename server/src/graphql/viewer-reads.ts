import type { Viewer } from './viewer.ts';

/** What was read of a viewer, so that it can be told who else would have been answered the same. */
export interface ViewerReads {
  /** Reads like the viewer, and is noted. */
  readonly viewer: Viewer;
  /** True when everything that was read so far is the same of the other one. */
  fits(other: Viewer): boolean;
}

/** Notes each single fact that is read of the viewer. Whoever goes through a whole set is taken to need all of it. */
export function noteReads(viewer: Viewer): ViewerReads {
  const noticed = new Set<string>();
  const facts: ((other: Viewer) => boolean)[] = [];
  const note = <T>(name: string, read: (of: Viewer) => T): T => {
    const value = read(viewer);
    if (!noticed.has(name)) facts.push((other) => read(other) === value);
    noticed.add(name);
    return value;
  };
  const noted: Viewer = {
    get id() {
      return note('id', ({ id }) => id);
    },
    get sessionId() {
      return note('sessionId', ({ sessionId }) => sessionId);
    },
    get platformAdmin() {
      return note('platformAdmin', ({ platformAdmin }) => platformAdmin);
    },
    merchantIds: noteLookups('merchantIds', viewer.merchantIds, note, (of) => of.merchantIds),
    storeRoles: noteLookups('storeRoles', viewer.storeRoles, note, (of) => of.storeRoles),
  };
  return { viewer: noted, fits: (other) => facts.every((isSame) => isSame(other)) };
}

type Note = <T>(name: string, read: (of: Viewer) => T) => T;

/** The set or map, of which `has` and `get` are single facts. */
function noteLookups<Lookups extends object>(
  name: string,
  lookups: Lookups,
  note: Note,
  of: (viewer: Viewer) => Lookups,
): Lookups {
  return new Proxy(lookups, {
    get(target, property) {
      const method: unknown = Reflect.get(target, property, target);
      if (typeof method === 'function' && (property === 'has' || property === 'get')) {
        return (key: string) =>
          note(`${name}.${property} ${key}`, (viewer) => Reflect.apply(method, of(viewer), [key]) as unknown);
      }
      // Of no other viewer than this one can it be the same object.
      note(name, of);
      return typeof method === 'function' ? (method.bind(target) as unknown) : method;
    },
  });
}
