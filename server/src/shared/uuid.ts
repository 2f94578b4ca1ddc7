const form = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** The UUID as the database writes it, in lower case; null for text that is none, which it would refuse to compare. */
export const readUuid = (text: string): string | null => (form.test(text) ? text.toLowerCase() : null);

/** No record has it: for what is none, so that it is looked for and not found, like all others. */
export const nobodysUuid = '00000000-0000-0000-0000-000000000000';
