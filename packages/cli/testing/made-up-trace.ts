import type { Indicator, IndicatorKind } from '@misp-pipeline/core';
import { anEvent, anIndicator, anOrigin } from '@misp-pipeline/testing';
import { PageTrace } from '../src/page/trace/page-trace.ts';

const KINDS: readonly IndicatorKind[] = ['domain', 'ipv4', 'url', 'sha256', 'email-src', 'filename'];
const ORGANISATIONS = ['CIRCL', 'Example CERT', 'Blue Team'];

/** The trace of a run with so many exported and dropped indicators of every common kind. */
export function aPageTrace({
  exported = 60,
  dropped = 60,
  limit,
}: {
  exported?: number;
  dropped?: number;
  limit?: number;
} = {}): PageTrace {
  const trace = new PageTrace(limit);
  for (let i = 0; i < exported; i++) {
    const indicator = madeUp(i, 'bad');
    trace.normalised('cert', indicator);
    trace.placed('suricata', indicator);
    if (i % 3 === 0) trace.placed('sigma', indicator);
    else trace.dropped('tlp', 'sigma', indicator, 'tlp:amber', 'max is green');
  }
  for (let i = 0; i < dropped; i++) {
    const indicator = madeUp(i, 'popular');
    trace.dropped(
      'warninglists',
      undefined,
      indicator,
      'warninglist:tranco',
      'hostname: entry `example` of "Top 1 000 000"',
    );
  }
  trace.dropped('tlp', undefined, anIndicator('domain', 'secret.example', { tlp: 'red' }), 'tlp:red', 'max is amber');
  trace.normalised('cert', anIndicator('domain', 'secret.example', { tlp: 'red' }));
  trace.skipped('suricata', anIndicator('imphash', 'f34d5f2d4577ed6d9ceec516c1f5a744'), 'unsupported:imphash');
  trace.rejected('cert', 'rejected:invalid-host', { value: 'not a\u200bhost', place: 'event 5f6d, attribute 17' });
  trace.rejected('cert', 'withdrawn:deleted', { value: 'gone.example', place: 'event 5f6d, attribute 18' });
  return trace;
}

function madeUp(i: number, word: string): Indicator {
  const kind = KINDS[i % KINDS.length] ?? 'domain';
  const org = ORGANISATIONS[i % ORGANISATIONS.length] ?? '';
  const event = anEvent({ title: `Campaign ${i % 7}`, org });
  return anIndicator(kind, valueOfKind(kind, i, word), {
    tlp: i % 3 === 0 ? 'green' : 'amber',
    origins: [anOrigin({ event })],
  });
}

function valueOfKind(kind: IndicatorKind, i: number, word: string): string {
  if (kind === 'ipv4') return `198.51.${Math.floor(i / 250) % 250}.${i % 250}`;
  if (kind === 'url') return `https://${word}-${i}.example/drop/${i}?id=${i}`;
  if (kind === 'sha256') return i.toString(16).padStart(64, 'a');
  if (kind === 'email-src') return `billing-${i}@${word}.example`;
  return kind === 'filename' ? `invoice-${word}-${i}.exe` : `${word}-${i}.example`;
}
