import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { GivenIds } from '@misp-pipeline/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aKnownIndicator, MemoryIndex } from '../../testing/memory-index.ts';
import type { Alert, Observed } from '../alert.ts';
import { ANY_VALUE, meaningOfKey } from '../rules/meaning.ts';
import { SuricataRules } from '../rules/suricata-rules.ts';
import { WazuhRules } from '../rules/wazuh-rules.ts';
import { Mapper } from './mapper.ts';

const LOOKED_UP: Observed = { field: 'dns.query.rrname', value: 'www.evil.example', sight: 'host' };
const DESTINATION: Observed = {
  field: 'dest_ip',
  value: '192.0.2.1',
  sight: 'address',
  direction: 'destination',
  port: 443,
};

const anAlert = (fields: Partial<Alert> = {}): Alert => ({
  ...{ engine: 'suricata', time: 0, rule: 1, says: 'MISP', observed: [LOOKED_UP, DESTINATION] },
  ...fields,
});

const cert = (attribute: string) => ({ source: 'cert', attribute });
const INDEX = new MemoryIndex(
  aKnownIndicator({ kind: 'domain', value: 'evil.example' }, cert('domain'), { ...cert('red'), stopped: 'tlp:red' }),
  aKnownIndicator({ kind: 'hostname', value: 'www.evil.example' }, cert('hostname')),
  aKnownIndicator({ kind: 'ipv4', value: '192.0.2.1', direction: 'source' }, cert('source')),
  aKnownIndicator({ kind: 'ipv4', value: '192.0.2.1', port: 443 }, cert('port')),
  aKnownIndicator({ kind: 'user-agent', value: 'Evil Agent http' }, cert('agent')),
  aKnownIndicator({ kind: 'domain', value: 'only.example' }, { ...cert('x'), stoppedFor: 'ids' }),
);

/** Attributes that an alert of a rule with this key in the ledger saw, or why there are none. */
async function mapped(key: string, alert = anAlert()) {
  const meaning = meaningOfKey(key);
  if (meaning === undefined) throw new Error(key);
  const [mapping] = await new Mapper(INDEX).map([{ alert, rule: { exporter: 'ids', meaning } }]);
  if (mapping === undefined || 'unmapped' in mapping) return mapping?.unmapped;
  return mapping.seen.map(({ attribute }) => attribute);
}

describe('an alert of one rule', () => {
  it('saw the attributes of the indicator that the rule is about, and of no other', async () => {
    expect(await mapped('domain:evil.example dns')).toEqual(['domain']);
    expect(await mapped('hostname:www.evil.example tls')).toEqual(['hostname']);
    expect(await mapped('ipv4:192.0.2.1||443 ip')).toEqual(['port']);
    expect(await mapped('ipv4:192.0.2.1|source| ip')).toEqual(['source']);
  });

  it('is told from the words of the key, also when the value holds blanks', async () => {
    expect(await mapped('user-agent:Evil Agent http http')).toEqual(['agent']);
    expect(await mapped('user-agent:Evil Agent http http decoded')).toEqual(['agent']);
  });

  it('saw nothing that a filter had stopped, in all exporters or in this one', async () => {
    expect(await mapped('domain:only.example dns')).toBe('filtered-out');
  });

  it('saw nothing where the index does not know the indicator any more, or only a host was seen', async () => {
    expect(await mapped('domain:gone.example dns')).toBe('not-in-index');
    expect(await mapped('https:evil.example tls')).toBe('host-only');
  });
});

describe('an alert of a list', () => {
  it('saw what was observed, of the kind of the list', async () => {
    expect(await mapped('misp-domain-2 dns context')).toEqual(['domain']);
    expect(await mapped('misp-hostname dns')).toEqual(['hostname']);
    expect(await mapped('misp-ipv4-443-1-of-2 ip')).toEqual(['port']);
  });

  it('did not see an address at the other end, or with another port', async () => {
    const other: Observed = { ...DESTINATION, direction: 'source', port: 80 };
    expect(await mapped('misp-ipv4 ip', anAlert({ observed: [other] }))).toEqual(['source']);
  });

  it('tells a value that the engine did not log from one that the index does not know', async () => {
    const sha256: Observed = { field: 'fileinfo.sha256', value: 'a'.repeat(64), sight: 'hash' };
    const alert = anAlert({ observed: [DESTINATION, sha256] });
    expect(await mapped('misp-md5 http', alert)).toBe('value-not-in-alert');
    expect(await mapped('misp-sha256 http', alert)).toBe('not-in-index');
    expect(await mapped('misp-cidr ip', alert)).toBe('not-in-index');
    expect(await mapped('misp-domain-2 dns', alert)).toBe('value-not-in-alert');
    expect(await mapped('misp-url-https tls', anAlert())).toBe('value-not-in-alert');
  });

  it('knows nothing of an alert that holds no value at all', async () => {
    const rule = { exporter: undefined, meaning: ANY_VALUE };
    const alert = anAlert({ observed: [] });
    expect(await new Mapper(INDEX).map([{ alert, rule }])).toEqual([{ unmapped: 'value-not-in-alert' }]);
  });
});

describe('an alert of Wazuh', () => {
  const rules = new WazuhRules();
  const wazuh = anAlert({ engine: 'wazuh', rule: 110_020, says: 'MISP: DNS query for listed name www.evil.example' });

  it('saw the values that its description repeats, the closest of them', async () => {
    const rule = rules.ruleOf(wazuh);
    if (rule === undefined) throw new Error('not ours');
    expect(await new Mapper(INDEX).map([{ alert: wazuh, rule }])).toEqual([{ seen: [cert('hostname')] }]);
  });

  it('is ours when its rule is of our block', () => {
    expect([109_999, 110_000, 110_999, 111_000].map((rule) => rules.ruleOf({ ...wazuh, rule }) !== undefined)).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});

describe('the ledger', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ledger-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('says which sids are ours, and what they mean', () => {
    const db = new DatabaseSync(join(folder, 'ids.sqlite'));
    db.exec(`CREATE TABLE ids (stage, key, id, revision, digest);
      INSERT INTO ids VALUES ('exporter-ids', 'domain:evil.example dns', 7, 1, ''),
        ('exporter-other', 'mark', 8, 1, '')`);
    db.close();
    const ledger = GivenIds.open(folder, ['ids']);
    const rules = new SuricataRules({ ledger, sids: { first: 20, last: 29 }, prefix: 'MISP ' });
    expect(rules.ruleOf(anAlert({ rule: 7 }))).toMatchObject({ exporter: 'ids', meaning: { says: 'indicator' } });
    expect(rules.ruleOf(anAlert({ rule: 8 }))).toBeUndefined();
    expect(rules.ruleOf(anAlert({ rule: 25 }))).toMatchObject({ meaning: { says: 'values' } });
    expect(rules.ruleOf(anAlert({ rule: 9, says: 'MISP domain x' }))).toMatchObject({ meaning: { says: 'values' } });
    ledger?.close();
  });
});
