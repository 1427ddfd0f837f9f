import { describe, expect, it } from 'vitest';
import { aManager, forManager, requests, TEXTS, tell } from '../../../testing/told-manager.ts';

describe('upload by the API', () => {
  it('does not send again what the manager has', async () => {
    const fake = await aManager();
    await tell(fake, TEXTS);
    const before = requests(fake, 'PUT /lists').length;
    const changed = { ...TEXTS, 'lists/misp-ja3': 'e7d705a3286e19ea42f587b344ee6866:low\n' };
    const report = await tell(fake, changed, { previous: TEXTS });
    expect(report.messages[0]).toBe(`files sent: 1, unchanged: ${forManager(TEXTS).size - 1}`);
    expect(requests(fake, 'PUT /lists').slice(before)).toEqual(['PUT /lists/files/misp-ja3']);
    expect(fake.manager.ruleset.active.get('lists/misp-ja3')).toBe(changed['lists/misp-ja3']);
  });

  it('takes rules that the manager has laid out anew for the same', async () => {
    const fake = await aManager();
    await tell(fake, TEXTS);
    const { files } = fake.manager.ruleset;
    const path = 'rules/misp_pipeline_rules.xml';
    files.set(path, (files.get(path) ?? '').replaceAll('\n', '\n\n  '));
    expect((await tell(fake, TEXTS)).messages[0]).toBe(`files sent: 0, unchanged: ${forManager(TEXTS).size}`);
  });

  it('deletes what is not published any more, but no list that a rule names', async () => {
    const fake = await aManager();
    const more = {
      ...TEXTS,
      'lists/misp-old': 'x.example:low\n',
      'rules/misp_pipeline_old.xml': '<group name="x,"></group>',
    };
    await tell(fake, more);
    const without = { ...TEXTS, 'lists/misp-ja3': undefined, 'rules/misp_pipeline_substrings.xml': undefined };
    const report = await tell(fake, without, { previous: more });
    expect(report.confirmed).toBe(true);
    expect(requests(fake, 'DELETE /rules').concat(requests(fake, 'DELETE /lists'))).toEqual([
      'DELETE /rules/files/misp_pipeline_substrings.xml',
      'DELETE /rules/files/misp_pipeline_old.xml',
      'DELETE /lists/files/misp-old',
    ]);
    expect(fake.manager.ruleset.active.has('lists/misp-ja3')).toBe(true);
  });

  it('leaves decoders alone when it is told so', async () => {
    const fake = await aManager();
    await tell(fake, TEXTS, { options: { decoders: false, logtest: false } });
    expect([...fake.manager.ruleset.files.keys()].filter((path) => path.startsWith('decoders/'))).toEqual([]);
  });

  it('does not send what the API refuses, and is content when somebody has put it there', async () => {
    const fake = await aManager();
    const byFile = { ...TEXTS, 'lists/misp-url': '"http://evil.example/a":high\n' };
    const report = await tell(fake, byFile);
    expect(report.confirmed).toBe(false);
    expect(report.messages).toEqual([
      '`lists/misp-url` has to be put there as a file, since the API does not take it: it has characters in line 1 that it refuses',
    ]);
    fake.manager.ruleset.files.set('lists/misp-url', byFile['lists/misp-url']);
    expect(await tell(fake, byFile)).toMatchObject({ confirmed: true });
  });

  it('does not send what is empty or too large', async () => {
    const fake = await aManager();
    const report = await tell(fake, { ...TEXTS, 'lists/misp-ja3': '', 'lists/misp-cert': 'x:\n'.repeat(3_500_000) });
    expect(report.messages).toEqual([
      expect.stringMatching(/^`lists\/misp-cert` .* more than 10485760 bytes$/),
      expect.stringMatching(/^`lists\/misp-ja3` .* it is empty$/),
    ]);
    expect(requests(fake, 'PUT').some((what) => what.endsWith('misp-cert'))).toBe(false);
  });
});
