import { pino, type Logger } from 'pino';
import type { LogLevel } from '../config.ts';
import { redactJson, shortened, type Secrets } from '../shared/redact.ts';
import { readUuid } from '../shared/uuid.ts';

export type Log = Logger;

/** A line of the log, taken apart, with its secrets masked. */
export interface LogRecord {
  readonly at: Date;
  /** As pino numbers them: 10 is trace, 60 is fatal. */
  readonly level: number;
  /** With that of the error, if there is one. */
  readonly message: string;
  readonly requestId: string | null;
  /** UUIDs, both. */
  readonly jobId: string | null;
  readonly storeId: string | null;
  /** JSON of whatever else was said; null for nothing. */
  readonly fields: Readonly<Record<string, unknown>> | null;
}

interface Options {
  /** Gets the records from `storeLevel` on, at once, and must neither wait nor throw. */
  readonly store?: (record: LogRecord) => void;
  readonly storeLevel?: LogLevel;
  /** Texts that no line may hold, wherever they stand: the passwords of the settings. */
  readonly secrets?: Secrets;
  /** Gets the lines from the log's level on; standard error without it. */
  readonly write?: (line: string) => void;
}

/**
 * The program's log: JSON lines on standard error, so that standard output stays with the reader, and records for
 * the store. Nothing leaves it before its secrets are masked. Children carry `requestId`, `jobId` and `storeId`.
 */
export function createLog(level: LogLevel, options: Options = {}): Log {
  const { store, storeLevel = 'silent', secrets = [] } = options;
  const destination = pino.destination({ dest: 2, sync: true, maxLength: mostWaitingBytes });
  // A disk that is full is no fault of whoever says something.
  destination.on('error', () => undefined);
  const write = options.write ?? ((line: string) => destination.write(line));
  const [printed, stored] = [numberOf(level), store ? numberOf(storeLevel) : Infinity];
  const stream = {
    // pino tells such a stream the level, which a field of that name would hide in the line.
    [Symbol.for('pino.metadata')]: true as const,
    lastLevel: 0,
    write(line: string) {
      const said = read(line, stream.lastLevel, secrets);
      if (stream.lastLevel >= printed) write(`${JSON.stringify(said)}\n`);
      if (stream.lastLevel >= stored && said['stored'] !== false) store?.(recordOf(said));
    },
  };
  const lowest = printed < stored ? level : storeLevel;
  return pino(
    { level: store ? lowest : level, base: { pid: process.pid }, depthLimit: 8, edgeLimit: 200 },
    stream,
  );
}

/** Lines that a full disk does not take wait for room; those beyond are lost. */
const mostWaitingBytes = 10_000_000;

/** A log whose records are not stored: for the store itself, whose faults would make entries without end. */
export const unstored = (log: Log): Log => log.child({ stored: false });

const numberOf = (level: LogLevel) => (level === 'silent' ? Infinity : pino.levels.values[level]) ?? Infinity;

type Said = Readonly<Record<string, unknown>>;

function read(line: string, level: number, secrets: Secrets): Said {
  try {
    const said = redactJson(JSON.parse(line), secrets) as Said;
    return { ...said, level, time: Date.now() };
  } catch {
    // Never the line itself: what cannot be read cannot be masked.
    return { level, time: Date.now(), msg: 'a line of the log could not be read' };
  }
}

/** Names that are columns, or that the lines have for themselves. */
const columns = new Set(['level', 'time', 'pid', 'msg', 'requestId', 'jobId', 'storeId', 'stored']);
const uuidOf = (value: unknown) => (typeof value === 'string' ? readUuid(value) : null);
const maxIdLength = 100;
/** JSON of all fields; one that is longer is kept as the beginning of its text. */
const maxFieldsLength = 16_000;

function recordOf(said: Said): LogRecord {
  const { requestId } = said;
  const fields = Object.fromEntries(Object.entries(said).filter(([name]) => !columns.has(name)));
  return {
    at: new Date(Number(said['time'])),
    level: Number(said['level']),
    message: messageOf(said),
    requestId: typeof requestId === 'string' ? requestId.slice(0, maxIdLength) : null,
    jobId: uuidOf(said['jobId']),
    storeId: uuidOf(said['storeId']),
    fields: Object.keys(fields).length === 0 ? null : bounded(fields),
  };
}

function messageOf({ msg, err }: Said): string {
  const reason: unknown = typeof err === 'object' && err !== null && 'message' in err ? err.message : null;
  const texts = [msg, reason].filter((text) => typeof text === 'string');
  const [said = '', why = ''] = texts;
  return why.startsWith(said) ? why || said : shortened(`${said}${why && `: ${why}`}`);
}

function bounded(fields: Record<string, unknown>): Record<string, unknown> {
  const json = JSON.stringify(fields);
  return json.length <= maxFieldsLength ? fields : { cut: json.slice(0, maxFieldsLength) };
}
