import { describe, expect, it } from 'vitest';
import { aManager, aTime, forManager, requests, TEXTS, tell } from '../../../testing/told-manager.ts';

describe('activation by the API', () => {
  it('does not believe a manager whose rules are dead', async () => {
    const fake = await aManager({ declared: [] });
    const { confirmed, messages } = await tell(fake, TEXTS);
    expect(confirmed).toBe(false);
    expect(messages[0]).toMatch(/^the lines of `ossec.conf.snippet.xml` have to stand/);
    expect(messages[1]).toMatch(
      /^`manager` reloaded, but: \(7616\): List 'etc\/lists\/[\w-]+' could not be loaded\. Rule '11\d{4}'/,
    );
  });

  it.each([
    ["(7610): Group 'x' was not found. Invalid 'if_group'. Rule '110100' will be ignored."],
    ["(7612): Rule ID '110000' is duplicated. Only the first occurrence will be considered."],
    ["(7617): Signature ID '61645' was not found and will be ignored in the 'if_sid' option of rule '110140'."],
    ["(7619): Empty 'if_sid' value. Rule '110310' will be ignored."],
  ])('does not confirm %s', async (warning) => {
    const ofOthers = "(7612): Rule ID '100001' is duplicated, see there.";
    const fake = await aManager({ loading: () => ({ warnings: [ofOthers, warning] }) });
    const { confirmed, messages } = await tell(fake, TEXTS);
    expect(confirmed).toBe(false);
    expect(messages).toContain(`\`manager\` reloaded, but: ${warning}`);
    expect(messages.some((message) => message.includes(ofOthers))).toBe(false);
  });

  it('does not confirm a configuration that is not valid, and does not reload it', async () => {
    const fake = await aManager({ loading: () => ({ errors: ['(1226): Error reading XML file'] }) });
    for (const [path, text] of forManager(TEXTS)) fake.manager.ruleset.files.set(path, text);
    const { confirmed, messages } = await tell(fake, TEXTS, { options: { logtest: false } });
    expect(confirmed).toBe(false);
    expect(messages).toEqual(['the configuration of `manager` is not valid: ["(1226): Error reading XML file"]']);
    expect(fake.manager.engine.reloads).toBe(0);
  });

  it('does not confirm a reload that fails', async () => {
    const fail = {
      data: { affected_items: [], failed_items: [{ error: { code: 1914, message: 'no' }, id: ['manager'] }] },
      error: 1,
    };
    const fake = await aManager({
      instead: ({ path }) => (path.includes('/reload') ? { status: 200, body: fail } : undefined),
    });
    expect(await tell(fake, TEXTS)).toMatchObject({ confirmed: false, messages: ['the reload failed: no (1914)'] });
  });

  it('restarts a manager before 4.13, and waits until it is back', async () => {
    const fake = await aManager({ version: '4.12.0', restartTakes: 3 });
    const time = aTime();
    const report = await tell(fake, TEXTS, { time });
    expect(report).toMatchObject({ engine: 'wazuh 4.12.0', method: 'API: restart', confirmed: true });
    expect(fake.manager.engine).toMatchObject({ restarts: 1, reloads: 0 });
    expect(time.slept).toBeGreaterThan(0);
  });

  it('does not confirm a restart that does not come to its end', async () => {
    const fake = await aManager({ version: '4.12.0', restartTakes: 30 });
    const { confirmed, messages } = await tell(fake, TEXTS, { options: { wait: 20, logtest: false } });
    expect(confirmed).toBe(false);
    expect(messages).toContain('analysisd of `manager` did not restart within 20 seconds');
  });

  it('tells all nodes of a cluster, once they have the files', async () => {
    const fake = await aManager({ nodes: ['master', 'worker one'], spreadingTakes: 2 });
    const report = await tell(fake, TEXTS, { options: { cluster: true } });
    expect(report).toMatchObject({ method: 'API: reload', confirmed: true });
    const asked = fake.requests.map(({ what }) => what).filter((what) => what.includes('/cluster/'));
    expect(asked).toEqual([
      'GET /cluster/nodes',
      'GET /cluster/configuration/validation',
      ...Array(3).fill('GET /cluster/ruleset/synchronization'),
      'PUT /cluster/analysisd/reload',
    ]);
  });

  it('restarts a cluster before 4.13 as a whole', async () => {
    const fake = await aManager({ version: '4.9.2', nodes: ['master', 'worker'], restartTakes: 1 });
    expect(await tell(fake, TEXTS, { options: { cluster: true } })).toMatchObject({ confirmed: true });
    expect(requests(fake, 'PUT /cluster')).toEqual(['PUT /cluster/restart']);
    expect(requests(fake, 'GET /cluster/worker')).toContain('GET /cluster/worker/status');
  });

  it('does not confirm a cluster whose nodes do not get the files, or that is none', async () => {
    const slow = await aManager({ nodes: ['master', 'worker'], spreadingTakes: 1000 });
    const options = { cluster: true, wait: 20, logtest: false };
    expect((await tell(slow, TEXTS, { options })).messages).toEqual([
      'not all nodes of the cluster have the files after 20 seconds',
    ]);
    const alone = await aManager();
    expect((await tell(alone, TEXTS, { options })).messages).toEqual([
      expect.stringContaining('Cluster is not running'),
    ]);
  });
});
