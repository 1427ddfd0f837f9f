import { type Command, Option } from 'commander';
import type { ApplyCommandOptions } from '../commands/apply.ts';
import type { HistoryCommandOptions } from '../commands/history.ts';
import type { PlanCommandOptions } from '../commands/plan.ts';
import type { RollbackCommandOptions } from '../commands/rollback.ts';
import { perform } from '../perform.ts';
import { aboveZero, acceptOption, examples } from './options.ts';

/** Commands around what is live: what comes next, what was, and back. */
export function addReleaseCommands(program: Command): void {
  program
    .command('plan')
    .description(
      'make the next release ready, say what it changes (+ added, ~ changed, - withdrawn) and why, and let nothing go live',
    )
    .option('--full', 'ask servers for everything again, not only for what changed')
    .option('--markdown', 'print the plan as Markdown, for a merge request')
    .option('--detailed-exitcode', 'end with 20 when there is something to apply')
    .addHelpText('after', examples('plan', 'plan --markdown > plan.md', 'plan --json --detailed-exitcode'))
    .action((options: PlanCommandOptions, command: Command) =>
      perform(command, async (context) => (await import('../commands/plan.ts')).plan(context, options)),
    );
  program
    .command('apply [fingerprint]')
    .description('publish exactly what `plan` has made ready; refused when anything has changed since')
    .addOption(acceptOption())
    .addHelpText('after', examples('apply 0123456789abcdef', 'apply --accept withdrawn:suricata'))
    .action((fingerprint: string | undefined, options: ApplyCommandOptions, command: Command) =>
      perform(command, async (context) => (await import('../commands/apply.ts')).apply(context, fingerprint, options)),
    );
  program
    .command('rollback [release]')
    .description('make an earlier release live again; the one before when none is named')
    .addOption(
      new Option(
        '--at <moment>',
        'what was live then, such as 2026-01-31 (the end of the day, UTC) or 2026-01-31T12:00Z',
      ),
    )
    .addHelpText('after', examples('rollback', 'rollback 12', 'rollback --at 2026-01-31'))
    .action((release: string | undefined, options: RollbackCommandOptions, command: Command) =>
      perform(command, async (context) =>
        (await import('../commands/rollback.ts')).rollback(context, release, options),
      ),
    );
  program
    .command('history')
    .description('list the releases, or with --at or --release all that was live in one, with --json a document a line')
    .addOption(
      new Option(
        '--at <moment>',
        'all that was live then, such as 2026-01-31 (the end of the day, UTC) or 2026-01-31T12:00Z',
      ).conflicts('release'),
    )
    .option('--release <number>', 'all that was live in a release')
    .addOption(new Option('--limit <n>', 'releases to list').default(20).argParser(aboveZero))
    .addHelpText('after', examples('history', 'history --at 2026-01-31T12:00Z', 'history --release 12 --json'))
    .action((options: HistoryCommandOptions, command: Command) =>
      perform(command, async (context) => (await import('../commands/history.ts')).history(context, options)),
    );
  program
    .command('diff [from] [to]')
    .description(
      'say what differs between two releases: + added, ~ changed, - withdrawn; by default between the one before and the live one',
    )
    .addHelpText('after', examples('diff', 'diff 11', 'diff 11 12 --json'))
    .action((from: string | undefined, to: string | undefined, _options, command: Command) =>
      perform(command, async (context) => (await import('../commands/diff.ts')).diff(context, from, to)),
    );
}
