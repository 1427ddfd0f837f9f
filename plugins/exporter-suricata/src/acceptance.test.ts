import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  canonicalCidr,
  canonicalHost,
  canonicalIp,
  canonicalUrl,
  type Direction,
  type Indicator,
} from '@misp-pipeline/core';
import { anIndicator, render, testServices } from '@misp-pipeline/testing';
import { describe, expect, it } from 'vitest';
import { inFolder, SURICATA } from '../testing/suricata.ts';
import { SuricataExporter } from './exporter.ts';
import { type Mode, suricataOptions } from './options.ts';

const harness =
  process.env.MISP_PIPELINE_HARNESS ?? fileURLToPath(new URL('../../../../shared/harness', import.meta.url));
const suite = join(harness, 'suricata');
const PYTHON = spawnSync('python3', ['-V']).status === 0;

const KINDS = {
  'ja3-fingerprint-md5': 'ja3',
  'ja4-plus': 'ja4',
  'x509-fingerprint-md5': 'x509-md5',
  'x509-fingerprint-sha1': 'x509-sha1',
  'x509-fingerprint-sha256': 'x509-sha256',
  uri: 'uri',
  'user-agent': 'user-agent',
  md5: 'md5',
  sha1: 'sha1',
  sha256: 'sha256',
  'email-src': 'email-src',
  'email-dst': 'email-dst',
  'email-subject': 'email-subject',
  'email-attachment': 'email-attachment',
} as const;

function address(value: string, direction: Direction | undefined, port?: number): Indicator {
  const found = canonicalIp(value) ?? canonicalCidr(value);
  if (found === undefined) throw new Error(`no address: ${value}`);
  return anIndicator(found.kind, found.value, { direction, port });
}

/** What a source makes of the attribute types of the suite. */
function indicatorsOf({ type, value }: { type: string; value: string }): Indicator[] {
  const [first = '', second = ''] = value.split('|');
  if (type === 'domain' || type === 'hostname') return [anIndicator(type, canonicalHost(value) ?? '')];
  if (type === 'domain|ip') return [anIndicator('domain', first), address(second, undefined)];
  if (type.startsWith('ip-')) {
    const direction = type.startsWith('ip-src') ? 'source' : 'destination';
    return [address(first, direction, second === '' ? undefined : Number(second))];
  }
  if (type === 'url') return [anIndicator('url', canonicalUrl(value) ?? '')];
  const kind = KINDS[type as keyof typeof KINDS];
  if (kind === undefined) throw new Error(`type ${type} of the suite is not known here`);
  return [anIndicator(kind, value)];
}

describe.skipIf(!SURICATA || !PYTHON || !existsSync(suite))(
  'the acceptance suite (needs suricata, python3 and the suite)',
  () => {
    for (const mode of ['auto', 'rules', 'datasets'] as const satisfies readonly Mode[]) {
      for (const sensor of ['full', 'stock']) {
        it(`is passed in mode ${mode} on a sensor with ${sensor} settings`, async () => {
          const iocs = JSON.parse(readFileSync(join(suite, 'iocs.json'), 'utf8')) as { type: string; value: string }[];
          const exporter = new SuricataExporter(suricataOptions.parse({ mode }), testServices());
          const { output, skipped } = await render(exporter, iocs.flatMap(indicatorsOf));
          expect(skipped).toEqual([]);
          const args = [join(suite, 'check.py'), inFolder(output.files), join(suite, 'cases.json'), '--sensor', sensor];
          const { status, stdout } = spawnSync('python3', args, { encoding: 'utf8' });
          expect({ status, stdout }).toEqual({
            status: 0,
            stdout: expect.stringMatching(/^\d+ cases: \d+ as expected/),
          });
        });
      }
    }
  },
);
