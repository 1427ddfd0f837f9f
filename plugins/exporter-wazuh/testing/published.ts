import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Published } from '@misp-pipeline/core';
import { onTestFinished } from 'vitest';

/** Texts of files by path; what is undefined is not there. */
export type Texts = Readonly<Record<string, string | undefined>>;

/** A new folder, which goes with the test. */
export function aFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'misp-pipeline-wazuh-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** Writes files into a folder. */
export function write(dir: string, texts: Texts): string {
  for (const [path, text] of Object.entries(texts)) {
    if (text === undefined) continue;
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
  return dir;
}

/** Files as they are live, and those that were live before. */
export function published(texts: Texts, previousDir: string | undefined = undefined): Published {
  return { dir: write(aFolder(), texts), generation: '0123456789abcdef', files: [], previousDir };
}
