import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The engine; another version can be named in the environment. */
const PROGRAM = process.env.SURICATA ?? 'suricata';

export const SURICATA = spawnSync(PROGRAM, ['-V']).status === 0;

export interface Verdict {
  readonly accepted: boolean;
  readonly loaded: number;
  readonly failed: number;
  /** Lines that are warnings or errors. */
  readonly complaints: readonly string[];
}

/** Writes files, given by path, into a new folder and returns its path. */
export function inFolder(files: ReadonlyMap<string, { readonly text: string }>): string {
  const folder = mkdtempSync(join(tmpdir(), 'suricata-rules-'));
  for (const [path, { text }] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** What the engine says of a rule file under its packaged configuration. */
export function testRules(file: string): Verdict {
  return test('-S', file);
}

/** What the engine says of a configuration and its rules. */
export function testConfig(file: string): Verdict {
  return test('-c', file);
}

function test(...what: readonly string[]): Verdict {
  const log = mkdtempSync(join(tmpdir(), 'suricata-log-'));
  const args = ['-T', '-v', '-l', log, ...what];
  const { status, stdout, stderr } = spawnSync(PROGRAM, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  const lines = `${stdout}${stderr}`.split('\n');
  const counts = /(\d+) rules successfully loaded, (\d+) rules failed/.exec(lines.join('\n'));
  return {
    accepted: status === 0,
    loaded: Number(counts?.[1] ?? 0),
    failed: Number(counts?.[2] ?? 0),
    complaints: lines.filter((line) => /^(W|E|Warning|Error): |<(Warning|Error)>/.test(line)),
  };
}

/** Messages of the alerts that the rules raise on a capture. */
export function replay(rules: string, capture: string): string[] {
  const log = mkdtempSync(join(tmpdir(), 'suricata-log-'));
  spawnSync(PROGRAM, ['-S', rules, '-r', capture, '-l', log, '-k', 'none'], { stdio: 'ignore' });
  const events = join(log, 'eve.json');
  if (!existsSync(events)) throw new Error(`no events were written for ${capture}`);
  return readFileSync(events, 'utf8')
    .split('\n')
    .filter((line) => line.includes('"event_type":"alert"'))
    .map((line) => (JSON.parse(line) as { alert: { signature: string } }).alert.signature);
}
