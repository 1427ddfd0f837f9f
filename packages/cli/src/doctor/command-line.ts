import type { Context } from '../context.ts';

/** A command as a person has to type it to reach the same server, such as `feeds cache 3` with what belongs around it. */
export type CommandLine = (words: string) => string;

/** `source` is undefined where the config has one MISP server only. */
export function commandLine({ options: { config, env } }: Context, source: string | undefined): CommandLine {
  const start = [
    'misp-pipeline',
    ...(config === undefined ? [] : ['--config', quoted(config)]),
    ...(env === undefined ? [] : ['--env', quoted(env)]),
  ].join(' ');
  const end = source === undefined ? '' : ` --source ${quoted(source)}`;
  return (words) => `${start} ${words}${end}`;
}

/** A word for a shell. */
function quoted(word: string): string {
  return /^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
