import { deserialize, serialize } from 'node:v8';

/**
 * The event as text, from which `readMessage` makes the same again, with moments and bigints, by the structured clone
 * algorithm as Node stores it; a later Node reads what an earlier one wrote. Throws for what cannot be cloned.
 */
export const writeMessage = (event: unknown): string => serialize(event).toString('base64');

/** The event of a message. Throws for what is none. */
export const readMessage = (message: string): unknown => deserialize(Buffer.from(message, 'base64'));
