import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CheckReport, Indicator } from '@misp-pipeline/core';
import { anIndicator, render, testServices } from '@misp-pipeline/testing';
import { describe, expect, it } from 'vitest';
import { inFolder, SURICATA } from '../../testing/suricata.ts';
import { SuricataExporter } from '../exporter.ts';
import { suricataOptions } from '../options.ts';

const signal = new AbortController().signal;
const PACKAGED_CONFIG = '/etc/suricata/suricata.yaml';

async function staged(indicators: Iterable<Indicator>, options: object = {}) {
  const stateDir = mkdtempSync(join(tmpdir(), 'misp-pipeline-'));
  const exporter = new SuricataExporter(suricataOptions.parse(options), testServices({ stateDir }));
  const { output } = await render(exporter, indicators);
  const files = { dir: inFolder(output.files), files: [...output.files.keys()] };
  return { exporter, output, stateDir, files, check: () => exporter.check(files, signal) };
}

/** The engine refuses upper case in this buffer, which no parser of ours knows. */
function foreignRule(content: string): Indicator {
  return anIndicator('rule-suricata', `alert http any any -> any any (msg:"x"; http.host; content:"${content}";)`);
}

function urls(count: number): Indicator[] {
  return Array.from({ length: count }, (_, i) => anIndicator('url', `http://u${i}.example/a${i}?b=${i}`));
}

/** Rewrites a file of a folder. */
function change(path: string, edit: (text: string) => string): void {
  writeFileSync(path, edit(readFileSync(path, 'utf8')));
}

describe.skipIf(!SURICATA)('check (needs suricata)', () => {
  it('takes what the exporter writes, in one run, and leaves nothing behind', async () => {
    const { check, stateDir } = await staged([...urls(10), foreignRule('evil.example')]);
    expect(await check()).toEqual({
      engine: expect.stringMatching(/^suricata \d+\.\d+\.\d+$/),
      accepted: true,
      runs: 1,
      refused: [],
      messages: [],
    });
    expect(readdirSync(stateDir)).toEqual([]);
  });

  it('names exactly the 7 bad ones among 20,000 rules', { timeout: 120_000 }, async () => {
    const bad = Array.from({ length: 7 }, (_, i) => foreignRule(`BAD${i}.example`));
    const indicators = [...urls(19_990), ...bad, ...[1, 2, 3].map((i) => foreignRule(`good${i}.example`))];
    const { check, output } = await staged(indicators, { mode: 'rules' });
    const report = await check();
    const guilty = output.placements.filter(({ placement: { file, text } }) =>
      report?.refused.some((entry) => entry.file === file && entry.text === text),
    );
    expect(report?.accepted).toBe(false);
    expect(report?.refused).toHaveLength(7);
    expect(guilty.map(({ indicator }) => indicator.value).sort()).toEqual(bad.map(({ value }) => value).sort());
    console.info(`20,000 rules, 7 of them bad: ${report?.runs} engine run`);
    expect(report?.runs).toBe(1);
  });

  it('says with the engine’s words why a rule is refused', async () => {
    const { check } = await staged([foreignRule('BAD.example')]);
    const report = await check();
    expect(report?.refused[0]?.message).toMatch(/^detect-http-host: .*lowercase/);
    expect(report?.messages.join('\n')).toContain('error parsing signature');
  });

  it('finds a rule whose place the engine’s message cuts off', async () => {
    const long = anIndicator('url', `http://evil.example/${'x'.repeat(3000)}`);
    const { check, files } = await staged([long, ...urls(5)]);
    change(join(files.dir, 'misp.rules'), (text) =>
      text.replace(/ metadata:misp_kind url(?=[^\n]*$)/m, ' unknown; metadata:x y'),
    );
    const rules = readFileSync(join(files.dir, 'misp.rules'), 'utf8').split('\n');
    const report = await check();
    expect(report?.refused.map(({ text }) => text)).toEqual(rules.filter((rule) => rule.includes('unknown;')));
  });

  it.each([
    ['dataset of names', 'dns.query; dataset:isset,x,type string,load lists/x.lst;', 'bm90', 'no base64!'],
    ['dataset of hashes', 'file.data; to_md5; dataset:isset,x,type md5,load lists/x.lst;', 'a'.repeat(32), 'abc'],
    ['list of hashes', 'filesha256:lists/x.lst;', 'a'.repeat(64), 'abc'],
  ])('finds the line for which a %s is refused', async (_, match, good, bad) => {
    const { exporter } = await staged([]);
    const rule = (sid: number) => `alert ip any any -> any any (msg:"x"; ${match} sid:${sid}; rev:1;)\n`;
    const files = new Map([
      ['misp.rules', `# rules\n${rule(1)}${rule(2)}`],
      ['lists/x.lst', `${`${good}\n`.repeat(30)}${bad}\n`],
      ['misp-pipeline.yaml', '%YAML 1.1\n---\n'],
    ]);
    const dir = inFolder(new Map([...files].map(([path, text]) => [path, { text }])));
    const report = await exporter.check({ dir, files: [...files.keys()] }, signal);
    expect(report?.refused).toEqual([
      { file: 'lists/x.lst', text: bad, message: expect.stringMatching(/^(datasets|detect-file)/) },
    ]);
  });

  it('finds what the include file names where it is, not where the sensor will have it', async () => {
    const address = anIndicator('ipv4', '203.0.113.7', { direction: 'destination' });
    const { check } = await staged([address], { mode: 'datasets', iprep: true, sensorPath: '/nowhere/"misp' });
    expect(await check()).toMatchObject({ accepted: true, messages: [] });
  });

  it('blames nobody when the configuration itself is refused', async () => {
    const config = join(mkdtempSync(join(tmpdir(), 'suricata-')), 'suricata.yaml');
    writeFileSync(config, '%YAML 1.1\n---\nvars: [\n');
    const { check } = await staged(urls(2), { engine: { config } });
    expect(await check()).toMatchObject({ accepted: false, refused: [], runs: 2 });
  });

  it.skipIf(!existsSync(PACKAGED_CONFIG))(
    'asks under the settings of a sensor (needs the packaged suricata.yaml)',
    async () => {
      const { check } = await staged(urls(2), { engine: { config: PACKAGED_CONFIG } });
      expect(await check()).toMatchObject({ accepted: true, messages: [], runs: 1 });
    },
  );

  it('works in folders whose names mean something to a shell', async () => {
    const { exporter, files, output } = await staged(urls(3));
    const dir = join(mkdtempSync(join(tmpdir(), 'suricata [a]*? $(x) ')));
    for (const [path, { text }] of output.files) if (!path.includes('/')) writeFileSync(join(dir, path), text);
    expect(await exporter.check({ ...files, dir }, signal)).toMatchObject({ accepted: true });
  });
});

describe('check without an engine', () => {
  it('says nothing', async () => {
    const { check } = await staged(urls(2), { engine: { command: ['no-such-suricata'] } });
    expect(await check()).toBeUndefined();
  });
});

describe('check with an engine that names nothing', () => {
  /** Refuses a set of rules that holds a certain text, and says no more than its version. */
  const silent = (text: string) => ['sh', '-c', `echo ' Suricata version 7'; ! cat $7 | grep -q ${text}`, 'suricata'];

  it('searches, and counts the runs', async () => {
    const { check } = await staged(urls(100), { mode: 'rules', engine: { command: silent('u77.example') } });
    const report = (await check()) as CheckReport;
    expect(report.refused.map(({ text }) => text?.includes('u77.example'))).toEqual([true]);
    expect(report.runs).toBeLessThan(20);
  });
});
