import type { Command } from 'commander';
import type { ServeCommandOptions } from '../commands/serve.ts';
import { perform } from '../perform.ts';
import { examples, talkative } from './options.ts';

const load = () => import('../commands/serve.ts');

export function addServeCommand(program: Command): void {
  program
    .command('serve')
    .description('answer look-ups over HTTP, from the index that runs build; `serve` of the config says where and whom')
    .option('--insecure-http', 'let other machines ask without TLS, since a proxy in front has it')
    .addHelpText('after', examples('serve', 'serve --env production'))
    .action((options: ServeCommandOptions, command: Command) =>
      perform(command, async (context) => (await load()).serve(talkative(context, command), options)),
    );
}
