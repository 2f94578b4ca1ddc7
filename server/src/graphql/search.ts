/** Nobody types more; keeps the pattern cheap. */
const longestSearch = 100;

/** What PostgreSQL cannot store, and so never finds. */
const control = /[\u0000-\u001f\u007f]+/g;

/** As much of what a caller types as is looked for, or null when there is nothing to look for. */
export function searchedText(search: string | null | undefined): string | null {
  return (search ?? '').replaceAll(control, ' ').trim().slice(0, longestSearch) || null;
}

/** A pattern for ILIKE that finds the text anywhere, or null when there is nothing to look for. */
export function searchPattern(search: string | null | undefined): string | null {
  const text = searchedText(search);
  return text && `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;
}

/** The text as PostgreSQL can compare it, which has no room for NUL: one with something else in it is found nowhere. */
export const storable = (text: string): string => text.replaceAll('\0', '\ufffd');
