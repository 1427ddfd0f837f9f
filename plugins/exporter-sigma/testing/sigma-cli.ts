import { execFileSync, spawnSync } from 'node:child_process';
import { accessSync, constants, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const CACHED = fileURLToPath(new URL('../../../.cache/sigma/bin/sigma', import.meta.url));

/** Path of sigma-cli: named by SIGMA_CLI, on PATH, or where the set-up of this repository puts it. */
export const sigma = [
  process.env.SIGMA_CLI ?? '',
  ...(process.env.PATH ?? '').split(delimiter).map((dir) => join(dir, 'sigma')),
  CACHED,
].find(isExecutable);

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false; // Not there, or not ours to run.
  }
}

/** Whether it can convert rules to SQL, which a package of its own does. */
export function convertsToSql(): boolean {
  if (sigma === undefined) return false;
  return spawnSync(sigma, ['list', 'targets'], { encoding: 'utf8' }).stdout.includes('sqlite');
}

/** Writes files into a new folder, which goes with the test, and returns it. */
export function unpack(files: ReadonlyMap<string, { readonly text: string }>): string {
  const dir = mkdtempSync(join(tmpdir(), 'misp-pipeline-sigma-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  for (const [path, { text }] of files) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
  return dir;
}

/** What a run of sigma-cli left. */
export interface SigmaRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs sigma-cli in a folder, which is also its home: the lists that it would load from the internet are not there. */
export function runSigma(dir: string, args: readonly string[]): SigmaRun {
  const env = { ...process.env, HOME: dir };
  return spawnSync(sigma ?? 'sigma', args, { cwd: dir, env, encoding: 'utf8', maxBuffer: 1 << 28 });
}

/** Runs a Python script under the interpreter of sigma-cli and returns its output. */
export function runPython(script: string, home: string, input = ''): string {
  const [shebang = ''] = readFileSync(sigma ?? '', 'utf8').split('\n');
  const env = { ...process.env, HOME: home };
  return execFileSync(shebang.replace(/^#!\s*/, ''), ['-c', script], {
    env,
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
}
