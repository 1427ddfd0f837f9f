import { describe, expect, it } from 'vitest';
import { anExporter, aRunReport, quarantining } from '../../testing/made-up-report.ts';
import { planOf, planText } from './plan.ts';

const withoutStyle = (_: unknown, text: string) => text;
const text = (fields: Parameters<typeof aRunReport>[0] = {}) => planText(planOf(aRunReport(fields)), withoutStyle);

describe('planText', () => {
  it('says of each exporter what changes, what its engine says, and how to publish it', () => {
    expect(text()).toMatchInlineSnapshot(`
      "production: plan 4c1f0d3b9a7e

        suricata  +120 ~4 -31, 1,204 -> 1,293 indicators
          generation bf9727157d1b9d79 -> f8d365177df1f265, 3 files, 403 KiB
          loaded by suricata 7.0.10
          left out url http://evil.example/%ff?</script><img src=x onerror=alert(1)>: error parsing signature: invalid content
          withdrawn by cause: withdrawn:deleted 20, tlp:red 8, expired 3
          event Loader campaign against logistics: +96 -4
          event Phishing kit "Winter" \\u{202e}gnp.exe: +24 ~4 -27
          organisation CIRCL: +100 ~4 -11
          organisation Example CERT: +20 -20
          + domain new.evil.example
          + and 119 more
          ~ ipv4 198.51.100.7 (destination, port 8443)
          ~ and 3 more
          - url https://gone.example/a (withdrawn:deleted)
          - and 30 more

        sigma  no change, 801 indicators
          generation 91cb00fca08368a0 stays, 2 files, 60 KiB
          not checked: its engine is not on this machine

      Guards object:
        withdrawn:suricata: 31 of 1,204 indicators go, more than 2 %
        stale:cert: confirmed 3 h ago, older than 1 h

      To publish it: misp-pipeline apply 4c1f0d3b9a7e --accept withdrawn:suricata --accept stale:cert"
    `);
  });

  it('is the same however often the engine had to be asked', () => {
    const check = { ...quarantining(1), runs: 9 };
    const plan = (checked: typeof check) => planOf(aRunReport({ exporters: [anExporter({ check: checked })] }));
    expect(plan(check)).toEqual(plan({ ...check, runs: 1 }));
  });

  it('says that there is nothing to apply', () => {
    const unchanged = text({ fingerprint: undefined, guard: [] });
    expect(unchanged).toMatch(/^production: nothing to apply\n/);
    expect(unchanged).not.toContain('misp-pipeline apply');
  });

  it('calls an event without a title by its UUID', () => {
    const { changes } = anExporter();
    const events = [{ id: '5f6d', title: ' ', added: 1, changed: 0, withdrawn: 0 }];
    const exporters = [anExporter({ changes: changes && { ...changes, events } })];
    expect(text({ exporters })).toContain('\n    event 5f6d: +1\n');
  });
});
