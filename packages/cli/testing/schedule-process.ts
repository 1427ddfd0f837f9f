// The daemon as a process of its own, from the sources: its arguments are config files.
import { schedule } from '../src/commands/schedule.ts';
import { runCommand } from '../src/run-command.ts';

process.exitCode = await runCommand({ logLevel: 'info', logFormat: 'json', json: true }, (context) =>
  schedule(context, process.argv.slice(2)),
);
