import type { KnownIndicator } from '@misp-pipeline/lookup';
import { describe, expect, it } from 'vitest';
import { anAnnotator, annotatedLines } from '../../testing/annotating.ts';
import { dnsAlert } from '../../testing/eve.ts';
import { aKnownIndicator } from '../../testing/memory-index.ts';

const EVIL = aKnownIndicator({ kind: 'domain', value: 'evil.example' }, { source: 'cert', attribute: 'a' });
const ALERT = dnsAlert(1, 'www.evil.example');

function labelled(tlp: 'green' | 'red', title: string): KnownIndicator['origins'][number] {
  const [origin] = EVIL.origins;
  if (origin === undefined) throw new Error('an indicator has an origin');
  return { ...origin, attribute: title, tlp, tags: [`of ${title}`], event: { ...origin.event, uuid: title, title } };
}

function withOrigins(...origins: KnownIndicator['origins']): KnownIndicator {
  return { ...EVIL, origins };
}

describe('annotations', () => {
  it('are the last key of the alert, which stays as it came', async () => {
    const line = ALERT.replace('"proto":"UDP"', ' "proto" : "U\\u0044P", "n":1.50 ');
    const [written = ''] = await annotatedLines(anAnnotator([EVIL]), [line]);
    expect(written.startsWith(`${line.slice(0, -1)},"misp":{`)).toBe(true);
    expect(JSON.parse(written).misp).toEqual({
      verdict: 'known',
      matches: [
        {
          ...{ field: 'dns.query.rrname', observed: 'www.evil.example', relation: 'parent-domain' },
          ...{ kind: 'domain', value: 'evil.example', verdict: 'known', severity: 'unknown', tags: [] },
          ...{ events: [{ uuid: 'e', title: '', date: '', org: '' }], artefacts: [] },
        },
      ],
      shortened: false,
    });
  });

  it('are made of what the ceiling lets through alone, and never of red', async () => {
    const both = withOrigins(labelled('red', 'secret'), labelled('green', 'open'));
    const [written = ''] = await annotatedLines(anAnnotator([both]), [ALERT]);
    expect(JSON.parse(written).misp.matches[0]).toMatchObject({ tlp: 'green', tags: ['of open'] });
    expect(written).not.toContain('secret');
    expect(await annotatedLines(anAnnotator([withOrigins(labelled('red', 'secret'))]), [ALERT])).toEqual([ALERT]);
  });

  it('leave out what the filters stopped, unless it is asked for', async () => {
    const stopped = aKnownIndicator(EVIL, { source: 'cert', attribute: 'a', stopped: 'yes' });
    const known = [{ ...EVIL, origins: stopped.origins.map((o) => ({ ...o, stopped: STOP })) }];
    expect(await annotatedLines(anAnnotator(known), [ALERT])).toEqual([ALERT]);
    const [written = ''] = await annotatedLines(anAnnotator(known, { dropped: true }), [ALERT]);
    expect(JSON.parse(written).misp.verdict).toBe('dropped');
  });

  it('hold to the end and the port of the traffic that an address was reported for', async () => {
    const address = aKnownIndicator(
      { kind: 'ipv4', value: '10.9.9.9', direction: 'destination', port: 53 },
      { source: 'cert', attribute: 'a' },
    );
    const lines = [ALERT, ALERT.replace('"dest_port":53', '"dest_port":54'), ALERT.replace('"dest_ip"', '"other"')];
    const annotator = anAnnotator([address]);
    const written = await annotatedLines(annotator, lines);
    expect(written.map((line) => line.includes('"misp"'))).toEqual([true, false, false]);
  });

  it('have a bound, whatever is known', async () => {
    const origins = Array.from({ length: 200 }, (_, i) => ({
      ...labelled('green', `${i} `.padEnd(20_000, 'é')),
      tags: [`tag ${i}`.padEnd(10_000, '\u0007')],
    }));
    const artefacts = Array.from({ length: 200 }, () => ({ exporter: 'suricata', file: 'misp.rules', id: 'sid 1' }));
    const many = Array.from({ length: 30 }, (_, i) => ({ ...EVIL, origins, artefacts, port: i }));
    const [written = ''] = await annotatedLines(anAnnotator(many), [ALERT]);
    expect(written.length).toBeLessThan(40_000);
    expect(written).not.toMatch(/[\x00-\x1f]/);
    expect(JSON.parse(written).misp).toMatchObject({ shortened: true });
  });
});

describe('lines that are not annotated', () => {
  it('pass as they came, and are counted', async () => {
    const annotated = await annotatedLines(anAnnotator([EVIL]), [ALERT]);
    const lines = [
      dnsAlert(1, 'good.example'),
      '{"event_type":"dns","dns":{"rrname":"evil.example"}}',
      ...annotated,
      '{"event_type":"alert", broken evil.example',
      'no JSON \u0000\u009b31m\ufffd',
      `{"event_type":"alert","a":${'['.repeat(100_000)}`,
      `{"event_type":"alert","alert":{"signature_id":1},"timestamp":"never"}`,
    ];
    const annotator = anAnnotator([EVIL]);
    expect(await annotatedLines(annotator, lines)).toEqual(lines);
    expect(annotator.counts).toEqual({ lines: 7, alerts: 2, annotated: 0, unchanged: 7, already: 1, invalid: 4 });
  });

  it('are those with a value too long to be one, of 64 KiB', async () => {
    const lines = [
      dnsAlert(1, `${'a'.repeat(65_536)}.evil.example`),
      dnsAlert(1, '\u0000\u001b[31m\u202e.evil.example'),
    ];
    expect(await annotatedLines(anAnnotator([EVIL]), lines)).toEqual(lines);
  });
});

describe('events that are no alerts', () => {
  const DNS = JSON.stringify({ ...JSON.parse(ALERT), event_type: 'dns', alert: undefined });

  it.each([['all' as const], [new Set(['dns'])]])('are annotated when they are chosen (%o)', async (events) => {
    const [written = ''] = await annotatedLines(anAnnotator([EVIL], { events }), [DNS]);
    expect(JSON.parse(written).misp.matches).toHaveLength(1);
  });

  it('may be nested too deep to be read', async () => {
    const nested = `{"event_type":"dns","a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
    const annotator = anAnnotator([EVIL], { events: 'all' });
    expect(await annotatedLines(annotator, [nested])).toEqual([nested]);
    expect(annotator.counts).toMatchObject({ invalid: 1 });
  });
});

const STOP = { filter: 'f', reason: 'warninglist:x', detail: undefined };
