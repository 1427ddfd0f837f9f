import { afterEach, describe, expect, it } from 'vitest';
import { type FakeWazuh, type FakeWazuhOptions, startFakeWazuh } from './server.ts';

let server: FakeWazuh | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

type Ask = (method: string, path: string, body?: string) => Promise<{ status: number; body: unknown }>;

/** A fake manager, and a way to ask it as a user who is logged in. */
async function start(options: FakeWazuhOptions = {}): Promise<{ manager: FakeWazuh; ask: Ask }> {
  const manager = await startFakeWazuh(options);
  server = manager;
  const basic = `Basic ${Buffer.from('wazuh:secret').toString('base64')}`;
  const login = await fetch(`${manager.url}/security/user/authenticate?raw=true`, {
    method: 'POST',
    headers: { authorization: basic },
  });
  const authorization = `Bearer ${await login.text()}`;
  const ask: Ask = async (method, path, body) => {
    const answer = await fetch(`${manager.url}${path}`, { method, headers: { authorization }, body: body ?? null });
    const text = await answer.text();
    const isJson = answer.headers.get('content-type') === 'application/json';
    return { status: answer.status, body: isJson ? JSON.parse(text) : text };
  };
  return { manager, ask };
}

const RULES = `<group name="x,">
  <rule id="110000" level="5">
    <list field="srcip" lookup="match_key">etc/lists/a</list>
  </rule>
</group>
`;

const refusal = (code: number) => ({
  status: 200,
  body: { error: 1, data: { total_affected_items: 0, failed_items: [{ error: { code } }] } },
});

