import { inspect } from 'node:util';
import type { Logger } from '@misp-pipeline/core';

/** A logger that keeps its lines, with all that was given to them. */
export class RecordingLogger {
  readonly lines: string[] = [];
  readonly logger: Logger;

  constructor() {
    const keep = (level: string) => (first: unknown, second?: unknown) => {
      const text = typeof first === 'string' ? first : `${inspect(first, { depth: 20 })} ${String(second ?? '')}`;
      this.lines.push(`${level} ${text}`);
    };
    this.logger = {
      trace: keep('trace'),
      debug: keep('debug'),
      info: keep('info'),
      warn: keep('warn'),
      error: keep('error'),
      child: () => this.logger,
    };
  }
}
