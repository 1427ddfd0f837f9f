import { describe, expect, it } from 'vitest';
import { historyText, type ListedRelease } from './releases.ts';

const suricata = {
  ...{ id: 'suricata', dir: '/srv/out/suricata', base: 'bf9727157d1b9d79', generation: 'f8d365177df1f265' },
  ...{ exported: 1293, changes: { added: 120, changed: 0, withdrawn: 31 } },
};
const same = { base: '91cb00fca08368a0', generation: '91cb00fca08368a0' };
const sigma = { ...suricata, ...same, id: 'sigma', changes: { added: 0, changed: 0, withdrawn: 0 } };

function aRelease(id: number, fields: Partial<ListedRelease> = {}): ListedRelease {
  return {
    ...{ id, state: 'live', fingerprint: '4c1f0d3b9a7e', by: 'run', restored: undefined, runId: 'r' },
    ...{ made: '2026-11-24T08:16:30.000Z', published: '2026-11-24T08:16:31.000Z' },
    ...{ exporters: [suricata, sigma], guard: [], unconfirmed: [], failure: undefined },
    ...{ restorable: true, isLive: false, ...fields },
  };
}

describe('historyText', () => {
  it('calls only one release live, and says what each changed, and when', () => {
    const restoring = { ...suricata, changes: undefined };
    const releases = [
      aRelease(13, { state: 'planned', published: undefined, restorable: false }),
      aRelease(12, { isLive: true, by: 'rollback', restored: 10, exporters: [restoring, sigma] }),
      aRelease(11, { state: 'failed', failure: '`suricata` was not confirmed: \x1b[31m', restorable: false }),
      aRelease(10),
    ];
    expect(`\n${historyText(releases)}`).toMatchInlineSnapshot(`
      "
      release  when (UTC)        state     by              restorable  what changed
      13       2026-11-24 08:16  planned   run             no          suricata +120 -31, sigma unchanged
      12       2026-11-24 08:16  live      rollback to 10  yes         suricata f8d365177df1f265, sigma unchanged
      11       2026-11-24 08:16  failed    run             no          suricata +120 -31, sigma unchanged, \`suricata\` was not confirmed: \\u{1b}[31m
      10       2026-11-24 08:16  replaced  run             yes         suricata +120 -31, sigma unchanged"
    `);
  });

  it('counts indicators that are said anew in the same files', () => {
    const wazuh = { ...sigma, id: 'wazuh', changes: { added: 0, changed: 171, withdrawn: 0 } };
    const back = { ...sigma, id: 'snort', changes: undefined };
    expect(historyText([aRelease(10, { exporters: [wazuh, back] })])).toContain('wazuh ~171, snort unchanged');
  });
});
