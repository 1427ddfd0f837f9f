import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Indicator, IndicatorKind } from '@misp-pipeline/core';
import { anEvent, anIndicator, anOrigin, render, testServices } from '@misp-pipeline/testing';
import { describe, expect, it } from 'vitest';
import { PACKAGED, SENSOR_PATH, siteConfig } from '../testing/site.ts';
import { inFolder, replay, SURICATA, testConfig, testRules } from '../testing/suricata.ts';
import { SuricataExporter } from './exporter.ts';
import { type SuricataOptions, suricataOptions } from './options.ts';

const data = process.env.MISP_PIPELINE_DATA ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url));
const captures = join(data, 'pcaps');
const sofacy = join(data, 'text-feeds/maltrail-apt_sofacy.txt');

async function exported(indicators: Iterable<Indicator>, options: Partial<SuricataOptions> = {}) {
  const { output } = await render(new SuricataExporter(suricataOptions.parse(options), testServices()), indicators);
  return { folder: inFolder(output.files), output };
}

/** What the engine says of a rule file, beside what was counted. */
async function verdictOn(indicators: Iterable<Indicator>, options: Partial<SuricataOptions> = {}) {
  const { folder, output } = await exported(indicators, options);
  return ['misp.rules', 'misp-quic.rules'].map((file) => {
    const counted = output.files.get(file)?.entries ?? 0;
    // A file without rules is no fault, but the engine complains when it is the only one.
    if (counted === 0) return ACCEPTED;
    const { accepted, loaded, failed, complaints } = testRules(join(folder, file));
    return { accepted, missing: counted - loaded, failed, complaints };
  });
}

const ACCEPTED = { accepted: true, missing: 0, failed: 0, complaints: [] };

/** Each kind of text that a publisher chooses freely. */
const FREE_TEXT: readonly IndicatorKind[] = [
  'user-agent',
  'uri',
  'email',
  'email-src',
  'email-subject',
  'email-attachment',
];

function withText(text: string): Indicator[] {
  const event = anEvent({ title: text });
  const origins = [anOrigin({ event, comment: text })];
  return FREE_TEXT.map((kind) => anIndicator(kind, kind === 'uri' ? `/${text}` : text, { origins }));
}

describe.skipIf(!SURICATA)('the engine (needs suricata)', () => {
  it('takes every ASCII character in every place of a free text', async () => {
    const ascii = Array.from({ length: 94 }, (_, i) => String.fromCharCode(0x21 + i));
    const texts = [...ascii, ...ascii.map((char) => `a${char}b`), ...ascii.map((char) => `\\${char}"`)];
    const urls = ascii.map((char) => anIndicator('url', `http://evil.example/${char}a${char}?${char}`));
    expect(await verdictOn([...texts.flatMap(withText), ...urls])).toEqual([ACCEPTED, ACCEPTED]);
  });

  it('takes text in any script, and text of any length', async () => {
    const texts = [
      '\u202eexe.fdp',
      'زيارة',
      '点击',
      '\u{1f480}\u{1f480}',
      'é'.repeat(1300),
      '"'.repeat(1300),
      'x'.repeat(65_536),
    ];
    expect(await verdictOn(texts.flatMap(withText))).toEqual([ACCEPTED, ACCEPTED]);
  });

  it.each(['rules', 'datasets'] as const)(
    'loads as many of thousands of rules as were written (mode %s)',
    async (mode) => {
      const byNumber = (kind: IndicatorKind, value: (i: number) => string) =>
        Array.from({ length: 500 }, (_, i) => anIndicator(kind, value(i)));
      const hex = (i: number, digits: number) => (i * 2_654_435_761).toString(16).padStart(digits, '0').slice(-digits);
      const indicators = [
        ...byNumber('ipv4', (i) => `203.0.${i >> 8}.${i & 255}`),
        ...byNumber('ipv6', (i) => `2001:db8::1:${(i + 1).toString(16)}`),
        ...byNumber('cidr', (i) => `10.${i >> 4}.${(i & 15) << 4}.0/20`),
        ...byNumber('domain', (i) => `${'sub.'.repeat(i % 5)}d${i}.example`),
        ...byNumber('hostname', (i) => `h${i}.example`),
        ...byNumber('url', (i) => `http://u${i % 7}.example/a${i}?b=${i}`),
        ...byNumber('url', (i) => `https://s${i}.example/a`),
        ...byNumber('url', (i) => `http://list${i}.example/bin.sh`),
        ...byNumber('user-agent', (i) => `agent ${i}; "x"`),
        ...byNumber('ja3', (i) => hex(i, 32)),
        ...byNumber('x509-md5', (i) => hex(i, 32)),
        ...byNumber('x509-sha1', (i) => hex(i, 40)),
        ...byNumber('x509-sha256', (i) => hex(i, 64)),
        ...byNumber('md5', (i) => hex(i, 32)),
        ...byNumber('sha1', (i) => hex(i, 40)),
        ...byNumber('sha256', (i) => hex(i, 64)),
      ];
      expect(await verdictOn(indicators, { mode })).toEqual([ACCEPTED, ACCEPTED]);
    },
  );

  it.skipIf(!PACKAGED)(
    'adds to the site’s own rules by the include file (needs the packaged suricata.yaml)',
    async () => {
      const { folder } = await exported([anIndicator('domain', 'evil.example')], { sensorPath: SENSOR_PATH });
      const verdict = testConfig(siteConfig(folder));
      expect(verdict).toEqual({ accepted: true, loaded: 1 + 3 + 1, failed: 0, complaints: [] });
    },
  );
});

describe.skipIf(!SURICATA || !existsSync(captures) || !existsSync(sofacy))(
  'captures (needs suricata and the data folder)',
  () => {
    const queried = ['drivres-update.info', 'softupdates.info'];

    it.each(['rules', 'datasets'] as const)(
      'alert on the domains of an implant, and on nothing else (mode %s)',
      async (mode) => {
        const listed = readFileSync(sofacy, 'utf8').split('\n');
        expect(queried.filter((name) => listed.includes(name))).toEqual(queried);
        const { folder } = await exported(
          queried.map((name) => anIndicator('domain', name)),
          { mode },
        );
        const rules = join(folder, 'misp.rules');
        const alerts = replay(rules, join(captures, 'sv-dns-sofacy.pcap'));
        if (mode === 'rules') for (const name of queried) expect(alerts.join('\n')).toContain(`MISP domain ${name} `);
        else expect(alerts.length).toBeGreaterThanOrEqual(2);
        for (const benign of ['zeek-http-wikipedia', 'zeek-tls-gstatic', 'sv-tls-ipv6', 'zeek-smtp-dns-tls']) {
          expect(replay(rules, join(captures, `${benign}.pcap`))).toEqual([]);
        }
      },
    );
  },
);
