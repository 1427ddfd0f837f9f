import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type EngineRun, runEngine } from '@misp-pipeline/core';
import { includedFrom, SPEAKING } from './config.ts';
import type { SuricataEngine } from './options.ts';
import { readVerdict, type Verdict } from './verdict.ts';

/** Where things are. */
export interface Site {
  /** Folder with the rules, their lists and the include file. */
  readonly dir: string;
  /** The folder that the include file speaks of. */
  readonly sensorPath: string;
  /** An empty folder, for what the engine reads and writes besides. */
  readonly workDir: string;
}

/** What the engine is to be: text of a suricata.yaml, or a path to one. */
export type Settings = { readonly text: string } | { readonly path: string };

/** The engine, ready to run with rules and the settings that they need. */
export class Suricata {
  /** How often it was run. */
  runs = 0;
  readonly #engine: SuricataEngine;
  readonly #signal: AbortSignal;
  readonly #workDir: string;
  readonly #config: string;
  readonly #include: string;

  constructor(engine: SuricataEngine, site: Site, settings: Settings, signal: AbortSignal) {
    this.#engine = engine;
    this.#signal = signal;
    this.#workDir = site.workDir;
    const inclusion = readFileSync(join(site.dir, 'misp-pipeline.yaml'), 'utf8');
    this.#include = this.#write('include.yaml', `${includedFrom(site.dir, inclusion, site.sensorPath)}\n${SPEAKING}`);
    this.#config = 'path' in settings ? settings.path : this.#write('suricata.yaml', settings.text);
  }

  /** Whether there is such a program. */
  async isThere(): Promise<boolean> {
    return (await this.#call('-V')) !== undefined;
  }

  /** What it says of the rule files of a folder; undefined when there is no such program. */
  test(dir: string): Promise<Verdict | undefined> {
    return this.#run(dir, '-T');
  }

  /** Lets the rule files of a folder loose on a capture; undefined when there is no such program. */
  replay(dir: string, capture: string): Promise<Verdict | undefined> {
    return this.#run(dir, '-r', capture, '-k', 'none', '--runmode', 'single', '--set', 'unix-command.enabled=no');
  }

  async #run(dir: string, ...what: readonly string[]): Promise<Verdict | undefined> {
    this.runs++;
    const settings = ['-c', this.#config, '--include', this.#include, '-S', rulesOf(dir), '-l', this.#workDir];
    const run = await this.#call(...what, ...settings);
    // Paths relative to the folder mean the same wherever it is.
    return run && readVerdict(run.code, `${run.stderr}\n${run.stdout}`.replaceAll(`${dir}/`, ''));
  }

  #call(...args: readonly string[]): Promise<EngineRun | undefined> {
    const { command, timeout } = this.#engine;
    return runEngine([...command, ...args], { signal: this.#signal, timeout });
  }

  #write(name: string, text: string): string {
    const path = join(this.#workDir, name);
    writeFileSync(path, text);
    return path;
  }
}

/** Pattern of the rule files of a folder, which the engine reads as a shell would. */
function rulesOf(dir: string): string {
  return join(dir.replace(/[\\*?[\]]/g, '\\$&'), '*.rules');
}
