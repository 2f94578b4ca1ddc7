/** The id of a record in the API. */
export const globalIdOf = (typename: string, id: string): string =>
  Buffer.from(`${typename}:${id}`).toString('base64');
