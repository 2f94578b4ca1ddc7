/** What a browser keeps of a page, by name. */
export interface BrowserMemory {
  /** null also where the browser keeps nothing. */
  read(name: string): string | null;
  /** null forgets it. A browser that keeps nothing forgets everything. */
  write(name: string, value: string | null): void;
}

/** Where data of sites is blocked the storage throws as soon as it is named, where it is full when it is written to. */
function memoryIn(storage: () => Storage): BrowserMemory {
  return {
    read(name) {
      try {
        return storage().getItem(name);
      } catch {
        return null;
      }
    },
    write(name, value) {
      try {
        if (value === null) storage().removeItem(name);
        else storage().setItem(name, value);
      } catch {
        // The page works as well without: it only asks or shows again what it could have known.
      }
    },
  };
}

/** For all tabs, and for the next time. */
export const keptByBrowser = memoryIn(() => localStorage);
/** For this tab, until it is closed. */
export const keptByTab = memoryIn(() => sessionStorage);
