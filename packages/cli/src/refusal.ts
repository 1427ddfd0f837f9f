import type { CommanderError } from 'commander';

/** The exit code for a command line that cannot be understood. */
export const USAGE_EXIT = 2;

/** Prints for a program why commander refuses the command line, in the shape of all other errors. */
export async function printRefusal({ code, message }: CommanderError): Promise<void> {
  const { Io } = await import('./io.ts');
  const what = code === 'commander.help' ? 'the command is not complete' : message.replace(/^error: /, '');
  new Io().json({ error: { code: 'USAGE', message: what, hint: 'See --help.', exitCode: USAGE_EXIT } });
}
