import { type Command, InvalidArgumentError, Option } from 'commander';
import type { LookupCommandOptions } from '../commands/lookup.ts';
import { perform } from '../perform.ts';
import { examples } from './options.ts';

/** Labels that may be given; they stand here too, since loading the engine takes longer than showing the help. */
const LABELS = ['clear', 'green', 'amber', 'amber+strict', 'red'];

export function addLookupCommand(program: Command): void {
  program
    .command('lookup')
    .argument('[value...]', '', addValue)
    .description('say what is known of values, in any spelling; from stdin, one a line, when none is given')
    .addOption(
      new Option('--max-tlp <label>', 'strictest TLP label that may be told; everything by default').choices(LABELS),
    )
    .addOption(new Option('--unmarked <label>', 'label that counts where none is set').choices(LABELS).default('amber'))
    .option('--misp', 'ask the feed cache of the MISP server, too')
    .option('--source <id>', 'which MISP source of the config --misp asks; needed when there are several')
    .addHelpText(
      'after',
      examples(
        'lookup evil[.]example 203.0.113.7',
        'lookup --max-tlp green --json < values.txt',
        'lookup --misp evil.example',
      ),
    )
    .action((values: string[], options: LookupCommandOptions, command: Command) =>
      perform(command, async (context) => (await import('../commands/lookup.ts')).lookup(context, values, options)),
    );
}

/** An empty value is most often a variable that was not set, and nobody should take its answer for that of a value. */
function addValue(value: string, others: readonly string[] = []): readonly string[] {
  if (value.trim() === '') throw new InvalidArgumentError('Write a value; without any, they are read from stdin.');
  return [...others, value];
}
