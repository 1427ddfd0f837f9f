import { anIndicator, render, testServices } from '@misp-pipeline/testing';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { SigmaExporter } from '../exporter.ts';
import { sigmaOptions } from '../options.ts';

const THEIRS = `
title: 'Evil "Loader": Beacon <script>'
id: 5a0f5c2e-2b1b-4c2e-9a43-0c6a2f6b7d11
status: stable
author: Somebody Else
tags: [attack.command-and-control]
logsource: {category: process_creation, product: windows}
detection:
    selection: {Image|endswith: '\\evil.exe'}
    filter: {User|contains: admin}
    condition: selection and not filter
level: critical
`;

const rendered = (value: string, options: object = {}) =>
  render(new SigmaExporter(sigmaOptions.parse(options), testServices()), [
    anIndicator('rule-sigma', value, { severity: 'low', tlp: 'amber' }),
  ]);

describe('a rule that somebody shared', () => {
  it('is passed on under a head of our own', async () => {
    const { output } = await rendered(THEIRS);
    const path = [...output.files.keys()].find((file) => file.startsWith('rules/foreign/')) ?? '';
    expect(path).toMatch(/^rules\/foreign\/foreign_misp_[0-9a-f_]{36}\.yml$/);
    expect(load(output.text(path))).toEqual({
      title: expect.stringMatching(/^Shared Rule [0-9A-F]{16}$/),
      id: path.slice(-40, -4).replaceAll('_', '-'),
      related: [{ id: '5a0f5c2e-2b1b-4c2e-9a43-0c6a2f6b7d11', type: 'derived' }],
      status: 'experimental',
      description: 'Detects Evil Loader Beacon script, the subject of a rule listed in 1 MISP event',
      references: ['urn:uuid:11111111-1111-4111-8111-111111111111'],
      author: 'misp-pipeline',
      date: '2026-11-20',
      tags: ['attack.command-and-control', 'tlp.amber'],
      logsource: { category: 'process_creation', product: 'windows' },
      detection: {
        selection: { 'Image|endswith': '\\evil.exe' },
        filter: { 'User|contains': 'admin' },
        condition: 'selection and not filter',
      },
      falsepositives: ['Unknown'],
      level: 'low',
    });
  });

  it('is skipped, with the reason, when it is none', async () => {
    const { skipped, output } = await rendered('title: x\ncorrelation: {}\n');
    expect(skipped).toMatchObject([{ reason: 'unsupported:rule-sigma', detail: 'unknown key `correlation`' }]);
    expect([...output.files.keys()].filter((path) => path.startsWith('rules/'))).toEqual([]);
  });

  it('does not crowd out our own', async () => {
    const theirs = Array.from({ length: 20 }, (_, i) =>
      anIndicator('rule-sigma', THEIRS.replace('evil.exe', `${i}.exe`)),
    );
    const exporter = new SigmaExporter(sigmaOptions.parse({ rules: 50, logsources: ['dns'] }), testServices());
    const { skipped } = await render(exporter, [...theirs, anIndicator('domain', 'evil.example')]);
    expect(skipped.map(({ indicator, reason }) => `${indicator.kind} ${reason}`)).toEqual(
      Array.from({ length: 15 }, () => 'rule-sigma budget:rules'),
    );
  });
});
