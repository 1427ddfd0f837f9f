import type { Command } from 'commander';
import type { CommonOptions, Context } from './context.ts';

/** Runs what a command does, with the options of the program and of the command, and notes the exit code. */
export async function perform(command: Command, action: (context: Context) => Promise<number>): Promise<void> {
  const { runCommand } = await import('./run-command.ts');
  process.exitCode = await runCommand(command.optsWithGlobals<CommonOptions>(), action);
}
