/**
 * Measures what many indicators cost Suricata to load, by the way they are written. Needs a build, Suricata on PATH (or named in SURICATA) and
 * GNU time:
 *
 *   node plugins/exporter-suricata/scripts/measure.ts [CASE...]
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Indicator } from '@misp-pipeline/core';
import plugin from '@misp-pipeline/exporter-suricata';
import { anIndicator, MemoryOutput, render, testServices } from '@misp-pipeline/testing';

function digest(i: number): string {
  return createHash('sha256').update(`${i}`).digest('hex');
}

/** Names of two to five labels. */
function* domains(count: number): Generator<Indicator> {
  for (let i = 0; i < count; i++) {
    const name = digest(i).slice(0, 12);
    yield anIndicator('domain', `${'sub.'.repeat(i % 4)}${name}.example`);
  }
}

/** Addresses that are spread over the whole space. */
function* addresses(count: number): Generator<Indicator> {
  for (let i = 0; i < count; i++) {
    const [a = 0, b, c, d] = Buffer.from(digest(i), 'hex');
    yield anIndicator('ipv4', `${1 + (a % 223)}.${b}.${c}.${d}`, { direction: 'destination' });
  }
}

/** URLs with paths of their own, which cannot be lists. */
function* urls(count: number): Generator<Indicator> {
  for (let i = 0; i < count; i++) yield anIndicator('url', `http://${digest(i).slice(0, 12)}.example/${digest(i)}`);
}

/** As many domains as addresses, and half as many hashes. */
function* mixed(names = 100_000): Generator<Indicator> {
  yield* domains(names);
  yield* addresses(names);
  for (let i = 0; i < names / 2; i++) yield anIndicator('sha256', digest(i));
}

const NO_LIMIT = { rules: 1_000_000 };
const RULES = { mode: 'rules', limits: NO_LIMIT };

interface Case {
  readonly options: object;
  readonly indicators: () => Iterable<Indicator>;
}

const CASES: Readonly<Record<string, Case>> = {
  none: { options: {}, indicators: () => [anIndicator('uri', '/a')] },
  datasets: { options: { mode: 'datasets' }, indicators: () => mixed() },
  auto: { options: { mode: 'auto' }, indicators: () => mixed() },
  iprep: { options: { mode: 'auto', iprep: true }, indicators: () => mixed() },
  rules: { options: RULES, indicators: () => mixed() },
  'tenth-datasets': { options: { mode: 'datasets' }, indicators: () => mixed(10_000) },
  'tenth-rules': { options: RULES, indicators: () => mixed(10_000) },
  'rules-limited': { options: { mode: 'rules' }, indicators: () => mixed() },
  'domains-2000': { options: RULES, indicators: () => domains(2000) },
  'domains-10000': { options: RULES, indicators: () => domains(10_000) },
  'domains-1000000': { options: {}, indicators: () => domains(1_000_000) },
  'addresses-1000': { options: RULES, indicators: () => addresses(1000) },
  'addresses-10000': { options: RULES, indicators: () => addresses(10_000) },
  'urls-10000': { options: {}, indicators: () => urls(10_000) },
  urls: { options: { limits: NO_LIMIT }, indicators: () => urls(100_000) },
  'urls-limited': { options: {}, indicators: () => urls(100_000) },
};

/** A configuration that loads the rule files, and the reputation lists where there are some. */
function configOf(folder: string, files: ReadonlyMap<string, { readonly entries: number }>): string {
  const rules = [...files].filter(([path, { entries }]) => path.endsWith('.rules') && entries > 0);
  const named = rules.map(([path]) => `  - ${join(folder, path)}\n`).join('');
  const iprep = `reputation-categories-file: ${folder}/iprep/categories.txt
default-reputation-path: ${folder}/iprep
reputation-files: [misp-addresses.list]
`;
  return `%YAML 1.1\n---\n${files.has('misp-iprep.rules') ? iprep : ''}rule-files:\n${named}`;
}

/** What the engine and GNU time say of a test of the configuration in the folder. */
function load(folder: string): string {
  const program = process.env.SURICATA ?? 'suricata';
  const args = ['-f', '%U+%S s CPU, %M kB', program, '-T', '-v', '-c', join(folder, 'suricata.yaml'), '-l', folder];
  const { stdout, stderr } = spawnSync('/usr/bin/time', args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  const counts = /\d+ rules successfully loaded, \d+ rules failed/.exec(`${stdout}${stderr}`);
  return `${counts?.[0] ?? 'no rules'}, ${stderr.trim().split('\n').at(-1)}`;
}

async function measure(name: string): Promise<void> {
  const chosen = CASES[name];
  if (chosen === undefined) throw new Error(`no case \`${name}\``);
  const { options, indicators } = chosen;
  const output = new MemoryOutput({ explain: false });
  const exporter = plugin.create(plugin.options.parse(options), testServices());
  const { skipped } = await render(exporter, indicators(), output);
  const folder = mkdtempSync(join(tmpdir(), 'suricata-measure-'));
  for (const [path, { text }] of output.files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  writeFileSync(join(folder, 'suricata.yaml'), configOf(folder, output.files));
  const lists = [...output.files].filter(([path]) => /\.(?:lst|ndjson|list)$/.test(path));
  const lines = lists.reduce((sum, [, { entries }]) => sum + entries, 0);
  console.log(`${name}: ${lines} lines in ${lists.length} lists, ${skipped.length} left out, ${load(folder)}`);
  rmSync(folder, { recursive: true });
}

const [, , ...names] = process.argv;
for (const name of names.length > 0 ? names : Object.keys(CASES)) await measure(name);
