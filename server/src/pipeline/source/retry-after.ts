/**
 * How long to leave a busy server alone, in milliseconds, by its `Retry-After` (RFC 9110 10.2.3: seconds or
 * an HTTP date); `leastMs` when it names no time, one in the past, or nothing that can be read.
 */
export function retryWaitMs(retryAfter: string | undefined, now: number, leastMs: number): number {
  const text = retryAfter?.trim() ?? '';
  if (/^\d+$/.test(text)) return Math.max(leastMs, Number(text) * 1000);
  // Date.parse alone would read "-1" as a year.
  const isDate = /^[A-Z][a-z]+,? .*\d{2}:\d{2}:\d{2}/.test(text);
  const date = isDate ? Date.parse(text) : NaN;
  return Number.isNaN(date) ? leastMs : Math.max(leastMs, date - now);
}
