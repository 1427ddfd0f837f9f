import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Context } from '../context.ts';

/** How commands choose feeds and warninglists. */
export const WHICH = 'by id, by name with * for any text, or all';

/** A command that talks to a MISP server of the config. */
export function onServer(command: Command): Command {
  return command.option('--source <id>', 'which MISP source of the config; needed when there are several');
}

/** A command that changes something on a MISP server. */
export function changing(command: Command): Command {
  return onServer(command).option('--dry-run', 'say what would be changed, and change nothing');
}

export function onlyEnabled(): Option {
  return new Option('--enabled', 'only those that are on').conflicts('disabled');
}

export function onlyDisabled(): Option {
  return new Option('--disabled', 'only those that are off');
}

/** What guards object to and the user takes upon himself; may be given several times. */
export function acceptOption(): Option {
  return new Option('--accept <finding...>', 'findings of guards to accept, such as withdrawn:suricata, or withdrawn');
}

/** A whole number above 0. */
export function aboveZero(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('Write a number above 0.');
  return Number(text);
}

/** Nobody watches a daemon, so its log tells of what it does, unless the person says otherwise. */
export function talkative(context: Context, command: Command): Context {
  if (command.getOptionValueSourceWithGlobals('logLevel') !== 'default') return context;
  return { ...context, options: { ...context.options, logLevel: 'info' } };
}

/** The end of a help text. */
export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  misp-pipeline ${line}`).join('\n')}`;
}
