import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type EngineRun, runEngine } from '@misp-pipeline/core';
import type { SnortOptions, SnortVersion } from '../options.ts';
import { replayConf, replayLua, STOCK_CONFIG, testConf } from './settings.ts';
import { readVerdict, readVersion, type Verdict } from './verdict.ts';

/** Calls the program. */
export class Snort {
  readonly version: SnortVersion;
  readonly workDir: string;
  readonly #engine: SnortOptions['engine'];
  readonly #config: string;
  readonly #signal: AbortSignal;
  #runs = 0;

  /** `workDir` is an empty folder for configurations and logs. */
  constructor({ engine, version }: Pick<SnortOptions, 'engine' | 'version'>, workDir: string, signal: AbortSignal) {
    this.version = version;
    this.workDir = workDir;
    this.#engine = engine;
    this.#config = engine.config ?? STOCK_CONFIG[version];
    this.#signal = signal;
  }

  /** How often it has loaded rules. */
  get runs(): number {
    return this.#runs;
  }

  /** Name and version; undefined when it is not to be found. Throws when it is another Snort than the rules are for. */
  async name(): Promise<string | undefined> {
    const run = await this.#run(['-V']);
    if (run === undefined) return undefined;
    const version = readVersion(run) ?? '(version unknown)';
    if (!version.startsWith(`${this.version}.`)) {
      const command = this.#engine.command.join(' ');
      throw new Error(`\`${command}\` is Snort ${version}, but the rules are for \`version: ${this.version}\``);
    }
    return `snort ${version}`;
  }

  /** Lets it load a rule file, and nothing else of ours. */
  async test(rules: string): Promise<Verdict> {
    return readVerdict(await this.#load([...(await this.#testArguments(rules)), '-T']), rules);
  }

  /** Lets it look at a capture with all that is published in `dir`. It logs to the work folder. */
  async replay(dir: string, capture: string): Promise<void> {
    const reading = ['-r', capture, '-k', 'none', '-l', this.workDir, '-q'];
    const { accepted, messages } = readVerdict(
      await this.#load([...(await this.#replayArguments(dir)), ...reading]),
      capture,
    );
    if (!accepted) throw new Error(`snort did not read the probes: ${messages.join('; ')}`);
  }

  async #testArguments(rules: string): Promise<readonly string[]> {
    if (this.version === 3) return ['-c', this.#config, '-R', rules];
    return ['-c', await this.#written(testConf(this.#config, rules))];
  }

  async #replayArguments(dir: string): Promise<readonly string[]> {
    if (this.version === 3) return ['-c', this.#config, '--lua', replayLua(dir)];
    return ['-c', await this.#written(replayConf(this.#config, dir))];
  }

  async #written(conf: string): Promise<string> {
    const path = join(this.workDir, 'misp-pipeline-run.conf');
    await writeFile(path, conf);
    return path;
  }

  async #load(args: readonly string[]): Promise<EngineRun> {
    this.#runs++;
    const run = await this.#run(args);
    if (run === undefined) throw new Error(`\`${this.#engine.command.join(' ')}\` is not to be found any more`);
    return run;
  }

  /** In the folder of the configuration, in which Snort 2.9 looks for what that includes. */
  #run(args: readonly string[]): Promise<EngineRun | undefined> {
    const { command, timeout } = this.#engine;
    const folder = dirname(this.#config);
    const cwd = existsSync(folder) ? folder : this.workDir;
    return runEngine([...command, ...args], { signal: this.#signal, cwd, timeout });
  }
}
