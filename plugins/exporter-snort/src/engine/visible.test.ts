import { Collector, type Indicator, indicatorKey } from '@misp-pipeline/core';
import { anIndicator, everyKind } from '@misp-pipeline/testing';
import { benignProbes, Listed, type Probe, probesOf } from '@misp-pipeline/traffic';
import { describe, expect, it } from 'vitest';
import { trafficOf } from '../../testing/probe-traffic.ts';
import { renderSnort, rulesFor } from '../../testing/render-rules.ts';
import { type ParsedRule, readRules } from '../../testing/rule-reader.ts';
import { fires } from '../../testing/snort-model.ts';
import type { SnortVersion } from '../options.ts';
import { isVisible } from './visible.ts';

/** Kinds whose rules say in their content what they look for, which is what the model understands. */
const KINDS: ReadonlySet<string> = new Set([
  ...['domain', 'hostname', 'uri', 'user-agent', 'http-method', 'cookie', 'filename', 'pattern-in-traffic'],
  ...['email', 'email-src', 'email-dst', 'email-subject', 'email-attachment', 'email-x-mailer', 'email-message-id'],
  ...['email-reply-to', 'url'],
]);

const MORE: readonly Indicator[] = [
  anIndicator('domain', 'evil.test'),
  anIndicator('hostname', 'c2.evil-host.test'),
  anIndicator('hostname', 'c2.port-host.test', { port: 8080 }),
  anIndicator('url', 'http://url.test/a/gate.php'),
  anIndicator('url', 'http://url.test/a%20b//gate.php?x=1+2'),
  anIndicator('url', 'https://tls.test/stage2.bin'),
  anIndicator('uri', '/panel/gate.php'),
  anIndicator('uri', '/panel/gate%2e.php?a=b'),
  anIndicator('cookie', 'a=b%20c; d="e"'),
  anIndicator('email-message-id', 'bare@evil.test'),
];

const INDICATORS = [...everyKind(), ...MORE].filter(
  ({ kind, value, sharedHost }) => KINDS.has(kind) && !sharedHost && !value.startsWith('ftp:'),
);

function listedOf(indicators: readonly Indicator[]): Listed {
  const collector = new Collector();
  for (const indicator of indicators) collector.add(indicator);
  return new Listed(collector.collected());
}

/** Probes that the rules of an indicator do not answer as they must, as far as a model of Snort can tell. */
async function disagreements(version: SnortVersion): Promise<{ asked: number; wrong: string[] }> {
  const { output, collected } = await renderSnort(INDICATORS, { version });
  const { rules } = readRules(output.text('misp.rules'));
  const textOf = output.text('misp.rules').split('\n');
  const listed = listedOf(INDICATORS);
  const wrong: string[] = [];
  let asked = 0;
  for (const indicator of collected) {
    const texts = new Set(output.placements.filter((p) => p.indicator === indicator).map((p) => p.placement.text));
    const own = rules.filter(({ line }) => texts.has(textOf[line - 1] ?? ''));
    const isSeen = (probe: Probe) =>
      own.some((rule) => trafficOf(probe).some((traffic) => fires(rule, traffic, version)));
    for (const probe of probesOf(indicator, listed).filter((one) => isVisible(one, indicator, version))) {
      asked++;
      if (isSeen(probe) !== probe.mustFire) {
        wrong.push(
          `${indicatorKey(indicator)} ${probe.mustFire ? 'misses' : 'fires on'} ${probe.what} (${probe.aspect})`,
        );
      }
    }
  }
  return { asked, wrong };
}

/** Rules without one look at addresses, of which the model knows nothing. */
function hasContent({ options }: ParsedRule): boolean {
  return options.some(({ name }) => name === 'content');
}

describe.each([3, 2] as const)('probes that rules for Snort %i are expected to tell apart', (version) => {
  it('are told apart, as far as a model of Snort can say', async () => {
    const { asked, wrong } = await disagreements(version);
    expect(wrong).toEqual([]);
    expect(asked).toBeGreaterThan(300);
  });

  it('are not taken for plain traffic', async () => {
    const rules = await rulesFor(INDICATORS, { version });
    const benign = benignProbes(listedOf(INDICATORS));
    const hits = benign.filter((probe) =>
      trafficOf(probe).some((traffic) => rules.some((rule) => hasContent(rule) && fires(rule, traffic, version))),
    );
    expect(hits.map(({ what }) => what)).toEqual([]);
    expect(benign.length).toBeGreaterThan(100);
  });
});
