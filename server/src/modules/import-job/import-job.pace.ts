/** How fast an import is, over the last seconds. */
export interface Pace {
  /** Null until there is something to measure, and outside of the phases that have rows. */
  readonly rowsPerSecond: number | null;
  readonly bytesPerSecond: number | null;
}

interface Sample {
  readonly at: number;
  readonly rows: number;
  readonly bytes: number;
}

/** Measured over the last seconds, since a feed's rows are not all alike. */
const windowMs = 5_000;
const shortestMs = 300;

/** Measures one phase of an import, from the first thing that is heard of it. */
export class PaceMeter {
  #samples: Sample[] = [];

  /** The pace with what is done at `at`, in milliseconds. */
  measure(sample: Sample): Pace {
    // The clock may have been put back: what was measured by it before says nothing.
    const recent = ({ at }: Sample) => at <= sample.at && sample.at - at <= windowMs;
    this.#samples = [...this.#samples.filter(recent), sample];
    const [first = sample] = this.#samples;
    const ms = sample.at - first.at;
    if (ms < shortestMs) return { rowsPerSecond: null, bytesPerSecond: null };
    const perSecond = (amount: number) => Math.max(0, Math.round((1000 * amount) / ms));
    return {
      rowsPerSecond: perSecond(sample.rows - first.rows),
      bytesPerSecond: perSecond(sample.bytes - first.bytes),
    };
  }
}
