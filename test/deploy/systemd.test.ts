import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emptyFolder } from '../support/cli.ts';
import { removeFolder } from './remove-folder.ts';
import { ask, DEPLOY, SYSTEMD_ANALYZE } from './tools.ts';

const UNITS = `${DEPLOY}/systemd`;
const RUN = 'misp-pipeline@production.service';
const DAEMON = 'misp-pipeline-schedule.service';

const unit = (name: string) => readFileSync(join(UNITS, name), 'utf8');

/** Values of a setting, in the order of the file. */
function settings(text: string, name: string): string[] {
  return [...text.matchAll(new RegExp(`^${name}=(.*)$`, 'gm'))].map(([, value = '']) => value);
}

describe('the units', () => {
  const run = unit('misp-pipeline@.service');
  const daemon = unit(DAEMON);

  it('show a refusal by a guard as a failure', () => {
    for (const text of [run, daemon]) expect(settings(text, 'SuccessExitStatus')).toEqual(['130']);
  });

  it('are hardened alike', () => {
    const hardening = (text: string) =>
      text.split('\n\n').find((paragraph) => paragraph.startsWith('# What the pipeline may touch'));
    expect(hardening(run)?.split('\n').length).toBeGreaterThan(25);
    expect(hardening(daemon)).toBe(hardening(run)?.trimEnd());
  });

  it.each([
    [run, 'misp-pipeline@NAME.service'],
    [daemon, DAEMON],
  ])('hand the key over where their comment says', (text, name) => {
    const [id] = settings(text, 'LoadCredential')[0]?.split(':') ?? [];
    expect(text).toContain(`\${file:/run/credentials/${name}/${id}}`);
  });

  it('reload the config of the daemon by SIGHUP', () => {
    expect(settings(daemon, 'ExecReload')).toEqual(['/bin/kill -HUP $MAINPID']);
  });
});

describe.skipIf(!SYSTEMD_ANALYZE)('the units, read by systemd (needs systemd-analyze)', () => {
  let folder: string;

  beforeEach(() => {
    folder = emptyFolder();
    cpSync(UNITS, folder, { recursive: true });
    // What is not installed here is replaced by what is: systemd wants the program to exist.
    for (const name of readdirSync(folder).filter((file) => file.endsWith('.service'))) {
      const text = readFileSync(join(folder, name), 'utf8');
      writeFileSync(join(folder, name), text.replaceAll('/usr/bin/misp-pipeline', '/bin/true'));
    }
  });

  afterEach(() => removeFolder(folder));

  /** The folder comes before those of the machine, so that its drop-ins count. */
  const verify = (name: string) => ask('systemd-analyze', ['verify', name], { SYSTEMD_UNIT_PATH: `${folder}:` });

  it.each([RUN, 'misp-pipeline@example.service', 'misp-pipeline@example.timer', DAEMON])('takes %s', (name) => {
    expect(verify(name)).toEqual({ status: 0, said: '' });
  });

  it('complains of a misspelled setting, also in a drop-in', () => {
    writeFileSync(join(folder, `${RUN}.d/site.conf`), '[Service]\nReadWritePath=/srv\n');
    expect(verify(RUN).said).toContain("Unknown key 'ReadWritePath'");
  });

  it.each([
    ['misp-pipeline@.service', 'misp-pipeline@example.service'],
    [DAEMON, DAEMON],
  ])('counts an exposure of at most 1.7 of 10 for %s', (template, name) => {
    cpSync(join(UNITS, template), join(folder, name));
    const { status, said } = ask('systemd-analyze', [
      ...['security', '--offline=true', '--threshold=17', '--no-pager', join(folder, name)],
    ]);
    expect(status, said).toBe(0);
    expect(said).toMatch(/Overall exposure level for .*: 1\.[0-7] OK/);
  });
});
