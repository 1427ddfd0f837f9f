import { existsSync, mkdirSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type EngineOptions, runEngine, sync } from '@misp-pipeline/core';
import { conversionArguments, lastLines, leftOut } from '../engine/conversion.ts';
import { PLACEHOLDER_PIPELINE } from '../rule/placeholders.ts';
import type { OutputConversion } from './options.ts';

/** Folders of what is converted: rules, and the allow-list. */
const CONVERTED = ['rules', 'filters'];

/** Rules that are told of when many cannot be converted. */
const MOST_TOLD = 20;

/**
 * Converts published rules into a file beside the output, and puts it in its place when every rule is in it. Otherwise the
 * output stays as it was, and what went wrong is returned. Throws when there is no sigma-cli.
 */
export async function convertPublished(
  dir: string,
  conversion: OutputConversion,
  { command, timeout }: EngineOptions,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { output, target } = conversion;
  const folder = dirname(output);
  mkdirSync(folder, { recursive: true });
  const part = join(folder, `.${basename(output)}.${process.pid}.part`);
  try {
    const folders = CONVERTED.map((name) => join(dir, name)).filter((path) => existsSync(path));
    if (folders.length === 0) {
      writeFileSync(part, '');
    } else {
      const placeholders = join(dir, PLACEHOLDER_PIPELINE);
      const args = conversionArguments(conversion, existsSync(placeholders) ? [placeholders] : []);
      const run = await runEngine([...command, ...args, '--output', part, ...folders], { signal, timeout });
      if (run === undefined) throw new Error(`there is no program \`${command.join(' ')}\``);
      const faults = leftOut(run.stderr).map((line) => `not converted for ${target}: ${withoutFolder(line, dir)}`);
      if (faults.length > 0) return shortened(faults);
      if (run.code !== 0) return [`\`sigma convert -t ${target}\` ended with ${run.code}: ${lastLines(run.stderr)}`];
      if (!existsSync(part) || statSync(part).size === 0) return [`\`sigma convert -t ${target}\` made no query`];
    }
    sync(part);
    renameSync(part, output);
    return [];
  } finally {
    rmSync(part, { force: true });
  }
}

/** sigma-cli names files by their whole path, with symbolic links followed. */
function withoutFolder(line: string, dir: string): string {
  return line.replaceAll(`${dir}/`, '').replaceAll(`${realpathSync(dir)}/`, '');
}

function shortened(faults: readonly string[]): readonly string[] {
  if (faults.length <= MOST_TOLD) return faults;
  return [...faults.slice(0, MOST_TOLD), `and ${faults.length - MOST_TOLD} more`];
}
