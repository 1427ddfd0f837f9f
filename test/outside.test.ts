import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli, ROOT } from './support/cli.ts';

/** A folder outside the workspace with the packages that the author of a plugin installs. */
function folderOutside(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'misp-pipeline-outside-')));
  for (const name of ['@misp-pipeline/core', '@misp-pipeline/testing', 'vitest']) {
    const link = join(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(realpathSync(join(ROOT, 'test/node_modules', name)), link);
  }
  return folder;
}

/** Declares the tests of a folder as if they stood here. */
async function declareTestsOf(folder: string): Promise<void> {
  for (const file of readdirSync(folder)) if (file.endsWith('.test.mjs')) await import(join(folder, file));
}

/** Runs the pipeline of a folder; returns the text of one of the published files. */
async function published(folder: string, file: string): Promise<string> {
  const { code, stderr } = await cli(['run'], { cwd: folder });
  expect(code, stderr).toBe(0);
  return readFileSync(join(folder, file), 'utf8');
}

describe('plugins outside the workspace: docs/writing-a-plugin.md', async () => {
  const folder = folderOutside();
  const page = readFileSync(join(ROOT, 'docs/writing-a-plugin.md'), 'utf8');
  for (const [, name = '', code = ''] of page.matchAll(/^```\w+ (\S+)\n([\s\S]*?)^```$/gm)) {
    writeFileSync(join(folder, name), code);
  }
  writeFileSync(join(folder, 'domains.txt'), 'evil.example\nEvil-Too.example\nnot a domain\n');
  await declareTestsOf(folder);

  it('runs as a pipeline', async () => {
    expect(await published(folder, 'out/hosts/current/hosts')).toBe('0.0.0.0 evil-too.example\n0.0.0.0 evil.example\n');
  });
});

describe('plugins outside the workspace: examples/exporter-zeek', async () => {
  const folder = folderOutside();
  const isOwn = (path: string) => !path.endsWith('node_modules');
  cpSync(join(ROOT, 'examples/exporter-zeek'), folder, { recursive: true, filter: isOwn });
  await declareTestsOf(folder);

  it('runs as a pipeline', async () => {
    const lines = (await published(folder, 'out/zeek/current/misp.intel')).trimEnd().split('\n');
    expect(lines).toHaveLength(6);
    expect(lines).toContain('203.0.113.7\tIntel::ADDR\tMISP sample\tPhishing wave against example customers');
  });
});