describe('fake Wazuh', () => {
  it('takes a list, and gives back what it holds', async () => {
    const { ask } = await start();
    expect(await ask('PUT', '/lists/files/a?overwrite=true', 'evil.example:high\n')).toMatchObject({
      status: 200,
      body: { error: 0, data: { affected_items: ['etc/lists/a'], total_failed_items: 0 } },
    });
    expect(await ask('GET', '/lists/files/a?raw=true')).toEqual({ status: 200, body: 'evil.example:high\n' });
    expect(await ask('DELETE', '/lists/files/a')).toMatchObject({ status: 200, body: { error: 0 } });
    expect(await ask('GET', '/lists/files/a?raw=true')).toMatchObject(refusal(1906));
  });

  it.each([
    'evil.example:',
    '198.51.100.:low',
    '"2001:db8::1":high',
    'SHA256=ABC:high',
    'evil.example/a?b=1:high',
    'key:"a: value"',
  ])('takes the line %j', async (line) => {
    const { ask } = await start();
    expect(await ask('PUT', '/lists/files/a', `${line}\n`)).toMatchObject({ body: { error: 0 } });
  });

  it.each([
    'no colon',
    'http://evil.example:high',
    '"http://evil.example/":high',
    '"evil.example:443/x":high',
    '"::ffff:1.2.3.4":high',
    'key:a:b',
    '# a comment',
    'good:\n\ngood:',
  ])('refuses the list %j with 1800', async (text) => {
    const { manager, ask } = await start();
    expect(await ask('PUT', '/lists/files/a', `${text}\n`)).toMatchObject(refusal(1800));
    expect(manager.manager.ruleset.files.size).toBe(0);
  });

  it('refuses what is empty, what is there, what is in a folder below, and bad names', async () => {
    const { manager, ask } = await start();
    manager.manager.ruleset.files.set('lists/below/a', 'x:');
    manager.manager.ruleset.files.set('lists/b', 'x:');
    expect(await ask('PUT', '/lists/files/a?overwrite=true', '')).toMatchObject(refusal(1112));
    expect(await ask('PUT', '/lists/files/a?overwrite=true', 'y:')).toMatchObject(refusal(1805));
    expect(await ask('PUT', '/lists/files/b', 'y:')).toMatchObject(refusal(1905));
    expect(await ask('PUT', '/lists/files/a.txt', 'y:')).toMatchObject({ status: 400 });
    expect(manager.manager.ruleset.files.get('lists/b')).toBe('x:');
  });

  it('refuses a body of more than 10 MiB with 413', async () => {
    const { ask } = await start();
    expect(await ask('PUT', '/lists/files/a', 'x'.repeat(10_485_760))).toMatchObject(refusal(1800));
    expect(await ask('PUT', '/lists/files/a', 'x'.repeat(10_485_761))).toMatchObject({ status: 413 });
  });

  it.each(['<group>', '<group></rule>', '<?xml version="1.0"?><a></a>', '<a>1 < 2</a>'])(
    'refuses the rules %j, and puts the old ones back',
    async (text) => {
      const { manager, ask } = await start();
      await ask('PUT', '/rules/files/a.xml', RULES);
      expect(await ask('PUT', '/rules/files/a.xml?overwrite=true', text)).toMatchObject(refusal(1113));
      expect(manager.manager.ruleset.files.get('rules/a.xml')).toBe(RULES);
    },
  );

  it('puts the old rules back when the engine cannot load the new ones', async () => {
    const { manager, ask } = await start({
      loading: (files) => ({
        errors: [...files.values()].some((text) => text.includes('7777777')) ? ['(1226): no'] : [],
      }),
    });
    await ask('PUT', '/rules/files/a.xml', RULES);
    const long = RULES.replace('110000', '7777777');
    expect(await ask('PUT', '/rules/files/a.xml?overwrite=true', long)).toMatchObject(refusal(1113));
    expect(await ask('PUT', '/rules/files/b.xml', long)).toMatchObject(refusal(1113));
    expect([...manager.manager.ruleset.files]).toEqual([['rules/a.xml', RULES]]);
  });

  it('reloads, and says which rules are dead', async () => {
    const { manager, ask } = await start({ declared: ['a'] });
    await ask('PUT', '/rules/files/a.xml', RULES);
    const { body } = await ask('PUT', '/manager/analysisd/reload');
    expect(JSON.stringify(body)).toContain("(7616): List 'etc/lists/a' could not be loaded. Rule '110000'");
    await ask('PUT', '/lists/files/a', 'x:');
    expect(manager.manager.ruleset.active.has('lists/a')).toBe(false);
    expect(JSON.stringify((await ask('PUT', '/manager/analysisd/reload')).body)).not.toContain('7616');
    expect(manager.manager.ruleset.active.has('lists/a')).toBe(true);
  });

  it('keeps what it ran when it cannot reload', async () => {
    const { manager, ask } = await start({ loading: () => ({ errors: ['(1226): Error reading XML file'] }) });
    manager.manager.ruleset.files.set('rules/a.xml', RULES);
    expect(await ask('GET', '/manager/configuration/validation')).toMatchObject({
      body: { data: { affected_items: [{ status: 'KO' }] } },
    });
    expect(await ask('PUT', '/manager/analysisd/reload')).toMatchObject(refusal(1914));
    expect(manager.manager.ruleset.active.size).toBe(0);
  });

  it('knows no reload before 4.13, and restarts', async () => {
    const { manager, ask } = await start({ version: '4.12.0', restartTakes: 1 });
    expect(await ask('PUT', '/manager/analysisd/reload')).toMatchObject({ status: 404 });
    expect(await ask('PUT', '/manager/restart')).toMatchObject({ status: 202 });
    expect(await ask('GET', '/manager/status')).toMatchObject({ status: 500, body: { error: 1017 } });
    expect(await ask('GET', '/manager/status')).toMatchObject({ status: 200 });
    expect(manager.manager.engine.restarts).toBe(1);
  });

  it('does not come up again when it restarts with files that it cannot read', async () => {
    const { manager, ask } = await start({ version: '4.12.0', loading: () => ({ errors: ['(1226): no'] }) });
    manager.manager.ruleset.files.set('rules/a.xml', RULES);
    await ask('PUT', '/manager/restart');
    for (let asked = 0; asked < 9; asked++) expect(await ask('GET', '/manager/status')).toMatchObject({ status: 500 });
  });

  it('has a cluster only where it has nodes', async () => {
    const alone = await start();
    expect(await alone.ask('PUT', '/cluster/analysisd/reload')).toMatchObject({ status: 400, body: { error: 3013 } });
    await server?.close();
    const { ask } = await start({ nodes: ['master', 'worker'] });
    expect(await ask('PUT', '/cluster/analysisd/reload')).toMatchObject({
      body: { data: { affected_items: [{ name: 'master' }, { name: 'worker' }] } },
    });
  });

  it('tries log lines in sessions', async () => {
    const { manager, ask } = await start({ logtest: (event) => (event === 'bad' ? 110_000 : undefined) });
    const event = (text: string) => JSON.stringify({ event: text, log_format: 'syslog', location: 'x' });
    const hit = { body: { error: 0, data: { output: { rule: { id: '110000' } } } } };
    expect(await ask('PUT', '/logtest', event('bad'))).toMatchObject(hit);
    expect(await ask('PUT', '/logtest', event('good'))).not.toMatchObject(hit);
    expect(await ask('PUT', '/logtest', '{}')).toMatchObject({ status: 400 });
    expect(manager.manager.engine.logtest.sessions.size).toBe(2);
  });

  it('lets nobody in without a token, or with one that has ended', async () => {
    let now = 0;
    const { manager, ask } = await start({ now: () => now });
    expect((await ask('GET', '/')).status).toBe(200);
    now = 900_000;
    expect((await ask('GET', '/')).status).toBe(401);
    const wrong = { method: 'POST', headers: { authorization: 'Basic eDp5' } };
    expect((await fetch(`${manager.url}/security/user/authenticate`, wrong)).status).toBe(401);
    expect((await fetch(manager.url)).status).toBe(401);
    expect(manager.gate.logins).toBe(1);
  });

  it('takes 300 requests a minute', async () => {
    let now = 0;
    const { ask } = await start({ now: () => now });
    for (let sent = 1; sent < 300; sent++) expect((await ask('GET', '/')).status).toBe(200);
    expect(await ask('GET', '/')).toMatchObject({ status: 429, body: { error: 6001 } });
    now = 60_000;
    expect((await ask('GET', '/')).status).toBe(200);
  });
});
