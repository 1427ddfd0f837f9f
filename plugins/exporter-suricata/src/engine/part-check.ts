import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Staged } from '@misp-pipeline/core';
import type { Suricata } from './suricata.ts';
import type { Verdict } from './verdict.ts';

/** More runs than this are no search any more: something else is wrong. */
const MOST_RUNS = 500;

/** Asks the engine about a part of staged files, which stay as they are. */
export class PartCheck {
  readonly #suricata: Suricata;
  readonly #staged: Staged;
  readonly #workDir: string;

  constructor(suricata: Suricata, staged: Staged, workDir: string) {
    this.#suricata = suricata;
    this.#staged = staged;
    this.#workDir = workDir;
  }

  /** What the engine says of rules alone, beside all lists. */
  async ofRules(rules: readonly string[]): Promise<Verdict> {
    const dir = mkdtempSync(join(this.#workDir, 'part-'));
    const tops = this.#staged.files
      .filter((file) => !file.endsWith('.rules'))
      .map((file) => file.split('/')[0] ?? file);
    for (const top of new Set(tops)) symlinkSync(join(this.#staged.dir, top), join(dir, top));
    return this.#ask(dir, rules);
  }

  /** What the engine says of one rule and the list that it reads, cut down to some lines. */
  async ofList(rule: string, list: string, lines: readonly string[]): Promise<Verdict> {
    const dir = mkdtempSync(join(this.#workDir, 'part-'));
    mkdirSync(dirname(join(dir, list)), { recursive: true });
    writeFileSync(join(dir, list), `${lines.join('\n')}\n`);
    return this.#ask(dir, [rule]);
  }

  async #ask(dir: string, rules: readonly string[]): Promise<Verdict> {
    if (this.#suricata.runs === MOST_RUNS) throw new Error(`suricata refuses more than ${MOST_RUNS} runs can tell`);
    writeFileSync(join(dir, 'part.rules'), `${rules.join('\n')}\n`);
    const verdict = await this.#suricata.test(dir);
    rmSync(dir, { recursive: true });
    if (verdict === undefined) throw new Error('suricata was there a moment ago');
    return verdict;
  }
}
