import { type Command, InvalidArgumentError, Option } from 'commander';
import type { AnnotateOptions } from '../commands/annotate.ts';
import { perform } from '../perform.ts';
import { examples } from './options.ts';

/** Labels that may be told; red never is. They stand here too, since loading the engine takes longer than the help. */
const LABELS = ['clear', 'green', 'amber', 'amber+strict'];
const DEFAULT_EVENTS: readonly string[] = ['alert'];

export function addAnnotateCommand(program: Command): void {
  program
    .command('annotate [file]')
    .description('add what is known of the values in alerts to the alerts; reads stdin without a file')
    .addOption(new Option('--format <engine>', 'whose alerts').choices(['suricata', 'wazuh']).default('suricata'))
    .option('--follow', 'read on as the file grows, over rotations')
    .option('--socket <path>', 'listen on a unix socket to which Suricata writes (unix_stream)')
    .option('--output <file>', 'log to append to, which is opened anew on SIGHUP; - is stdout', '-')
    .addOption(
      new Option('--events <type...>', 'types of events of Suricata to annotate, or all')
        .default(DEFAULT_EVENTS)
        .argParser(eventType),
    )
    .addOption(new Option('--max-tlp <label>', 'strictest TLP label that is told').choices(LABELS).default('amber'))
    .addOption(new Option('--unmarked <label>', 'label that counts where none is set').choices(LABELS).default('amber'))
    .option('--dropped', 'tell of indicators that the filters stopped, too')
    .addHelpText(
      'after',
      examples(
        'annotate eve.json > annotated.json',
        'annotate --follow /var/log/suricata/eve.json --output /var/log/misp-pipeline/eve.json',
        'annotate --socket /run/misp-pipeline/eve.socket --events alert dns --output /var/log/misp-pipeline/eve.json',
      ),
    )
    .action((file: string | undefined, options: AnnotateOptions, command: Command) =>
      perform(command, async (context) => (await import('../commands/annotate.ts')).annotate(context, file, options)),
    );
}

/** The values so far are the default until the first one is given. */
function eventType(text: string, before: readonly string[]): readonly string[] {
  if (!/^[a-z][a-z0-9_]{0,31}$/.test(text)) throw new InvalidArgumentError('Write a type such as `alert`, or `all`.');
  return before === DEFAULT_EVENTS ? [text] : [...before, text];
}
