/**
 * The event as text, from which `readMessage` makes the same again: JSON, in which a moment is `{"$date": ISO 8601}`,
 * a bigint is `{"$bigint": digits}`, and an object that could be taken for one of these is `{"$entries": […]}`.
 * Throws for what JSON cannot hold.
 */
export function writeMessage(event: unknown): string {
  return JSON.stringify(event, function (this: Record<string, unknown>, key, value: unknown) {
    // Not `value`: a Date has become a string there.
    const original = this[key];
    if (original instanceof Date) return { $date: original.toISOString() };
    if (typeof value === 'bigint') return { $bigint: String(value) };
    return isMistakable(original) ? { $entries: Object.entries(original) } : value;
  });
}

const marks = ['$date', '$bigint', '$entries'];

const isMistakable = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && marks.some((mark) => Object.hasOwn(value, mark));

/** The event of a message. Throws for what `writeMessage` has not written. */
export function readMessage(message: string): unknown {
  return JSON.parse(message, (_key, value: unknown) => {
    if (typeof value !== 'object' || value === null) return value;
    if ('$date' in value) return dateOf(value.$date);
    if ('$bigint' in value) return BigInt(textOf(value.$bigint));
    if ('$entries' in value) return Object.fromEntries(value.$entries as [string, unknown][]);
    return value;
  });
}

function textOf(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError('This is no message of ours.');
  return value;
}

function dateOf(value: unknown): Date {
  const date = new Date(textOf(value));
  if (Number.isNaN(date.getTime())) throw new TypeError('This is no message of ours.');
  return date;
}
