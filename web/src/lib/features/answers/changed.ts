/** Of the facts of a form those that differ from before: only they are sent, so that nobody else's changes are undone. */
export function changed<Facts extends object>(before: Facts, now: Facts): Partial<Facts> {
  const names = Object.keys(now) as (keyof Facts)[];
  const facts: Partial<Facts> = {};
  for (const name of names) if (now[name] !== before[name]) facts[name] = now[name];
  return facts;
}
