import { type Command, InvalidArgumentError, Option } from 'commander';
import type { SightingsOptions } from '../commands/sightings.ts';
import { perform } from '../perform.ts';
import { aboveZero, examples } from './options.ts';

const load = () => import('../commands/sightings.ts');

export function addSightingsCommand(program: Command): void {
  program
    .command('sightings [file]')
    .description(
      'tell MISP which attributes alerts saw, one sighting an attribute and hour; reads stdin without a file',
    )
    .addOption(new Option('--format <engine>', 'whose alerts').choices(['suricata', 'wazuh']).default('suricata'))
    .addOption(
      new Option('--follow', 'read on as the file grows, over rotations, and post as hours end').conflicts('once'),
    )
    .option('--once', 'read what is there, post what is due, and end (the default)')
    .addOption(
      new Option('--socket <path>', 'listen on a unix socket to which Suricata writes (unix_stream)').conflicts('once'),
    )
    .option('--dry-run', 'print what would be posted; post and remember nothing')
    .option('--to <source>', 'MISP source of the config that is told of everything; else each is told of its own')
    .addOption(
      new Option('--privacy <level>', 'strict: attribute, hour, name; counts: how many alerts and when, too')
        .choices(['strict', 'counts'])
        .default('strict'),
    )
    .addOption(
      new Option('--name <text>', 'who saw it, as MISP shows it').default('misp-pipeline').argParser(senderName),
    )
    .addOption(new Option('--rate <n>', 'most requests a minute to one server').default(300).argParser(aboveZero))
    .option('--late', 'make a further sighting of alerts whose hour was posted; they are counted only without')
    .addOption(new Option('--sids <first-last>', 'sids that are ours beside those of the ledger').argParser(range))
    .option('--signature <prefix>', 'rules whose message begins so are ours, too')
    .addOption(new Option('--rule-ids <first-last>', 'ids of our Wazuh rules, else as configured').argParser(range))
    .addHelpText(
      'after',
      examples(
        'sightings /var/log/suricata/eve.json --dry-run',
        'sightings --follow /var/log/suricata/eve.json --name edge',
        'sightings --format wazuh /var/ossec/logs/alerts/alerts.json',
      ),
    )
    .action((file: string | undefined, options: SightingsOptions, command: Command) =>
      perform(command, async (context) => (await load()).sightings(context, file, options)),
    );
}

function senderName(text: string): string {
  if (!/^[\w.@:-]([\w .@:-]{0,58}[\w.@:-])?$/.test(text))
    throw new InvalidArgumentError('Write up to 60 letters, digits, blanks and `_.@:-`.');
  return text;
}

function range(text: string): { first: number; last: number } {
  const [, first, last] = /^(\d{1,10})-(\d{1,10})$/.exec(text) ?? [];
  if (first === undefined || Number(first) > Number(last))
    throw new InvalidArgumentError('Write two numbers, such as 110000-110999.');
  return { first: Number(first), last: Number(last) };
}
