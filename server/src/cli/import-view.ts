import { SingleBar } from 'cli-progress';
import type { WriteStream } from 'node:tty';
import type { JobNotice } from '../platform/job-notices.ts';
import { bytesText, countOf, countText, durationText } from './amounts.ts';
import { PaceMeter, type Pace } from './import-pace.ts';

/** Shows how far an import is. */
export interface ImportView {
  show(notice: JobNotice): void;
  /** Leaves the terminal as it was; nothing is shown after it. */
  end(): void;
}

type Output = Pick<WriteStream, 'write'> & { readonly isTTY?: boolean };

/** A bar on a terminal, lines elsewhere. */
export function viewImport(output: NodeJS.WriteStream): ImportView {
  return output.isTTY ? new BarView(output) : new LineView(output);
}

const phaseNames: Readonly<Record<string, string>> = {
  download: 'Downloading',
  read: 'Reading',
  rows: 'Importing',
  report: 'Finishing',
};

const starting = 'Starting';

/** What the job does now. */
function stepOf({ status, phase }: JobNotice): string {
  return status === 'PENDING' ? 'Waiting' : (phaseNames[phase ?? ''] ?? starting);
}

/** How much of it is done, and how fast it goes. */
function amountOf(notice: JobNotice, { rowsPerSecond, secondsLeft }: Pace): string {
  const { status, phase, bytesRead, totalProcessed } = notice;
  if (status === 'PENDING') return "for the store's turn";
  const parts = [];
  if (phase === 'download' && bytesRead) parts.push(bytesText(bytesRead));
  else if (totalProcessed > 0) parts.push(countOf(totalProcessed, 'row'));
  if (rowsPerSecond !== null) parts.push(`${countText(Math.round(rowsPerSecond))} rows/s`);
  if (secondsLeft !== null) parts.push(`${durationText(secondsLeft)} left`);
  return parts.join(' · ');
}

class BarView implements ImportView {
  readonly #bar: SingleBar;
  readonly #meter = new PaceMeter();
  #started = false;

  constructor(stream: NodeJS.WriteStream) {
    this.#bar = new SingleBar({
      stream,
      format: '{step} {bar} {percentage} % {amount}',
      barCompleteChar: '█',
      barIncompleteChar: '░',
      barsize: 24,
      hideCursor: true,
      clearOnComplete: true,
      // Signals are ours: see interruption.ts.
      gracefulExit: false,
    });
  }

  show(notice: JobNotice): void {
    const pace = this.#meter.measure(notice, performance.now());
    const percent = Math.floor((pace.fraction ?? 0) * 100);
    const payload = { step: stepOf(notice).padEnd(11), amount: amountOf(notice, pace) };
    if (this.#started) this.#bar.update(percent, payload);
    else this.#bar.start(100, percent, payload);
    this.#started = true;
  }

  end(): void {
    if (this.#started) this.#bar.stop();
  }
}

/** A line for each step, and for every tenth of the rows. */
export class LineView implements ImportView {
  readonly #output: Output;
  readonly #meter = new PaceMeter();
  #step = '';
  #tenths = 0;

  constructor(output: Output) {
    this.#output = output;
  }

  show(notice: JobNotice): void {
    const pace = this.#meter.measure(notice, performance.now());
    const step = stepOf(notice);
    if (step === starting) return;
    const tenths = Math.floor((pace.fraction ?? 0) * 10);
    if (step === this.#step && (tenths <= this.#tenths || notice.phase !== 'rows')) return;
    const percent = notice.phase === 'rows' && tenths > 0 ? ` ${tenths * 10} %` : '';
    const amount = amountOf(notice, pace);
    this.#output.write(`${step}${percent}${amount === '' ? '' : ` ${amount}`}\n`);
    this.#step = step;
    this.#tenths = tenths;
  }

  end(): void {
    // Every line is complete.
  }
}
