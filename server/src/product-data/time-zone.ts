/** Clocks are changed on a quarter of an hour of UTC, in zones of :30 and :45 too. */
const quarterMs = 15 * 60_000;
const dayMs = 86_400_000;

/** Most offsets that are remembered for one zone: feeds repeat few dates, a hostile one does not. */
const maxRemembered = 4096;

interface Zone {
  readonly format: Intl.DateTimeFormat;
  /** By quarters of an hour since 1970. */
  readonly offsets: Map<number, number>;
}

const zones = new Map<string, Zone>();

function zoneOf(timeZone: string): Zone {
  let zone = zones.get(timeZone);
  if (!zone) {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      ...{
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
        hour: 'numeric',
        minute: 'numeric',
        second: 'numeric',
      },
    });
    zone = { format, offsets: new Map() };
    zones.set(timeZone, zone);
  }
  return zone;
}

/** Milliseconds by which the zone's clocks are ahead of UTC at an instant. */
function offsetAt(zone: Zone, instant: number): number {
  const quarter = Math.floor(instant / quarterMs);
  const known = zone.offsets.get(quarter);
  if (known !== undefined) return known;
  const at: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of zone.format.formatToParts(quarter * quarterMs)) at[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour: hours = 0, minute = 0, second = 0 } = at;
  const offset = Date.UTC(year, month - 1, day, hours, minute, second) - quarter * quarterMs;
  if (zone.offsets.size >= maxRemembered) zone.offsets.clear();
  zone.offsets.set(quarter, offset);
  return offset;
}

/**
 * The instant, in milliseconds since 1970 UTC, at which clocks of an IANA time zone show a local time (given
 * as if it were UTC). Of a time that clocks show twice, the first; one that they leave out is as much later
 * as they were put forward. A zone that Intl does not know is a RangeError.
 */
export function instantOfLocalTime(local: number, timeZone: string): number {
  const zone = zoneOf(timeZone);
  const before = offsetAt(zone, local - dayMs);
  const after = offsetAt(zone, local + dayMs);
  if (before === after) return local - before;
  if (offsetAt(zone, local - before) === before) return local - before;
  return offsetAt(zone, local - after) === after ? local - after : local - before;
}
