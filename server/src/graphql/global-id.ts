import { readUuid } from '../shared/uuid.ts';

/**
 * The key in the database that a global id of this type stands for, for types whose key is a UUID; null for
 * everything else, however malformed: there is no such record.
 */
export function uuidOf(typename: string, globalId: string): string | null {
  const text = Buffer.from(globalId, 'base64').toString('utf8');
  const [name, ...rest] = text.split(':');
  return name === typename ? readUuid(rest.join(':')) : null;
}
