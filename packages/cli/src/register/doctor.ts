import type { Command } from 'commander';
import type { DoctorOptions } from '../commands/doctor.ts';
import { perform } from '../perform.ts';
import { examples } from './options.ts';

const load = () => import('../commands/doctor.ts');

export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('look at the config, this machine and the MISP servers; say what is wrong and what to type')
    .option('--source <id>', 'look at this MISP source only')
    .option('--strict', 'exit with 1 when there are warnings')
    .addHelpText('after', examples('doctor', 'doctor --env production --json', 'doctor --strict --source cert'))
    .action((options: DoctorOptions, command: Command) =>
      perform(command, async (context) => (await load()).doctor(context, options)),
    );
}
