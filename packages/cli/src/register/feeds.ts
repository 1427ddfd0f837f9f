import { type Command, Option } from 'commander';
import type { AddFeedOptions } from '../commands/feed-draft.ts';
import type { CacheFeedsOptions, ListFeedsOptions, PreviewFeedOptions, SwitchFeedsOptions } from '../commands/feeds.ts';
import { perform } from '../perform.ts';
import { aboveZero, changing, examples, onlyDisabled, onlyEnabled, onServer, WHICH } from './options.ts';

const load = () => import('../commands/feeds.ts');

export function addFeedCommands(program: Command): void {
  const feeds = program.command('feeds').description('look at the feeds of a MISP server, and change them');
  onServer(feeds.command('list [name...]'))
    .description('list feeds: format, whether they are on and cached, and how long ago')
    .addOption(onlyEnabled())
    .addOption(onlyDisabled())
    .addHelpText('after', examples('feeds list --enabled', "feeds list 'CIRCL*' --json"))
    .action((names: string[], options: ListFeedsOptions, command: Command) =>
      perform(command, async (context) => (await load()).list(context, names, options)),
    );
  addAdd(feeds);
  for (const way of ['enable', 'disable'] as const) {
    changing(feeds.command(`${way} <name...>`))
      .description(`switch feeds ${way === 'enable' ? 'on' : 'off'}; ${WHICH}`)
      .option('--cache', 'switch their caching, too')
      .addHelpText('after', examples(`feeds ${way} 'CIRCL*' 12`, `feeds ${way} all --cache --dry-run`))
      .action((names: string[], options: SwitchFeedsOptions, command: Command) =>
        perform(command, async (context) => (await load())[way](context, names, options)),
      );
  }
  changing(feeds.command('cache <name...>'))
    .description(`let the server download feeds into its cache; \`all\` are those with caching on; ${WHICH}`)
    .option('--wait', 'wait until it is done; without, a server with workers only queues it')
    .addOption(new Option('--timeout <seconds>', 'how long --wait waits').default(600).argParser(aboveZero))
    .addHelpText('after', examples('feeds cache all --wait', "feeds cache 'CIRCL OSINT Feed' --wait --timeout 60"))
    .action((names: string[], options: CacheFeedsOptions, command: Command) =>
      perform(command, async (context) => (await load()).cache(context, names, options)),
    );
  changing(feeds.command('fetch <name...>'))
    .description(`let the server make events of feeds; \`all\` are those that are on; ${WHICH}`)
    .addHelpText('after', examples('feeds fetch 3', 'feeds fetch all --dry-run'))
    .action((names: string[], options: SwitchFeedsOptions, command: Command) =>
      perform(command, async (context) => (await load()).fetch(context, names, options)),
    );
  changing(feeds.command('defaults'))
    .description('let the server load the list of feeds that MISP brings along; they come switched off')
    .addHelpText('after', examples('feeds defaults'))
    .action((options: SwitchFeedsOptions, command: Command) =>
      perform(command, async (context) => (await load()).defaults(context, options)),
    );
  onServer(feeds.command('preview <name>'))
    .description('show what a feed would bring: events of a misp feed, the first 60 values of any other')
    .addOption(new Option('--limit <n>', 'lines to show').default(20).argParser(aboveZero))
    .addHelpText('after', examples('feeds preview 3 --limit 5'))
    .action((name: string, options: PreviewFeedOptions, command: Command) =>
      perform(command, async (context) => (await load()).preview(context, name, options)),
    );
}

function addAdd(feeds: Command): void {
  changing(feeds.command('add'))
    .description('make sure that a feed is there: adds it, or changes what differs in the one of this url and format')
    .requiredOption('--name <text>', 'name of the feed')
    .requiredOption('--provider <text>', 'who provides it')
    .requiredOption('--url <url>', 'address of the file, or of the folder of a misp feed')
    .addOption(new Option('--format <format>', 'format').choices(['misp', 'csv', 'freetext']).makeOptionMandatory())
    .option('--enable', 'switch it on')
    .option('--no-enable', 'switch it off')
    .option('--cache', 'switch its caching on')
    .option('--no-cache', 'switch its caching off')
    .option('--lookup-visible', 'show hits in its cache to other organisations')
    .addOption(
      new Option('--distribution <who>', 'who may see what it brings').choices([
        'organisation',
        'community',
        'connected',
        'all',
        'inherit',
      ]),
    )
    .option('--tag <name>', 'tag for each event that it brings')
    .option('--headers-from-env <variable>', 'environment variable with headers for the feed, one `Name: value` a line')
    .option('--columns <numbers>', 'columns of a csv feed that hold values, such as 1,3')
    .option('--delimiter <character>', 'between the columns of a csv feed')
    .addHelpText(
      'after',
      examples(
        'feeds add --name "CIRCL OSINT" --provider CIRCL --format misp \\\n      --url https://www.circl.lu/doc/misp/feed-osint --enable --cache --distribution all',
        'feeds add --name C2 --provider "Example CERT" --format csv --columns 1 --url https://feeds.example.org/c2.csv --dry-run',
      ),
    )
    .action((options: AddFeedOptions, command: Command) =>
      perform(command, async (context) => (await load()).add(context, options)),
    );
}
