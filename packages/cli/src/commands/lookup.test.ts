import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { IndexBuilder } from '@misp-pipeline/lookup';
import { anEvent, anIndicator, anOrigin, startLoopback } from '@misp-pipeline/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CANARY, closeAfterwards, NASTY } from '../../testing/administration.ts';
import { runMain } from '../../testing/run-main.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'misp-pipeline-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
  process.exitCode = 0;
});

/** An index of a domain that is live, one that was dropped, a hostile one and a red one. */
async function buildIndex(): Promise<void> {
  const builder = new IndexBuilder(join(folder, 'state/index'), { name: 'test', filters: [{}], exporters: [] });
  const event = anEvent({ title: NASTY, org: NASTY });
  const domain = (value: string, fields = {}) =>
    anIndicator('domain', value, { origins: [anOrigin({ event, comment: NASTY })], tags: [NASTY], ...fields });
  const [live, dropped, red] = [
    domain('live.example'),
    domain('dropped.example'),
    domain('red.example', { tlp: 'red' }),
  ];
  for (const one of [live, dropped, red]) builder.normalised('osint', one);
  builder.dropped('lists', undefined, dropped, 'warninglist:alexa', 'entry `dropped.example`');
  for (const one of [live, red]) builder.passed('lists', undefined, one);
  builder.placed('suricata', live, { file: 'misp.rules', id: 'sid 7', text: '' });
  await builder.finish({ built: '', release: 1 }, new AbortController().signal);
}

/** Runs the command with the values, or with what stands on stdin. */
async function run(args: readonly string[], { stdin = '', url = 'http://127.0.0.1:1' } = {}) {
  const config = join(folder, 'misp-pipeline.config.json');
  const cert = { use: 'misp', with: { url, key: CANARY, retries: 0 } };
  const exporters = { sigma: { use: 'sigma', with: { dir: 'out', check: 'off' } } };
  writeFileSync(config, JSON.stringify({ state: 'state', sources: { cert }, exporters }));
  const input = vi.spyOn(process, 'stdin', 'get').mockReturnValue(new PassThrough().end(stdin) as never);
  try {
    return await runMain('--config', config, 'lookup', ...args);
  } finally {
    input.mockRestore();
  }
}

describe('lookup', () => {
  it('says what is known of a value in any spelling, and nothing that a terminal would obey', async () => {
    await buildIndex();
    const { code, stdout, stderr } = await run(['hxxps://a.live[.]example/x', 'dropped.example', 'none.example']);
    expect(code).toBe(0);
    expect(stderr).toBe('');
    expect(stdout).toContain('hxxps://a.live[.]example/x is live\n  parent-domain domain live.example: live\n');
    expect(stdout).toContain('    suricata: misp.rules, sid 7\n');
    expect(stdout).toContain('dropped by `lists`, warninglist:alexa (entry `dropped.example`)');
    expect(stdout).toContain('none.example is not known\n');
    expect(stdout).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
  });

  it('answers arguments as one JSON document', async () => {
    await buildIndex();
    const { stdout } = await run(['live.example', 'none.example', '--json']);
    expect(JSON.parse(stdout)).toMatchObject([
      { value: 'live.example', verdict: 'live', summary: { severity: 'high' }, indicators: [{ relation: 'exact' }] },
      { value: 'none.example', verdict: 'absent', indicators: [] },
    ]);
  });

  it.each(['', ' \t'])('refuses the empty value %j', async (value) => {
    const { code, stdout, stderr } = await run(['live.example', value]);
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining('Write a value;')]);
  });

  it('answers each line of stdin by a line, and tells one that is too long', async () => {
    await buildIndex();
    const stdin = `live.example\n\n${'x'.repeat(10_000)}\r\n red.example \n`;
    const { code, stdout, stderr } = await run(['--json'], { stdin });
    expect(code).toBe(2);
    expect(stderr).toBe('1 line too long to be a value\n');
    const answers = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(answers).toMatchObject([
      { value: 'live.example', verdict: 'live' },
      { value: 'x'.repeat(200), error: expect.stringContaining('too long') },
      { value: 'red.example', verdict: 'known' },
    ]);
  });

  it('tells nothing above the ceiling', async () => {
    await buildIndex();
    const { stdout } = await run(['red.example', 'none.example', '--max-tlp', 'amber', '--json']);
    const [red, none] = JSON.parse(stdout);
    expect(JSON.stringify(red).replaceAll('red.example', 'none.example')).toBe(JSON.stringify(none));
  });

  it('says that there is no index, and what to do', async () => {
    const { code, stdout, stderr } = await run(['live.example']);
    expect(code).toBe(3);
    expect(stdout).toBe('');
    expect(stderr).toContain('error: there is no index in `');
    expect(stderr).toContain('misp-pipeline run');
  });

  it('asks the feed cache of the server, too', async () => {
    await buildIndex();
    const server = await startLoopback(({ path, body }, response) => {
      const { value }: { value: readonly string[] } = JSON.parse(body.toString());
      const feed = { id: '4', name: NASTY, type: 'Feed', url: 'https://bob:hunter2@f.example/' };
      const held = path === '/feeds/searchCaches' && value.includes('live.example');
      response.end(JSON.stringify(held ? { 'live.example': [{ Feed: feed }] } : []));
    });
    closeAfterwards(server);
    const { code, stdout, stderr } = await run(['live.example', '--misp'], { url: server.url });
    expect(code).toBe(0);
    expect(stdout).toMatch(/ {2}cached live\.example: Feed 4 evil/);
    expect(stdout + stderr).not.toMatch(/hunter2|\x1b|\u202e/);
    const json = await run(['none.example', '--misp', '--json'], { url: server.url });
    expect(JSON.parse(json.stdout)).toMatchObject([{ verdict: 'absent', feeds: { hits: [] } }]);
  });

  it('ends with 5 when the server cannot be asked', async () => {
    await buildIndex();
    const { code, stderr } = await run(['live.example', '--misp']);
    expect(code).toBe(5);
    expect(stderr).toContain('source `cert`');
  });

  it('does not ask feeds, which have no labels, for somebody who may not see what is unmarked', async () => {
    await buildIndex();
    const { code, stderr } = await run(['live.example', '--misp', '--max-tlp', 'green']);
    expect(code).toBe(2);
    expect(stderr).toContain('above `green`');
  });
});
