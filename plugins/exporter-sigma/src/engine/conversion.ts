import { z } from '@misp-pipeline/core';

const word = z.string().regex(/^[a-z0-9_]+$/);

/** What `sigma convert` makes of rules. */
export const conversion = z.strictObject({
  target: word.describe('Name of the target, as in `sigma list targets`.'),
  pipelines: z
    .array(z.string().min(1))
    .default([])
    .describe('Processing pipelines, as in `sigma list pipelines`, or absolute paths of their files.'),
  format: word.default('default').describe('Output format, as in `sigma list formats`.'),
});

export type Conversion = z.output<typeof conversion>;

/** Arguments of sigma-cli without what is converted. `own` are pipelines that come before those of the conversion. */
export function conversionArguments({ target, pipelines, format }: Conversion, own: readonly string[]): string[] {
  const all = [...own, ...pipelines].flatMap((pipeline) => ['--pipeline', pipeline]);
  const none = pipelines.length === 0 ? ['--without-pipeline'] : [];
  return ['convert', '--target', target, ...all, ...none, '--format', format, '--skip-unsupported'];
}

/** What sigma-cli says of rules that it left out since the target cannot express them, a line each. */
export function leftOut(stderr: string): readonly string[] {
  const [, ignored = ''] = stderr.split('Ignored errors:\n');
  return ignored.split('\n').filter((line) => line.trim() !== '');
}

/** The end of what a program said, for a message. */
export function lastLines(text: string): string {
  return text.trim().split('\n').slice(-3).join('; ').slice(0, 1000);
}
