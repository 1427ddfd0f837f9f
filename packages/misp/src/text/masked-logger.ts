import type { Logger } from '@misp-pipeline/core';

/** A logger whose messages go through `mask` first. */
export function maskedLogger(logger: Logger, mask: (message: string) => string): Logger {
  const masked = (level: 'trace' | 'debug' | 'info' | 'warn' | 'error') => (first: unknown, second?: unknown) => {
    if (typeof first === 'string') logger[level](mask(first));
    else logger[level](first, mask(String(second ?? '')));
  };
  return {
    trace: masked('trace'),
    debug: masked('debug'),
    info: masked('info'),
    warn: masked('warn'),
    error: masked('error'),
    child: (bindings) => maskedLogger(logger.child(bindings), mask),
  };
}
