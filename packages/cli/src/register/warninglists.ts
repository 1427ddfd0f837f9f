import { type Command, Option } from 'commander';
import type { Changing } from '../commands/outcomes.ts';
import type { ListWarninglistsOptions } from '../commands/warninglists.ts';
import { perform } from '../perform.ts';
import type { ServerCommandOptions } from '../server.ts';
import { changing, examples, onlyDisabled, onlyEnabled, onServer, WHICH } from './options.ts';

const load = () => import('../commands/warninglists.ts');

type ChangingOptions = ServerCommandOptions & Partial<Changing>;

export function addWarninglistCommands(program: Command): void {
  const lists = program
    .command('warninglists')
    .description('look at the warninglists of a MISP server, and change them');
  onServer(lists.command('list [name...]'))
    .description('list warninglists: whether they are on, how they match, how many entries')
    .addOption(onlyEnabled())
    .addOption(onlyDisabled())
    .addOption(
      new Option('--type <type>', 'only those that match so').choices([
        'cidr',
        'hostname',
        'string',
        'substring',
        'regex',
      ]),
    )
    .addOption(new Option('--category <category>', 'only those of it').choices(['false_positive', 'known']))
    .addHelpText('after', examples('warninglists list --disabled', "warninglists list '*resolver*' --json"))
    .action((names: string[], options: ListWarninglistsOptions, command: Command) =>
      perform(command, async (context) => (await load()).list(context, names, options)),
    );
  for (const way of ['enable', 'disable'] as const) {
    changing(lists.command(`${way} <name...>`))
      .description(`switch warninglists ${way === 'enable' ? 'on' : 'off'}; ${WHICH}`)
      .addHelpText('after', examples(`warninglists ${way} '*RFC*' 58`, `warninglists ${way} all --dry-run`))
      .action((names: string[], options: ChangingOptions, command: Command) =>
        perform(command, async (context) => (await load())[way](context, names, options)),
      );
  }
  onServer(lists.command('check [value...]'))
    .description('say on which lists values are, and which entry matches; values from stdin when none are given')
    .addHelpText(
      'after',
      examples("warninglists check 8.8.8.8 'google.com|8.8.8.8'", 'warninglists check < values.txt'),
    )
    .action((values: string[], options: ServerCommandOptions, command: Command) =>
      perform(command, async (context) => (await load()).check(context, values, options)),
    );
  changing(lists.command('update'))
    .description('let the server take over the lists that stand on its disk')
    .addHelpText('after', examples('warninglists update'))
    .action((options: ChangingOptions, command: Command) =>
      perform(command, async (context) => (await load()).update(context, options)),
    );
}
