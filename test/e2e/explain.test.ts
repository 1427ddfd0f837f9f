import { beforeAll, describe, expect, it } from 'vitest';
import { cli, emptyFolder } from '../support/cli.ts';
import { SAMPLE, writeConfig } from '../support/config.ts';
import { writeFeed } from '../support/event.ts';

let cwd: string;

beforeAll(async () => {
  cwd = emptyFolder();
  writeConfig(cwd, { feed: `${SAMPLE}/feed`, warninglists: `${SAMPLE}/warninglists/lists` });
  await cli(['run'], { cwd });
});

async function explain(value: string) {
  const { stdout } = await cli(['explain', value, '--json'], { cwd });
  return JSON.parse(stdout);
}

describe('misp-pipeline explain', () => {
  it('shows where a published value stands in every artefact', async () => {
    const { verdict, journeys, artefacts } = await explain('mail-login.example');
    expect(verdict).toBe('published');
    expect(journeys[0]).toMatchObject({
      kind: 'domain',
      source: 'feed',
      event: { title: 'Sample: phishing for mailbox passwords' },
    });
    expect(journeys[0].steps.map((step: { verdict: string }) => step.verdict)).toEqual(['passed', 'passed']);
    const exporters = new Set(artefacts.map(({ exporter }: { exporter: string }) => exporter));
    expect(exporters).toEqual(new Set(['suricata', 'snort', 'sigma', 'wazuh']));
  });

  it.each(['mail-login[.]example', 'MAIL-LOGIN.example.', 'mail-login(dot)example'])(
    'understands %s',
    async (spelling) => {
      expect((await explain(spelling)).verdict).toBe('published');
    },
  );

  it('names the list and the entry that dropped a value', async () => {
    const { verdict, journeys } = await explain('popular.example');
    expect(verdict).toBe('dropped');
    const { stage, reason, detail } = journeys[0].steps[0];
    expect({ stage, reason }).toEqual({ stage: 'warninglists', reason: 'warninglist:tranco10k' });
    expect(detail).toContain('popular.example');
  });

  it('names the label that dropped a value', async () => {
    const { verdict, journeys } = await explain('secret-project.example');
    expect(verdict).toBe('dropped');
    expect(journeys[0].steps.at(-1)).toMatchObject({ stage: 'tlp', verdict: 'dropped', reason: 'tlp:red' });
  });

  it('says why a record became no indicator', async () => {
    const { verdict, rejected } = await explain('not a domain');
    expect(verdict).toBe('rejected');
    expect(rejected[0]).toMatchObject({ source: 'feed', value: 'not a domain' });
    expect(rejected[0].reason).toMatch(/^rejected:/);
  });

  it('finds a rejected value however long it is', async () => {
    const folder = emptyFolder();
    const value = `${'too-long-a-label.'.repeat(20)}example`;
    writeFeed(`${folder}/feed`, [
      { uuid: '0d0d0d0d-0000-4000-8000-000000000001', attributes: [{ type: 'domain', value }] },
    ]);
    writeConfig(folder, { feed: `${folder}/feed` });
    const { stdout } = await cli(['explain', value, '--json'], { cwd: folder });
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: 'rejected',
      rejected: [{ reason: 'rejected:invalid-host', value }],
    });
  });

  it('says that a value is in no source', async () => {
    const { stdout, code } = await cli(['explain', 'absent.example'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain('absent.example is in none of the sources');
  });

  it('finds each half of a composite', async () => {
    expect((await explain('203.0.113.78')).verdict).toBe('published');
    expect((await explain('cdn-update.example')).verdict).toBe('published');
  });
});
