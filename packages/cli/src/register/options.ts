import { type Command, Option } from 'commander';

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

/** The end of a help text. */
export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  misp-pipeline ${line}`).join('\n')}`;
}
