import { describe, expect, it } from 'vitest';
import { aRunReport, aSource } from '../../testing/made-up-report.ts';
import { reportText } from './report.ts';

const text = (fields: Parameters<typeof aRunReport>[0] = {}) => reportText(aRunReport(fields), (_, part) => part);

describe('reportText', () => {
  it('says why more was normalised than was read', () => {
    expect(text()).toMatch(/normalised +2,301 {2}one record may give several indicators\n/);
    expect(text({ funnel: { ...aRunReport().funnel, normalised: 2198 } })).toMatch(/normalised +2,198\n/);
  });

  it('says of each exporter what changed and why, what its engine says, and whom it told', () => {
    expect(text()).toContain(`
  suricata     /srv/out/suricata/current (3 files, 403 KiB, generation f8d365177df1f265)
               +120 ~4 -31 indicators (withdrawn by cause: withdrawn:deleted 20, tlp:red 8, expired 3)
               loaded by suricata 7.0.10
`);
    expect(text()).toContain('taken over by suricata 7.0.10 (unix socket): 1,012 rules loaded, 1,012 expected\n');
  });

  it('writes counts below one another, however long the reasons are', () => {
    const rejected = { short: 1, [`warninglist:${'l'.repeat(38)}`]: 1234, [`x${'y'.repeat(80)}`]: 5 };
    const lines = text({ sources: [aSource({ rejected })] })
      .split('\n')
      .filter((line) => /l{38}|short/.test(line));
    expect(lines.map((line) => line.length)).toEqual([62, 62]);
    expect(text({ sources: [aSource({ rejected })] })).toMatch(/y{80} 5$/m);
  });

  it('quotes of what could not be read the first parts, and nothing that could steer a terminal', () => {
    const problems = Array.from({ length: 1000 }, (_, i) => {
      return { place: `https://feeds.example.org/${i}.json`, message: `not JSON: \x1b[31m\u202e${'x'.repeat(65_536)}` };
    });
    const said = text({ sources: [aSource({ problems })] });
    expect(said).toContain('  1,000 parts of the sources could not be read:\n');
    expect(said).toContain('/19.json: not JSON: \\u{1b}[31m\\u{202e}xxx');
    expect(said).toContain('\n    and 980 more; the log names each');
    expect(said).not.toMatch(/[\x00-\x09\x0b-\x1f\u202e]|\/20\.json/);
    expect(said.length).toBeLessThan(10_000);
  });
});
