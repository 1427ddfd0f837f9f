import { anIndicator, RecordingLogger, render, testServices } from '@misp-pipeline/testing';
import { describe, expect, it } from 'vitest';
import { published } from '../../../testing/published.ts';
import { aManager, forManager, PASSWORD, requests, TEXTS, tell } from '../../../testing/told-manager.ts';
import { wazuhOptions } from '../../options.ts';
import plugin from '../../plugin.ts';

const { signal } = new AbortController();

describe('reload by the API', () => {
  it('uploads all lists, decoders and rules, in this order, and proves that one of them fires', async () => {
    const fake = await aManager();
    const report = await tell(fake, TEXTS);
    expect(report).toMatchObject({ engine: 'wazuh 4.14.7', method: 'API: reload', confirmed: true });
    expect(report.messages).toEqual([
      `files sent: ${forManager(TEXTS).size}, unchanged: 0`,
      expect.stringMatching(/^Suricata EVE with \S+ `.+` fires rule 110\d{3}$/),
    ]);
    expect(fake.manager.ruleset.active).toEqual(forManager(TEXTS));
    expect(fake.manager.engine.reloads).toBe(1);
    expect(fake.manager.engine.logtest.sessions.size).toBe(0);
    const folders = requests(fake, 'PUT').map((what) => what.split('/')[1]);
    expect([...new Set(folders)]).toEqual(['lists', 'decoders', 'rules', 'manager', 'logtest']);
  });

  it('is what the exporter does with the option `reload`', async () => {
    const fake = await aManager();
    const options = wazuhOptions.parse({ reload: { api: { url: fake.url, user: 'wazuh', password: PASSWORD } } });
    const report = await plugin.create(options, testServices()).reload?.(published(TEXTS), signal);
    expect(report).toMatchObject({ confirmed: true });
    const silent = plugin.create(wazuhOptions.parse({}), testServices());
    expect(await silent.reload?.(published(TEXTS), signal)).toBeUndefined();
  });

  it('does not confirm what no rule takes', async () => {
    const fake = await aManager({ logtest: () => 86_600 });
    const { confirmed, messages } = await tell(fake, TEXTS);
    expect(confirmed).toBe(false);
    expect(messages).toEqual([expect.stringMatching(/ is taken by rule 86600, not by one of ours$/)]);
    expect(await tell(fake, TEXTS, { options: { logtest: false } })).toMatchObject({ confirmed: true });
  });

  it('has no line to try when nothing is listed', async () => {
    const fake = await aManager();
    const exporter = plugin.create(wazuhOptions.parse({ delivery: 'api' }), testServices());
    const empty = (await render(exporter, [anIndicator('regkey', 'HKLM\\Software\\Evil')])).output.texts();
    expect(await tell(fake, empty)).toMatchObject({
      confirmed: true,
      messages: [expect.stringMatching(/^files sent: \d+/)],
    });
    expect(requests(fake, 'PUT /logtest')).toEqual([]);
  });

  it('knows that Wazuh 5 has neither lists nor rules', async () => {
    const fake = await aManager({ version: '5.0.0' });
    expect(await tell(fake, TEXTS)).toMatchObject({ engine: 'wazuh 5.0.0', confirmed: false });
    expect(requests(fake, 'PUT')).toEqual([]);
  });

  it('goes on with a new token when the old one ends in the middle of an upload', async () => {
    const fake = await aManager({
      instead: ({ method, path }) => {
        if (method === 'PUT' && path.startsWith('/lists/files/misp-ja3')) fake.gate.revoke();
        return undefined;
      },
    });
    expect(await tell(fake, TEXTS)).toMatchObject({ confirmed: true });
    expect(fake.manager.ruleset.active).toEqual(forManager(TEXTS));
    expect(fake.gate.logins).toBe(2);
    expect(fake.requests.filter(({ status }) => status === 401)).toHaveLength(1);
  });

  it('warns of what lets others read the password', async () => {
    const fake = await aManager();
    const { lines, logger } = new RecordingLogger();
    await tell(fake, TEXTS, { logger, options: { verifyTls: false } });
    expect(lines).toEqual([
      'warn `verifyTls` is off: whoever is in between can read the password',
      'warn the password travels unencrypted, since `url` begins with http',
    ]);
  });

  it('throws when the API does not know the user, or is not there', async () => {
    const fake = await aManager();
    const wrong = tell(fake, TEXTS, { options: { password: 'wrong' } });
    await expect(wrong).rejects.toThrow(`\`${fake.url}\` does not let \`wazuh\` in: check \`user\` and \`password\``);
    await fake.close();
    await expect(tell(fake, TEXTS)).rejects.toThrow(/authenticate\?raw=true`: .*ECONNREFUSED/);
  });

  it('never says a password or a token, whatever the manager repeats', async () => {
    const echo = () =>
      `you sent ${PASSWORD}, ${Buffer.from(`wazuh:${PASSWORD}`).toString('base64')}, ${fake.gate.tokens.join()}\u001b[2J`;
    const fake = await aManager({
      instead: ({ method }) =>
        method === 'PUT' ? { status: 500, body: { title: 'x', detail: echo(), error: 1000 } } : undefined,
    });
    const { messages } = await tell(fake, TEXTS);
    expect(messages).toEqual(['`lists/misp-cert` was refused: you sent ***, ***, *** [2J (1000)']);
  });
});
