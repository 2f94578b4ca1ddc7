/**
 * A whole number as somebody types it, with the separators of any language between its thousands: "1,200", "1 200"
 * and "1.200" are 1200. Null for everything else: "1,5" is no fifteen.
 */
export function readCount(typed: string): number | null {
  const match = /^(?:\d{1,3}([\s.,'’])\d{3}(?:\1\d{3})*|\d+)$/.exec(typed.trim());
  if (!match) return null;
  const count = Number(match[0].replaceAll(/\D/g, ''));
  return Number.isSafeInteger(count) ? count : null;
}
