/** Entries on a page of older ones; the tail begins with as many. */
export const logPageSize = 50;
