/**
 * Side by side: how many cases of made traffic the rules of MISP's own export get right on the real Suricata, and how many
 * those of this program.
 *
 *   node test/baseline/compare.ts HARNESS
 *
 * HARNESS holds `check.py RULES_DIR CASES`, `cases.json` and `iocs.json` (a list of `{type, value}`). A rule that the
 * engine refuses is left out, which is kinder to a baseline than an engine is.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { cli } from '../support/cli.ts';
import { writeConfig } from '../support/config.ts';
import { writeFeed } from '../support/event.ts';
import { type BaselineAttribute, mispRules } from './misp-templates.ts';

const harness = resolve(process.argv[2] ?? '.');
const attributes: readonly BaselineAttribute[] = JSON.parse(readFileSync(join(harness, 'iocs.json'), 'utf8'));
const folder = mkdtempSync(join(tmpdir(), 'baseline-'));
try {
  console.log(`MISP's templates: ${result(loadable(mispRules(attributes), join(folder, 'misp')))}`);
  console.log(`misp-pipeline:    ${result(await ours(join(folder, 'ours')))}`);
} finally {
  rmSync(folder, { recursive: true });
}

/** The last line that the harness prints. */
function result(rules: string): string {
  const { stdout } = spawnSync('python3', [join(harness, 'check.py'), rules, join(harness, 'cases.json')], {
    encoding: 'utf8',
  });
  return stdout.trim().split('\n').at(-1) ?? '';
}

/** Writes the rules that the engine loads. */
function loadable(rules: string, dir: string): string {
  mkdirSync(dir);
  const lines = rules.split('\n').filter((line) => line !== '');
  const good = lines.filter((line) => loads(line));
  for (const line of lines) if (!good.includes(line)) console.log(`refused: ${line}`);
  writeFileSync(join(dir, 'misp.rules'), good.join('\n'));
  return dir;
}

function loads(rule: string): boolean {
  const file = join(folder, 'one.rules');
  writeFileSync(file, `${rule}\n`);
  const { status } = spawnSync('suricata', ['-T', '-S', file, '-l', folder]);
  return status === 0;
}

async function ours(dir: string): Promise<string> {
  const feed = join(dir, 'feed');
  writeFeed(feed, [{ uuid: '11111111-1111-4111-8111-111111111111', attributes }]);
  const config = writeConfig(dir, { feed, exporters: ['suricata'] });
  const { code, stderr } = await cli(['run', '--config', config], { cwd: dir });
  if (code !== 0) throw new Error(stderr);
  return join(dir, 'out/suricata/current');
}
