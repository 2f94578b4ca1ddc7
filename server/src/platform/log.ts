import { pino, type Logger } from 'pino';
import type { LogLevel } from '../config.ts';

export type Log = Logger;

/** The program's log: JSON lines on standard error, so that standard output stays with the reader. */
export function createLog(level: LogLevel): Log {
  return pino({ level, base: { pid: process.pid } }, pino.destination({ dest: 2, sync: true }));
}
