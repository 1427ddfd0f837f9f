import { existsSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cli, emptyFolder } from '../support/cli.ts';
import { writeConfig } from '../support/config.ts';
import { writeFeed } from '../support/event.ts';
import { sharedData } from '../support/shared-data.ts';

let cwd: string;

beforeEach(() => {
  cwd = emptyFolder();
});

afterEach(() => rmSync(cwd, { recursive: true }));

const run = (...args: readonly string[]) => cli(args, { cwd });

const UUID = '0a0a0a0a-0000-4000-8000-000000000001';

/** Intelligence of one event. */
function feed(values: readonly string[], info = 'Campaign <b>|`X`'): void {
  const attributes = values.map((value) => ({ type: 'domain', value }));
  writeFeed(join(cwd, 'feed'), [{ uuid: UUID, info, attributes }]);
}

const rules = () => readFileSync(join(cwd, 'out', 'suricata', 'current', 'misp.rules'), 'utf8');

describe('a release', () => {
  beforeEach(() => {
    writeConfig(cwd, { feed: join(cwd, 'feed'), exporters: ['suricata', 'wazuh'] });
    feed(['kept.example', 'old.example']);
  });

  it('is planned, applied, compared and rolled back', async () => {
    expect((await run('run')).code).toBe(0);
    feed(['kept.example', 'new.example']);
    const plan = await run('plan', '--detailed-exitcode');
    const fingerprint = /plan ([0-9a-f]{16})/.exec(plan.stdout)?.[1] ?? '';
    expect(plan.code).toBe(20);
    expect(plan.stdout).toContain('suricata  +1 -1, 2 -> 2 indicators');
    expect(plan.stdout).toContain('- domain old.example (gone)');
    expect(rules()).toContain('old.example');

    const wrong = await run('apply', '0123456789abcdef');
    expect(wrong).toMatchObject({ code: 8 });
    expect(wrong.stderr).toContain(`the plan \`0123456789abcdef\` is stale: plan \`${fingerprint}\` has replaced it`);
    expect(await run('apply', fingerprint)).toMatchObject({ code: 0 });
    expect(rules()).toContain('new.example');

    expect((await run('diff')).stdout).toContain('+ domain new.example');
    expect((await run('explain', 'old[.]example')).stdout).toMatch(
      /domain old\.example: since release 1 .*until release 2 .*\(gone\)/,
    );
    expect((await run('rollback')).stdout).toContain('release 3, which restores 1, is live');
    expect(rules()).toContain('old.example');
    const history = JSON.parse((await run('history', '--json')).stdout);
    expect(
      history.map(({ id, by, isLive, restorable }: Record<string, unknown>) => [id, by, isLive, restorable]),
    ).toEqual([
      [3, 'rollback', true, true],
      [2, 'apply', false, true],
      [1, 'run', false, true],
    ]);
    expect((await run('history', '--release', '2')).stdout).toMatch(
      /domain kept\.example {2}suricata wazuh\n {2}domain new/,
    );
  });

  it('is rolled back further each time, and comes back only when that is accepted', async () => {
    expect((await run('run')).code).toBe(0);
    for (const value of ['second.example', 'third.example']) {
      feed(['kept.example', value]);
      expect((await run('run')).code).toBe(0);
    }
    expect((await run('rollback')).stdout).toContain('release 4, which restores 2, is live');
    expect((await run('rollback')).stdout).toContain('release 5, which restores 1, is live');
    expect(rules()).toContain('old.example');
    const refused = await run('run');
    expect(refused).toMatchObject({ code: 8 });
    expect(refused.stderr).toContain('rolled-back: this would bring back release 3');
    expect((await run('run', '--accept', 'rolled-back')).code).toBe(0);
    expect(rules()).toContain('third.example');
  });

  it('that is planned is applied although somebody has looked with a dry run', async () => {
    expect((await run('run')).code).toBe(0);
    feed(['kept.example', 'new.example']);
    expect((await run('plan')).code).toBe(0);
    expect((await run('run', '--dry-run')).code).toBe(0);
    expect((await run('explain', 'new.example')).stdout).not.toContain('since release 2');
    expect((await run('apply')).code).toBe(0);
    expect(rules()).toContain('new.example');
  });

  it('is planned the same, whoever asks, with no time and no secret in it', async () => {
    const plans = [await run('plan', '--json'), await run('plan', '--json')];
    expect(plans[0]?.stdout).toBe(plans[1]?.stdout);
    expect(plans[0]?.stdout).not.toMatch(/20\d\d-\d\d-\d\dT/);
    const again = [await run('plan', '--markdown'), await run('plan', '--markdown')];
    expect(again[0]?.stdout).toBe(again[1]?.stdout);
    expect(again[0]?.stdout).toContain('- event Campaign &#60;b&#62;&#124;&#96;X&#96;');
  });

  it('is refused when it would take away too much, and the words to accept it are in the message', async () => {
    feed(Array.from({ length: 300 }, (_, i) => `host${i}.example`));
    expect((await run('run')).code).toBe(0);
    feed(['kept.example']);
    const refused = await run('run', '--json');
    expect(refused.code).toBe(8);
    expect(JSON.parse(refused.stdout).error).toMatchObject({
      ...{ code: 'GUARD_REFUSED', exitCode: 8 },
      hint: expect.stringContaining('--accept withdrawn:suricata --accept withdrawn:wazuh'),
    });
    expect(rules()).toContain('host299.example');
    expect((await run('run', '--accept', 'withdrawn:suricata')).code).toBe(8);
    expect((await run('run', '--accept', 'withdrawn:suricata', 'withdrawn:wazuh')).code).toBe(0);
    expect(rules()).not.toContain('host299.example');
  });

  it('has no history before the first, and says so', async () => {
    expect(await run('history')).toMatchObject({ code: 0, stdout: '', stderr: 'nothing has been published yet\n' });
    expect(await run('rollback')).toMatchObject({ code: 2, stderr: expect.stringContaining('none has been live yet') });
    expect(await run('rollback', '--at', 'yesterday')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('`yesterday` is no moment'),
    });
    expect(await run('apply')).toMatchObject({ code: 8, stderr: expect.stringContaining('there is no plan to apply') });
    expect(existsSync(join(cwd, 'out'))).toBe(false);
  });
});

