import type { Logger } from '@misp-pipeline/core';
import pino from 'pino';
import type { Io } from './io.ts';

export type LogFormat = 'pretty' | 'json';

export interface LogOptions {
  readonly level: string;
  readonly format: LogFormat;
}

const LEVELS = pino.levels.labels;

/** Logs to stderr, line by line and at once, so that the last line before a crash is there. */
export function createLogger(io: Io, { level, format }: LogOptions): Logger {
  const write = (line: string) => io.say(format === 'json' ? line.trimEnd() : pretty(line));
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, { write });
}

function pretty(line: string): string {
  const { level, msg, stage } = JSON.parse(line) as { level: number; msg: string; stage?: string };
  const where = stage === undefined ? '' : `${stage}: `;
  return `${LEVELS[level] ?? level}: ${where}${msg}`;
}
