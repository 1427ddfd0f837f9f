import { anIndicator, RecordingLogger, render, testServices } from '@misp-pipeline/testing';
import { describe, expect, it } from 'vitest';
import { convertsToSql, sigma } from '../../testing/sigma-cli.ts';
import { stage } from '../../testing/staging.ts';
import { SigmaExporter } from '../exporter.ts';
import { sigmaOptions } from '../options.ts';

const SPLUNK = { target: 'splunk', pipelines: ['splunk_windows'], format: 'savedsearches' };

describe.skipIf(!convertsToSql())('convert (needs sigma with pySigma-backend-sqlite)', () => {
  it('publishes queries beside the rules', async () => {
    const { output } = await stage([anIndicator('domain', 'evil.example')], {
      logsources: ['dns'],
      convert: [
        SPLUNK,
        { target: 'lucene', pipelines: ['ecs_windows'], format: 'kibana_ndjson' },
        { target: 'sqlite' },
      ],
    });
    expect(output.text('converted/splunk_savedsearches.conf')).toContain('query IN ("evil.example", "*.evil.example")');
    expect(JSON.parse(output.text('converted/lucene_kibana_ndjson.ndjson'))).toMatchObject({ type: 'search' });
    expect(output.text('converted/sqlite.txt')).toContain("SELECT * FROM logs WHERE `query`='evil.example'");
  });

  it('applies the allow-list and fills placeholders in', async () => {
    const { output } = await stage([anIndicator('domain', 'evil.example')], {
      logsources: ['dns'],
      placeholders: true,
      allow: ['good.evil.example'],
      convert: [{ target: 'sqlite' }],
    });
    expect(output.text('converted/sqlite.txt')).toMatch(/`query`='evil.example'.*NOT.*`query`='good.evil.example'/s);
  });

  it('writes an empty file when there is no rule', async () => {
    const { output } = await stage([], { convert: [SPLUNK] });
    expect(output.text('converted/splunk_savedsearches.conf')).toBe('');
  });

  it('warns of rules that a target does not know', async () => {
    const rule = 'logsource: {category: dns}\ndetection: {a: [evil], condition: a}';
    const options = { engine: { command: [sigma] }, convert: [{ target: 'sqlite' }] };
    const { lines, logger } = new RecordingLogger();
    const exporter = new SigmaExporter(sigmaOptions.parse(options), testServices({ logger }));
    const { output } = await render(exporter, [
      anIndicator('rule-sigma', rule),
      anIndicator('url', 'http://a.example/'),
    ]);
    expect(output.text('converted/sqlite.txt')).toContain('http://a.example/');
    expect(lines).toEqual([expect.stringContaining('warn not all rules became queries for sqlite')]);
  });

  it('stops the run for a target that there is none of', async () => {
    const staged = stage([anIndicator('domain', 'evil.example')], { convert: [{ target: 'no_such_target' }] });
    await expect(staged).rejects.toThrow(/sigma convert -t no_such_target` ended with 2: .*no_such_target/s);
  });
});

describe('convert', () => {
  it('warns once and writes nothing when there is no sigma-cli', async () => {
    const options = { engine: { command: ['no-such-sigma'] }, convert: [SPLUNK] };
    const { lines, logger } = new RecordingLogger();
    const exporter = new SigmaExporter(sigmaOptions.parse(options), testServices({ logger }));
    const { output } = await render(exporter, [anIndicator('domain', 'evil.example')]);
    await render(exporter, [anIndicator('domain', 'evil.example')]);
    expect([...output.files.keys()].filter((path) => path.startsWith('converted/'))).toEqual([]);
    expect(lines).toEqual(['warn no queries for splunk: `no-such-sigma` is not there']);
  });
});