const ROLLING = ['20260505', '20260522'].flatMap((day) => sharedData(`misp-feed/cyberdefense-blue-${day}`) ?? []);

describe.skipIf(ROLLING.length < 2)('a real rolling feed at two points in time (needs the data folder)', () => {
  const show = (path: string) => {
    rmSync(join(cwd, 'feed'), { force: true });
    symlinkSync(path, join(cwd, 'feed'));
  };

  it('grows, and is refused when it loses what the guard holds', async () => {
    const guard = { withdrawn: 0.2, from: 50 };
    writeConfig(cwd, { feed: join(cwd, 'feed'), exporters: ['suricata', 'wazuh'], more: { guard } });
    const [earlier = '', later = ''] = ROLLING;
    show(later);
    expect((await run('run')).code).toBe(0);
    show(earlier);
    const plan = JSON.parse((await run('plan', '--json')).stdout);
    const [suricata] = plan.exporters;
    expect(plan.guard.map(({ id }: { id: string }) => id)).toEqual(['withdrawn:suricata', 'withdrawn:wazuh']);
    expect(suricata.changes.withdrawn).toBeGreaterThan(50);
    expect(suricata.changes.before - suricata.changes.withdrawn + suricata.changes.added).toBe(suricata.changes.after);
    expect((await run('apply', plan.fingerprint)).code).toBe(8);
    expect((await run('apply', plan.fingerprint, '--accept', 'withdrawn')).code).toBe(0);
    const diff = JSON.parse((await run('diff', '--json')).stdout);
    expect(diff.exporters.suricata.withdrawn).toBe(suricata.changes.withdrawn);
    const undone = await run('rollback', '1');
    expect(undone.code).toBe(0);
    expect(JSON.parse((await run('diff', '1', '3', '--json')).stdout).exporters.suricata).toMatchObject({
      ...{ added: 0, changed: 0, withdrawn: 0 },
    });
  });
});

describe('run --report', () => {
  const page = () => readFileSync(join(cwd, 'report.html'), 'utf8');

  it('writes a page of what went live, and of what a guard refused', async () => {
    writeConfig(cwd, { feed: join(cwd, 'feed'), exporters: ['suricata'] });
    feed(Array.from({ length: 300 }, (_, i) => `host${i}.example`));
    expect((await run('run', '--report', 'report.html')).code).toBe(0);
    expect(page()).toContain('host299[.]example');
    feed(['kept.example']);
    expect((await run('run', '--report', 'report.html')).code).toBe(8);
    expect(page()).toContain('withdrawn:suricata');
  });

  it('is refused before the run when the page has no place', async () => {
    writeConfig(cwd, { feed: join(cwd, 'feed'), exporters: ['suricata'] });
    expect(await run('run', '--report', 'nowhere/report.html')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('`nowhere/report.html` cannot be written'),
    });
    expect(existsSync(join(cwd, 'state'))).toBe(false);
  });
});
