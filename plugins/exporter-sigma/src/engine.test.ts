import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { canonicalHost, canonicalIp, canonicalUrl, type Indicator } from '@misp-pipeline/core';
import { anIndicator, everyKind, hostileIndicators, type Rendered, render, testServices } from '@misp-pipeline/testing';
import { describe, expect, it } from 'vitest';
import { runPython, runSigma, sigma, unpack } from '../testing/sigma-cli.ts';
import { literal, readRules, valuesOf } from '../testing/sigma-rule.ts';
import { provideLists } from '../testing/validator-lists.ts';
import { SigmaExporter } from './exporter.ts';
import { sigmaOptions } from './options.ts';

const data = process.env.MISP_PIPELINE_DATA ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url));
const feed = join(data, 'misp-feed/tweetfeed');

const CHECK = ['check', '--fail-on-error', '--fail-on-issues', '--validation-config', 'sigma_check.yml', 'rules'];
const SPLUNK = ['convert', '-t', 'splunk', '-p', 'splunk_windows', '-f', 'savedsearches', 'rules'];
const LUCENE = ['convert', '-t', 'lucene', '-p', 'ecs_windows', '-f', 'kibana_ndjson', 'rules'];
const NO_ISSUE = 'Found 0 errors, 0 condition errors and 0 issues.';

function rendered(indicators: Iterable<Indicator>, options: object = {}): Promise<Rendered> {
  return render(new SigmaExporter(sigmaOptions.parse(options), testServices()), indicators);
}

/** Values that validators take for something else, or that differ in case only. */
const TRICKY = [
  anIndicator('user-agent', '12345'),
  anIndicator('user-agent', 'AUTHORITY', { severity: 'low' }),
  anIndicator('user-agent', '**', { severity: 'medium' }),
  anIndicator('url', 'http://evil.example/A?b'),
  anIndicator('url', 'http://evil.example/a?b'),
];

const ALL = [...everyKind(), ...hostileIndicators(), ...TRICKY];

/** Values of the events of a feed, by the MISP type that they have there. */
function* ofFeed(limit: number): Generator<Indicator> {
  let count = 0;
  for (const name of readdirSync(feed).filter((file) => /^[0-9a-f-]{36}\.json$/.test(file))) {
    for (const { type, value } of JSON.parse(readFileSync(join(feed, name), 'utf8')).Event.Attribute) {
      const indicator = fromAttribute(type, value);
      if (indicator === undefined) continue;
      if (++count > limit) return;
      yield indicator;
    }
  }
}

function fromAttribute(type: string, text: string): Indicator | undefined {
  if (type === 'md5' || type === 'sha256') return anIndicator(type, text.toLowerCase());
  const ip = type === 'ip-dst' ? canonicalIp(text) : undefined;
  if (ip !== undefined) return anIndicator(ip.kind, ip.value, { direction: 'destination' });
  const value = type === 'url' ? canonicalUrl(text) : canonicalHost(text);
  return value === undefined ? undefined : anIndicator(type === 'url' ? 'url' : 'domain', value);
}

describe.skipIf(!sigma)('sigma-cli accepts (needs sigma)', () => {
  it('every rule of ordinary and hostile indicators, under the config that comes with them', async () => {
    const { output } = await rendered(ALL);
    const { stdout, status } = runSigma(unpack(output.files), CHECK);
    expect(stdout).toContain(NO_ISSUE);
    expect(status).toBe(0);
  });

  it('the same rules with the validators that need lists from the internet', async () => {
    const { output } = await rendered(ALL);
    const dir = unpack(output.files);
    provideLists(dir);
    const online = CHECK.map((argument) => argument.replace('sigma_check', 'sigma_check_online'));
    expect(runSigma(dir, online).stdout).toContain(NO_ISSUE);
  });

  it('a config without exclusions when there are no rules with odd values', async () => {
    const { output } = await rendered([anIndicator('domain', 'evil.example')]);
    expect(runSigma(unpack(output.files), CHECK).stdout).toContain(NO_ISSUE);
  });

  it('every value as it was meant', async () => {
    const { output } = await rendered(ALL);
    const parsed = JSON.parse(runPython(PARSE, unpack(output.files)));
    const wanted = [...readRules(output.files).values()].flatMap((rule) =>
      valuesOf(rule).map(({ field, value }) => [
        rule.id,
        field.split('|')[0],
        typeof value === 'number' ? value : literal(value),
      ]),
    );
    const sorted = (values: readonly unknown[]) => values.map((value) => JSON.stringify(value)).sort();
    expect(sorted(parsed)).toEqual(sorted(wanted));
  });
});

/** Prints each value of each rule as pySigma understands it: rule, field, and the text, or null if it has a wildcard. */
const PARSE = `
import json, os
from pathlib import Path
from sigma.rule import SigmaRule
from sigma.types import SigmaNumber, SigmaString

def plain(value):
    if isinstance(value, SigmaNumber):
        return value.number
    if isinstance(value, SigmaString):
        return ''.join(value.s) if all(isinstance(part, str) for part in value.s) else None
    return value.to_plain()

found = []
for path in sorted(Path(os.environ['HOME']).glob('rules/*/*.yml')):
    rule = SigmaRule.from_yaml(path.read_text(encoding='utf-8'))
    for detection in rule.detection.detections.values():
        for item in detection.detection_items:
            found += [[str(rule.id), item.field, plain(value)] for value in item.original_value]
print(json.dumps(found))
`;

describe.skipIf(!sigma)('sigma-cli converts (needs sigma)', () => {
  it('every rule of ordinary and hostile indicators for Splunk', async () => {
    const { output } = await rendered(ALL);
    const { stdout, status } = runSigma(unpack(output.files), SPLUNK);
    expect(status).toBe(0);
    expect(stdout.match(/^\[(?!default\]).*\]$/gm)).toHaveLength(readRules(output.files).size);
  });

  it('every rule of ordinary and hostile indicators for Elasticsearch, under its id', async () => {
    const { output } = await rendered(ALL);
    const { stdout, status } = runSigma(unpack(output.files), LUCENE);
    expect(status).toBe(0);
    const converted = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).id);
    expect(converted.sort()).toEqual([...readRules(output.files).values()].map(({ id }) => id).sort());
  });

  it('a domain to itself and the names below it', async () => {
    const { output } = await rendered([anIndicator('domain', 'evil.example')], { logsources: ['dns'] });
    const convert = ['convert', '-t', 'splunk', '--without-pipeline', 'rules'];
    expect(runSigma(unpack(output.files), convert).stdout.trim()).toBe('query IN ("evil.example", "*.evil.example")');
  });

  it.skipIf(!existsSync(feed))('every rule of a real feed (needs the data folder)', async () => {
    const { output } = await rendered(ofFeed(5000));
    const dir = unpack(output.files);
    expect(runSigma(dir, CHECK).stdout).toContain(NO_ISSUE);
    const { stdout, status } = runSigma(dir, LUCENE);
    expect(status).toBe(0);
    expect(stdout.trim().split('\n')).toHaveLength(readRules(output.files).size);
  });
});
