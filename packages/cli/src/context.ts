import { type Logger, loadConfig, locateConfig, type PipelineConfig } from '@misp-pipeline/core';
import type { Io } from './io.ts';
import { createLogger, type LogFormat } from './logger.ts';
import { PROGRAM } from './program.ts';

/** Options that every command has. */
export interface CommonOptions {
  readonly config?: string;
  readonly env?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly logLevel: string;
  readonly logFormat?: LogFormat;
}

/** What a command works with. */
export interface Context {
  readonly io: Io;
  readonly options: CommonOptions;
  /** Aborts when the user presses Ctrl-C or the system asks the program to end. */
  readonly signal: AbortSignal;
}

export async function findConfig({ options }: Context): Promise<string> {
  const env = options.env ?? process.env.MISP_PIPELINE_ENV;
  return locateConfig({ file: options.config, env, cwd: process.cwd() });
}

/** Finds and loads the config that the user means, and hides its secrets from then on. */
export async function openConfig(context: Context): Promise<PipelineConfig> {
  const file = await findConfig(context);
  const config = await loadConfig(file, { env: process.env, program: PROGRAM });
  context.io.hide(config.secrets);
  return config;
}

/** A line of talk beside the result, unless the person wants quiet. */
export function talk({ io, options }: Context, text: string): void {
  if (options.quiet !== true) io.say(text);
}

export function openLogger({ io, options }: Context): Logger {
  const format = options.logFormat ?? (process.stderr.isTTY ? 'pretty' : 'json');
  return createLogger(io, { level: options.quiet ? 'error' : options.logLevel, format });
}
