import type { Command } from 'commander';
import { perform } from '../perform.ts';
import { examples, talkative } from './options.ts';

const load = () => import('../commands/schedule.ts');

export function addScheduleCommand(program: Command): void {
  program
    .command('schedule [config...]')
    .description('run as a daemon: each pipeline by the `schedule` of its config, with metrics and health')
    .addHelpText('after', examples('schedule', 'schedule --env production', 'schedule edge.yaml core.yaml'))
    .action((files: readonly string[], _options, command: Command) =>
      perform(command, async (context) => (await load()).schedule(talkative(context, command), files)),
    );
}
