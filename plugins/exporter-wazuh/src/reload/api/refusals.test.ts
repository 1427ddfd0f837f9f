import { describe, expect, it } from 'vitest';
import { aManager, forManager, noLongIds, TEXTS, tell } from '../../../testing/told-manager.ts';

describe('what the API refuses', () => {
  it.each([
    [1800, 'Bad format in CDB list {path}'],
    [1112, 'Empty files are not supported'],
    [1805, 'File in another folder'],
    [1905, 'File already exists'],
  ])('puts back what went before when a list is refused with %i', async (code, message) => {
    let refuses = false;
    const failed_items = [{ error: { code, message }, id: ['etc/lists/misp-net-dst'] }];
    const refusal = { status: 200, body: { data: { affected_items: [], failed_items }, error: 1 } };
    const fake = await aManager({
      instead: ({ method, path }) =>
        refuses && method === 'PUT' && path.startsWith('/lists/files/misp-net-dst') ? refusal : undefined,
    });
    await tell(fake, TEXTS);
    refuses = true;
    const changed = {
      ...TEXTS,
      'lists/misp-added': 'x.example:low\n',
      'lists/misp-ja3': 'e7d705a3286e19ea42f587b344ee6866:low\n',
      'lists/misp-net-dst': '10.9.:low\n',
    };
    const report = await tell(fake, changed, { previous: TEXTS });
    expect(report).toEqual({
      ...{ engine: 'wazuh 4.14.7', method: 'API', confirmed: false },
      messages: [
        `\`lists/misp-net-dst\` was refused: ${message} (${code})`,
        '`lists/misp-ja3` was put back',
        '`lists/misp-added` was put back',
      ],
    });
    expect(fake.manager.ruleset.files).toEqual(forManager(TEXTS));
    expect(fake.manager.engine.reloads).toBe(1);
  });

  it('tells that a body was too large, and that a list is in another folder', async () => {
    const tooLarge = await aManager({
      instead: ({ method }) =>
        method === 'PUT' ? { status: 413, body: { title: 'Request Entity Too Large', error: 413 } } : undefined,
    });
    expect((await tell(tooLarge, TEXTS)).messages).toEqual([expect.stringMatching(/was refused: .*Too Large \(413\)/)]);
    const elsewhere = await aManager();
    elsewhere.manager.ruleset.files.set('lists/below/misp-cert', 'x:');
    expect((await tell(elsewhere, TEXTS)).messages).toEqual([
      expect.stringMatching(/^`lists\/misp-cert` was refused: .* \(1805\)$/),
    ]);
  });

  it.each([
    ['that are broken', '<group name="x,">', {}],
    ['that the engine cannot load', '<group name="x,"><rule id="7777777"></rule></group>', { loading: noLongIds }],
  ])('puts everything back for rules %s', async (_what, rules, options) => {
    const fake = await aManager(options);
    await tell(fake, TEXTS);
    const changed = { ...TEXTS, 'lists/misp-ja3': 'x:low\n', 'rules/misp_pipeline_rules.xml': rules };
    const report = await tell(fake, changed, { previous: TEXTS });
    expect(report.messages).toEqual([
      '`rules/misp_pipeline_rules.xml` was refused: XML syntax error (1113)',
      '`lists/misp-ja3` was put back',
    ]);
    expect(fake.manager.ruleset.files).toEqual(forManager(TEXTS));
  });
});
