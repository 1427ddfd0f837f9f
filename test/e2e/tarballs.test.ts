import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { emptyFolder, ROOT } from '../support/cli.ts';

interface PackageManifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly exports?: unknown;
}

const read = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as PackageManifest;

/** Packs a workspace package as it would be published and unpacks it into a folder's node_modules. */
function install(source: string, into: string): PackageManifest {
  const packed = emptyFolder();
  execFileSync('npx', ['-y', 'pnpm@12', 'pack', '--pack-destination', packed], { cwd: source, stdio: 'ignore' });
  const [tarball] = readdirSync(packed);
  execFileSync('tar', ['-xzf', join(packed, tarball ?? ''), '-C', packed]);
  const manifest = read(join(packed, 'package/package.json'));
  const target = join(into, 'node_modules', manifest.name);
  mkdirSync(dirname(target), { recursive: true });
  cpSync(join(packed, 'package'), target, { recursive: true });
  return manifest;
}

/** Packages of others are taken from this workspace, so that the test needs no network. */
function linkOthers(manifest: PackageManifest, source: string, into: string): void {
  for (const name of Object.keys(manifest.dependencies ?? {})) {
    const target = join(into, 'node_modules', name);
    if (name.startsWith('@misp-pipeline/') || existsSync(target)) continue;
    mkdirSync(dirname(target), { recursive: true });
    symlinkSync(realpathSync(join(source, 'node_modules', name)), target);
  }
}

describe('the packed packages in an empty folder', () => {
  const cwd = emptyFolder();
  const manifests = new Map<string, PackageManifest>();
  const run = (args: readonly string[]) =>
    execFileSync(process.execPath, [join(cwd, 'node_modules/misp-pipeline/bin/misp-pipeline.js'), ...args], {
      cwd,
      encoding: 'utf8',
    });

  beforeAll(() => {
    const folders = ['packages', 'plugins'].flatMap((part) =>
      readdirSync(join(ROOT, part)).map((name) => join(ROOT, part, name)),
    );
    for (const folder of folders) {
      const manifest = install(folder, cwd);
      manifests.set(manifest.name, manifest);
      linkOthers(manifest, folder, cwd);
    }
  });

  it('name real versions, none of the workspace', () => {
    for (const { dependencies = {} } of manifests.values()) {
      expect(Object.values(dependencies).filter((version) => /workspace:|catalog:/.test(version))).toEqual([]);
    }
  });

  it('run the sample config', () => {
    run(['init']);
    expect(run(['run'])).toMatch(/exported to suricata +[1-9]/);
    expect(readFileSync(join(cwd, 'out/suricata/current/misp.rules'), 'utf8')).toContain('mail-login.example');
  });

  it('run with an exporter of the user’s own, written in one file beside the config', () => {
    writeFileSync(
      join(cwd, 'lines.mjs'),
      `import { definePlugin, z } from '@misp-pipeline/core';
export default definePlugin({
  kind: 'exporter',
  name: 'lines',
  summary: 'Writes one value a line.',
  options: z.strictObject({ kinds: z.array(z.string()).describe('Kinds to write.') }),
  create: ({ kinds }) => ({
    render(indicators, output, skip) {
      const file = output.file('values.txt');
      for (const indicator of indicators) {
        if (!kinds.includes(indicator.kind)) skip(indicator, 'unsupported:' + indicator.kind);
        else {
          file.write(indicator.value + '\\n');
          file.count(1);
          output.placed?.(indicator, { file: 'values.txt', text: indicator.value });
        }
      }
    },
  }),
});
`,
    );
    writeFileSync(
      join(cwd, 'own.yaml'),
      'extends: ./misp-pipeline.config.yaml\nexporters:\n  mine: { use: ./lines.mjs, with: { dir: out/mine, kinds: [domain] } }\n',
    );
    run(['run', '--config', 'own.yaml']);
    expect(readFileSync(join(cwd, 'out/mine/current/values.txt'), 'utf8').split('\n')).toContain('mail-login.example');
    expect(run(['explain', 'mail-login.example', '--config', 'own.yaml'])).toContain('mine: values.txt');
  });
});
