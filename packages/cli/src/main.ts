import { readFileSync } from 'node:fs';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { RunCommandOptions } from './commands/run.ts';
import type { VerifyCommandOptions } from './commands/verify.ts';
import { perform } from './perform.ts';
import { printRefusal, USAGE_EXIT } from './refusal.ts';
import { addAnnotateCommand } from './register/annotate.ts';
import { addDoctorCommand } from './register/doctor.ts';
import { addFeedCommands } from './register/feeds.ts';
import { addLookupCommand } from './register/lookup.ts';
import { acceptOption } from './register/options.ts';
import { addReleaseCommands } from './register/releases.ts';
import { addScheduleCommand } from './register/schedule.ts';
import { addServeCommand } from './register/serve.ts';
import { addSightingsCommand } from './register/sightings.ts';
import { addWarninglistCommands } from './register/warninglists.ts';

// The engine and its libraries take longer to load than most commands take to run, so each command loads what it needs.
const COMMANDS = {
  run: () => import('./commands/run.ts'),
  validate: () => import('./commands/validate.ts'),
  explain: () => import('./commands/explain.ts'),
  verify: () => import('./commands/verify.ts'),
  plugins: () => import('./commands/plugins.ts'),
  configShow: () => import('./commands/config-show.ts'),
  schema: () => import('./commands/schema.ts'),
  init: () => import('./commands/init.ts'),
};

const EXIT_CODES = `
Exit codes:
  0 ok, 1 unexpected, 2 usage, 3 config, 4 authentication, 5 source unreachable or incomplete,
  6 artefact refused by its engine, 7 sharing policy, 8 guard refused the change, 9 lock held,
  11 reload failed and rolled back, 20 there are changes (with --detailed-exitcode), 130 interrupted`;

// A reader such as `head` that has seen enough ends the program without a word.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});

// Talk that nobody can hear any more ends nothing: a run goes on without its log.
process.stderr.on('error', () => {});

/** Parses the command line, runs the command and ends the process with its exit code. */
export async function main(argv: readonly string[] = process.argv): Promise<void> {
  const program = describeProgram();
  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    process.exitCode = error.exitCode === 0 ? 0 : USAGE_EXIT;
    if (error.exitCode !== 0 && argv.includes('--json')) await printRefusal(error);
  }
}

function describeProgram(): Command {
  const { version, description } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string;
    description: string;
  };
  const program = new Command('misp-pipeline')
    .description(description)
    .version(version)
    .option('-c, --config <file>', 'config file to use instead of the one that is found')
    .option('-e, --env <name>', 'environment: config/NAME.yaml or misp-pipeline.NAME.yaml (or MISP_PIPELINE_ENV)')
    .option('--json', 'print the result as JSON')
    .option('-q, --quiet', 'log errors only, show no progress')
    .addOption(
      new Option('--log-level <level>', 'least level to log')
        .choices(['trace', 'debug', 'info', 'warn', 'error'])
        .default('warn'),
    )
    .addOption(new Option('--log-format <format>', 'pretty on a terminal, json elsewhere').choices(['pretty', 'json']))
    .addHelpText('after', EXIT_CODES)
    .showSuggestionAfterError()
    .exitOverride();
  addCommands(program);
  for (const command of allCommands(program)) {
    if (command.commands.length === 0) command.option('--json', 'print the result as JSON');
    command.exitOverride();
  }
  return program;
}

function addCommands(program: Command): void {
  program
    .command('run')
    .description('read, filter, write and publish')
    .option('--dry-run', 'do everything but publish')
    .option('--full', 'ask servers for everything again, not only for what changed')
    .addOption(acceptOption())
    .option('--detailed-exitcode', 'end with 20 when something new was published')
    .option('--report <file>', 'also write what happened as an HTML page')
    .action(async (options: RunCommandOptions, command: Command) =>
      perform(command, async (context) => (await COMMANDS.run()).run(context, options)),
    );
  program
    .command('validate')
    .description('check the config and the options of every plugin; reads no source')
    .action(async (_options, command: Command) =>
      perform(command, async (context) => (await COMMANDS.validate()).validate(context)),
    );
  program
    .command('explain <value>')
    .description('say where a value comes from, what each filter decided and where it stands in each artefact')
    .action(async (value: string, _options, command: Command) =>
      perform(command, async (context) => (await COMMANDS.explain()).explain(context, value)),
    );
  program
    .command('verify')
    .description('fire drill: prove on the real engines that what is published fires, and only when it must')
    .addOption(
      new Option('--sample <n>', 'detections of each exporter to prove, or `all`').default(5000).argParser(sampleSize),
    )
    .option('--seed <text>', 'which ones the sample takes', '')
    .option('--exporter <id...>', 'exporters to verify; all when left out')
    .action(async (options: VerifyCommandOptions, command: Command) =>
      perform(command, async (context) => (await COMMANDS.verify()).verify(context, options)),
    );
  addReleaseCommands(program);
  addScheduleCommand(program);
  addSightingsCommand(program);
  addAnnotateCommand(program);
  addLookupCommand(program);
  addServeCommand(program);
  addFeedCommands(program);
  addWarninglistCommands(program);
  addDoctorCommand(program);
  const plugins = program.command('plugins').description('what is installed');
  plugins
    .command('list')
    .description('list the plugins that the config can use')
    .action(async (_options, command: Command) =>
      perform(command, async (context) => (await COMMANDS.plugins()).list(context)),
    );
  plugins
    .command('info <name>')
    .description('show a plugin with its options')
    .action(async (name: string, _options, command: Command) =>
      perform(command, async (context) => (await COMMANDS.plugins()).info(context, name)),
    );
  const config = program.command('config').description('look at the config');
  config
    .command('show')
    .description('print the config after extends and placeholders, secrets masked')
    .action(async (_options, command: Command) =>
      perform(command, async (context) => (await COMMANDS.configShow()).show(context)),
    );
  program
    .command('schema')
    .description('print a JSON Schema of the config, with the options of every plugin')
    .action(async (_options, command: Command) =>
      perform(command, async (context) => (await COMMANDS.schema()).schema(context)),
    );
  program
    .command('init')
    .description('write a commented config that works')
    .option('--force', 'overwrite a config that is there')
    .action(async (options: { force?: boolean }, command: Command) =>
      perform(command, async (context) => (await COMMANDS.init()).init(context, options)),
    );
}

function sampleSize(text: string): number {
  if (text === 'all') return Number.POSITIVE_INFINITY;
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('Write a number above 0, or `all`.');
  return Number(text);
}

function allCommands(command: Command): Command[] {
  return command.commands.flatMap((child) => [child, ...allCommands(child)]);
}
