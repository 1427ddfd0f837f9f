import { basename, join, resolve } from 'node:path';
import {
  type CheckReport,
  type EngineOptions,
  type EngineRun,
  findRefused,
  type RefusedEntry,
  runEngine,
  type Staged,
  type StageServices,
} from '@misp-pipeline/core';
import { Accepted } from './accepted.ts';
import { inBatches } from './batches.ts';
import { complaintsIn } from './complaint.ts';
import { inScratch, linked } from './scratch.ts';

const ENGINE = 'sigma check';

/** What `sigma check` is run with when SigmaHQ's validators are installed, and when they are not. */
const VALIDATED = ['--fail-on-error', '--fail-on-issues', '--validation-config'];
const PARSED = ['--fail-on-error', '--pass-on-issues'];

/** Complaint about a config that names validators of the package pySigma-validators-sigmahq. */
const NO_VALIDATORS = /not existing validator|Unknown validator/;

/** Asks `sigma check` about the staged rules that it has not accepted before. Undefined when there is none. */
export async function checkRules(
  staged: Staged,
  engine: EngineOptions,
  { stateDir, now }: StageServices,
  signal: AbortSignal,
): Promise<CheckReport | undefined> {
  const dir = resolve(staged.dir);
  const inFolder = (folder: string) =>
    staged.files.filter((file) => file.startsWith(folder)).map((file) => join(dir, file));
  const [rules, correlations] = [inFolder('rules/'), inFolder('correlations/')];
  const accepted = new Accepted(stateDir, engine.command.join(' '), now);
  // Correlations are checked together with the rules that they name.
  const unknown = correlations.length > 0 ? [...rules, ...correlations] : rules.filter((file) => !accepted.has(file));
  const checker = new Checker(engine, join(dir, 'sigma_check.yml'), stateDir, signal);
  const run = await (correlations.length > 0 ? checker.check(unknown) : checker.checkInBatches(unknown));
  if (run === undefined) return undefined;
  const isAccepted = run.code === 0;
  const pathOf = new Map([...rules, ...correlations].map((path) => [basename(path), path.slice(dir.length + 1)]));
  const refused = isAccepted ? [] : await refusedEntries(run, unknown, checker, pathOf);
  const guilty = new Set(refused.map(({ file }) => join(dir, file)));
  if (checker.hasJudged(run)) accepted.save(rules.filter((file) => !guilty.has(file)));
  const messages = isAccepted ? checker.remarks : [...checker.remarks, ...linesOf(run)];
  return { engine: ENGINE, accepted: isAccepted, runs: checker.runs, refused, messages };
}

/** Those that the engine names; if it names none, those without which it is content. */
async function refusedEntries(
  run: EngineRun,
  files: readonly string[],
  checker: Checker,
  pathOf: ReadonlyMap<string, string>,
): Promise<readonly RefusedEntry[]> {
  const named = complaintsIn(run.stdout).flatMap(({ file, message }) => {
    const path = pathOf.get(file);
    return path === undefined ? [] : [{ file: path, message }];
  });
  if (named.length > 0) return named;
  const { refused } = await findRefused(files, async (part) => (await checker.check(part))?.code === 0);
  const message = linesOf(run).at(-1) ?? 'refused without a word';
  return refused.map((file) => ({ file: pathOf.get(basename(file)) ?? file, message }));
}

/** Runs `sigma check` on files and counts how often. */
class Checker {
  runs = 0;
  remarks: readonly string[] = [];
  readonly #engine: EngineOptions;
  readonly #config: string;
  readonly #scratch: string;
  readonly #signal: AbortSignal;
  #flags: readonly string[];

  constructor(engine: EngineOptions, config: string, scratch: string, signal: AbortSignal) {
    this.#engine = engine;
    this.#config = config;
    this.#scratch = scratch;
    this.#signal = signal;
    this.#flags = [...VALIDATED, this.#config];
  }

  /** Undefined when there is no such program. Without files it only sees whether the program can be started. */
  async check(files: readonly string[]): Promise<EngineRun | undefined> {
    const run = await inScratch((dir) => this.#run(linked(dir, 'rules', files)), this.#scratch);
    if (run === undefined || !NO_VALIDATORS.test(run.stderr) || this.#flags === PARSED) return this.#judged(run, files);
    this.remarks = ['the validators of SigmaHQ are not installed: rules are parsed, but not judged'];
    this.#flags = PARSED;
    return this.check(files);
  }

  /** The same in several calls, whose outputs are put together. */
  async checkInBatches(files: readonly string[]): Promise<EngineRun | undefined> {
    const runs = (await inBatches(files, (batch) => this.check(batch))).filter((run) => run !== undefined);
    if (runs.length === 0) return undefined;
    const all = (stream: 'stdout' | 'stderr') => runs.map((run) => run[stream]).join('\n');
    return { code: Math.max(...runs.map(({ code }) => code ?? 1)), stdout: all('stdout'), stderr: all('stderr') };
  }

  /** True when each rule was looked at by every validator, whatever they said. */
  hasJudged({ stdout, stderr, code }: EngineRun): boolean {
    if (this.#flags === PARSED || /^Error:|Traceback/m.test(stderr)) return false;
    return code === 0 || complaintsIn(stdout).length > 0;
  }

  /** A program that breaks down over rules refuses them; one that does so without any says nothing of rules. */
  async #judged(run: EngineRun | undefined, files: readonly string[]): Promise<EngineRun | undefined> {
    if (run === undefined || !isBroken(run)) return run;
    if (files.length > 0) await this.check([]);
    else throw new Error(`\`${ENGINE}\` broke down with ${run.code}: ${run.stderr.trim().split('\n').at(-1)}`);
    return { ...run, code: 1, stdout: '' };
  }

  #run(folder: string): Promise<EngineRun | undefined> {
    this.runs++;
    const { command, timeout } = this.#engine;
    return runEngine([...command, 'check', ...this.#flags, folder], { signal: this.#signal, timeout });
  }
}

/** True when the program broke down instead of judging. */
function isBroken({ code, stderr }: EngineRun): boolean {
  return code === null || code > 1 || stderr.includes('Traceback');
}

/** What it said of rules, and of why it stopped. */
function linesOf({ stdout, stderr }: EngineRun): readonly string[] {
  const complaints = stdout.split('\n').filter((line) => complaintsIn(line).length > 0);
  const errors = stderr.split('\n').filter((line) => line.startsWith('Error:'));
  return [...complaints, ...errors].slice(0, 100);
}
