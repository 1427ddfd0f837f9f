import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SnortVersion } from '../src/options.ts';

const PROGRAM = fileURLToPath(new URL('./fake-snort.mjs', import.meta.url));

/** A recording of Snort's answers, which is called as Snort is. See `fake-snort.mjs`. */
export class RecordedSnort {
  readonly folder = mkdtempSync(join(tmpdir(), 'recorded-snort-'));
  readonly #version: SnortVersion;

  constructor(version: SnortVersion) {
    this.#version = version;
  }

  /** The option `engine.command` that calls it. */
  get command(): string[] {
    return [process.execPath, PROGRAM, String(this.#version), this.folder];
  }

  /** The arguments of each call so far. */
  get calls(): string[][] {
    const path = join(this.folder, 'calls');
    if (!existsSync(path)) return [];
    return readFileSync(path, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  }

  /** Lays out what the next run over a capture logs. */
  layOut(log: 'alerts' | 'files', lines: readonly string[]): void {
    writeFileSync(join(this.folder, log), lines.map((line) => `${line}\n`).join(''));
  }
}
