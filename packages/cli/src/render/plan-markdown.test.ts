import type { ChangeGroup } from '@misp-pipeline/core';
import { describe, expect, it } from 'vitest';
import { anExporter, aRunReport } from '../../testing/made-up-report.ts';
import { planOf } from './plan.ts';
import { planMarkdown } from './plan-markdown.ts';

const markdown = (fields: Parameters<typeof aRunReport>[0] = {}) => planMarkdown(planOf(aRunReport(fields)));

/** The plan of an exporter to which one event brought something. */
function ofEvent(event: Partial<ChangeGroup>): string {
  const { changes } = anExporter();
  const events = [{ id: '5f6d', title: 'An event', added: 1, changed: 0, withdrawn: 0, ...event }];
  return markdown({ exporters: [anExporter({ changes: changes && { ...changes, events } })] });
}

describe('planMarkdown', () => {
  it('says what changes, who loaded it, what is refused, and how to publish it', () => {
    expect(markdown()).toMatchInlineSnapshot(`
      "## production: plan \`4c1f0d3b9a7e\`

      | exporter | added | changed | withdrawn | indicators | generation | loaded by |
      | --- | ---: | ---: | ---: | ---: | --- | --- |
      | suricata | 120 | 4 | 31 | 1,293 | \`bf9727157d1b9d79\` → \`f8d365177df1f265\` | suricata 7&#46;0&#46;10, which refused 1 |
      | sigma | 0 | 0 | 0 | 801 | \`91cb00fca08368a0\` stays | not checked |

      ### Guards object

      - \`withdrawn:suricata\`: 31 of 1,204 indicators go, more than 2 %
      - \`stale:cert\`: confirmed 3 h ago, older than 1 h

      <details><summary>suricata: +120 ~4 -31</summary>

      - left out url http&#58;//evil&#46;example/%ff?&#60;/script&#62;&#60;img src=x onerror=alert&#40;1&#41;&#62;&#58; error parsing signature&#58; invalid content
      - withdrawn, cause withdrawn&#58;deleted: 20
      - withdrawn, cause tlp&#58;red: 8
      - withdrawn, cause expired: 3
      - event Loader campaign against logistics (\`e1\`): +96 -4
      - event Phishing kit &#34;Winter&#34; &#92;u&#123;202e&#125;gnp&#46;exe (\`e2\`): +24 ~4 -27
      - organisation CIRCL: +100 ~4 -11
      - organisation Example CERT: +20 -20

      | change | indicator |
      | --- | --- |
      | added | \`domain new.evil.example\` |
      | changed | \`ipv4 198.51.100.7 (destination, port 8443)\` |
      | withdrawn | \`url https://gone.example/a (withdrawn:deleted)\` |

      and 152 more

      </details>

      To publish it: \`misp-pipeline apply 4c1f0d3b9a7e --accept withdrawn:suricata --accept stale:cert\`"
    `);
  });

  it('lets no title be markup, steer what shows it, or be longer than it is worth', () => {
    const hostile = ofEvent({
      title: `a|b\n<img src=x> [l](javascript:x) \`c\` \x1b[31m\u202egnp.exe ${'L'.repeat(65_536)}`,
    });
    const [line = ''] = /^- event .*$/m.exec(hostile) ?? [];
    expect(line).toContain('a&#124;b');
    expect(line).not.toMatch(/[<>[\]|]|&#(?:10|27|8238);/);
    expect(hostile).not.toMatch(/[\x00-\x09\x0b-\x1f\u202e]/);
    expect(hostile.length).toBeLessThan(5000);
  });

  it('says how many events and organisations it does not name', () => {
    const { changes } = anExporter();
    const groups = Array.from({ length: 23 }, (_, i) => ({
      id: `e${i}`,
      title: `G${i}`,
      added: 1,
      changed: 0,
      withdrawn: 0,
    }));
    const some = changes && { ...changes, events: groups, organisations: groups.slice(0, 21) };
    const lines = markdown({ exporters: [anExporter({ changes: some })] });
    expect(lines).toContain('- event G19 (`e19`): +1\n- and 3 more events\n- organisation G0: +1\n');
    expect(lines).toContain('- organisation G19: +1\n- and 1 more organisation\n');
  });

  it('tells of what is refused also when nothing changes', () => {
    const said = markdown({ exporters: [anExporter({ changes: undefined })] });
    expect(said).toContain('- left out url http&#58;//evil&#46;example/');
    expect(said).not.toContain('<details>');
  });
});
