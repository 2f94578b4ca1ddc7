import type { LogLineFragment } from '#lib/graphql/generated/graphql.ts';

export type LogLine = LogLineFragment;

const most = 500;
const drawEveryMs = 250;

/**
 * The latest entries of the log, newest first, at most 500. While it is held (paused, or read further down) new
 * ones wait. Drawn at most four times a second. After a lost link the last entries come again: each is kept once.
 */
export class LogTail {
  #lines = $state.raw<readonly LogLine[]>([]);
  #waiting = $state.raw<readonly LogLine[]>([]);
  #heard = $state(false);
  readonly #isHeld: () => boolean;
  readonly #known = new Set<string>();
  #fresh: LogLine[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(isHeld: () => boolean) {
    this.#isHeld = isHeld;
  }

  get lines(): readonly LogLine[] {
    return this.#lines;
  }
  get waitingCount(): number {
    return this.#waiting.length;
  }
  /** False until the server has answered, which without entries it does by silence: see `hearSilence`. */
  get heard(): boolean {
    return this.#heard;
  }

  hear(line: LogLine): void {
    this.#heard = true;
    if (this.#known.has(line.id)) return;
    this.#known.add(line.id);
    this.#fresh.push(line);
    this.#timer ??= setTimeout(() => this.#draw(), drawEveryMs);
  }

  /** Nothing came for so long that there is nothing. */
  hearSilence(): void {
    this.#heard = true;
  }

  /** Lets in those that waited. */
  callWaiting(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#lines = newestFirst([...waiting, ...this.#lines]);
    this.#forgetOld();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #draw(): void {
    this.#timer = undefined;
    const fresh = this.#fresh;
    this.#fresh = [];
    // What comes first is the list itself: it does not wait.
    const waits = this.#lines.length > 0 && this.#isHeld();
    if (waits) this.#waiting = newestFirst([...fresh, ...this.#waiting]);
    else this.#lines = newestFirst([...fresh, ...this.#lines]);
    this.#forgetOld();
  }

  /** A page that is open for days must not grow. */
  #forgetOld(): void {
    if (this.#known.size < most * 4) return;
    this.#known.clear();
    for (const { id } of [...this.#lines, ...this.#waiting]) this.#known.add(id);
  }
}

const newestFirst = (lines: readonly LogLine[]): readonly LogLine[] =>
  lines
    .toSorted((one, other) =>
      one.at === other.at ? Number(other.id) - Number(one.id) : one.at < other.at ? 1 : -1,
    )
    .slice(0, most);
