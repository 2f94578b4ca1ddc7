const iso = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?$/;

/**
 * The moment of a text in ISO 8601; null for what is none, and for one of years that PostgreSQL writes in another way: the
 * year 0, those before it, and those after 9999, in UTC.
 */
export function readMoment(text: string): Date | null {
  const [, day] = iso.exec(text) ?? [];
  // JavaScript takes the 31st of February for the 3rd of March.
  if (day === undefined || dayOf(new Date(day)) !== day) return null;
  const moment = new Date(text);
  const year = moment.getUTCFullYear();
  return year > 0 && year < 10_000 ? moment : null;
}

const dayOf = (date: Date) => (Number.isNaN(date.getTime()) ? null : date.toISOString().slice(0, 10));
