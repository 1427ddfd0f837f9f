import type { Logger as PinoLogger } from 'pino';
import type { InjectionToken } from 'tsyringe';

/** The part of pino's logger that stages may use. */
export type Logger = Pick<PinoLogger, 'trace' | 'debug' | 'info' | 'warn' | 'error'> & {
  child(bindings: Record<string, unknown>): Logger;
};

/** Token of the logger of the level that asks: the stage's own inside a stage. */
export const Logger: InjectionToken<Logger> = Symbol.for('misp-pipeline.Logger');
