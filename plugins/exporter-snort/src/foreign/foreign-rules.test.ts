import { StageIds } from '@misp-pipeline/core';
import { anIndicator, render, testServices } from '@misp-pipeline/testing';
import { describe, expect, it } from 'vitest';
import { renderSnort } from '../../testing/render-rules.ts';
import { SnortExporter } from '../exporter.ts';
import { snortOptions } from '../options.ts';

const foreign = (text: string, fields = {}) => anIndicator('rule-snort', text, fields);

describe('rules that others wrote', () => {
  it('keep what they look for, on one line, and get our number and context', async () => {
    const text =
      'alert tcp $HOME_NET any -> any any (msg:"Beacon \\"A\\"";\n content:"a\\;bcd"; gid:7; sid:9; reference:url,x;)';
    const { output } = await renderSnort([foreign(text, { tlp: 'amber', severity: 'low' })]);
    expect(output.text('misp-foreign.rules').split('\n')[1]).toMatch(
      /^alert tcp \$HOME_NET any -> any any \(msg:"MISP rule Beacon 'A' \(Phishing wave\)"; content:"a\\;bcd"; classtype:trojan-activity; priority:3; metadata:misp_kind rule-snort, .* tlp amber, misp_original_sid 9; sid:1\d{9}; rev:1;\)$/,
    );
    expect(output.text('misp-pipeline.lua')).not.toContain('misp-foreign.rules');
    expect(output.files.get('misp-foreign.rules')?.entries).toBe(1);
  });

  it('are written once when they look for the same, and keep their number', async () => {
    const ids = new StageIds('snort');
    const sidOf = async (...texts: readonly string[]) => {
      const exporter = new SnortExporter(snortOptions.parse({}), testServices({ ids }));
      const { output } = await render(
        exporter,
        texts.map((text) => foreign(text)),
      );
      expect(output.files.get('misp-foreign.rules')?.entries).toBe(1);
      expect(output.placements).toHaveLength(texts.length);
      return output.placements[0]?.placement.id;
    };
    const [one, other] = [
      'alert tcp any any -> any 80 (msg:"one"; content:"gate"; sid:1;)',
      'alert tcp any any  ->  any 80 (msg:"other"; content:"gate"; sid:2; rev:4;)',
    ];
    const both = await sidOf(one, other);
    expect([await sidOf(one), await sidOf(other)]).toEqual([both, both]);
  });

  it('count towards the limit', async () => {
    const rules = [1, 2, 3].map((i) => foreign(`alert tcp any any -> any 80 (content:"gate${i}"; sid:${i};)`));
    const { skipped } = await renderSnort(rules, { limit: 2 });
    expect(skipped.map(({ reason }) => reason)).toEqual(['budget:rules']);
  });

  it('stay out when they are not wanted, and when they are for the other Snort', async () => {
    const text = 'alert tcp any any -> any 80 (content:"gate"; nocase; sid:1;)';
    const passedOn = async (options: object) => {
      const { output, skipped } = await renderSnort([foreign(text)], options);
      return [output.files.get('misp-foreign.rules')?.entries, ...skipped.map(({ reason }) => reason)];
    };
    expect(await passedOn({ version: 2, foreignRules: false })).toEqual([undefined, 'skipped:foreignRules']);
    expect(await passedOn({ version: 3 })).toEqual([0, 'dialect:2']);
    expect(await passedOn({ version: 2 })).toEqual([1]);
  });
});
