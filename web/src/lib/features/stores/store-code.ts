import { plainText } from '#lib/ui/matching.ts';

/** A code that a store could have, from its name: "Weber Déco" gives `weber-deco`. At most 50 characters. */
export const codeOfName = (name: string): string =>
  plainText(name)
    .replaceAll('ß', 'ss')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 50)
    .replaceAll(/^-+|-+$/g, '');
