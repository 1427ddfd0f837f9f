import type { Logger } from '@misp-pipeline/core';
import pino from 'pino';
import type { Io } from './io.ts';
import { visible } from './render/visible.ts';

export type LogFormat = 'pretty' | 'json';

export interface LogOptions {
  readonly level: string;
  readonly format: LogFormat;
}

/** Characters of a message that a person is shown. */
const MESSAGE_LIMIT = 2000;

const LEVELS = pino.levels.labels;

/** Logs to stderr, line by line and at once, so that the last line before a crash is there. */
export function createLogger(io: Io, { level, format }: LogOptions): Logger {
  const write = (line: string) => io.say(format === 'json' ? line.trimEnd() : pretty(line));
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, { write });
}

interface PrettyLine {
  readonly level: number;
  readonly msg: string;
  readonly pipeline?: string;
  readonly stage?: string;
}

function pretty(line: string): string {
  const { level, msg, pipeline, stage } = JSON.parse(line) as PrettyLine;
  const where = [pipeline, stage]
    .filter((part) => part !== undefined)
    .map((part) => `${part}: `)
    .join('');
  return `${LEVELS[level] ?? level}: ${where}${visible(msg, MESSAGE_LIMIT)}`;
}
