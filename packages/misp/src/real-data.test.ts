import { existsSync, globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Indicator, RejectedRecord } from '@misp-pipeline/core';
import { describe, expect, it } from 'vitest';
import { candidatesOf } from './candidates.ts';
import { isRecord, listOf } from './fields.ts';
import { Normaliser } from './normaliser.ts';

const data = process.env.MISP_PIPELINE_DATA ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url));
const absent = !existsSync(data);

interface Result {
  readonly into: Indicator[];
  readonly rejected: (RejectedRecord & { reason: string })[];
  readonly problems: string[];
  read: number;
}

function normalise(feed: (normaliser: Normaliser, into: Indicator[]) => void): Result {
  const result: Result = { into: [], rejected: [], problems: [], read: 0 };
  const intake = {
    read: (records: number) => {
      result.read += records;
    },
    reject: (reason: string, record: RejectedRecord) => {
      result.rejected.push({ reason, ...record });
    },
    problem: ({ place }: { place: string }) => {
      result.problems.push(place.slice(place.lastIndexOf('/') + 1));
    },
    sync() {},
    asOf() {},
    withdrawn() {},
  };
  feed(new Normaliser({ source: 'test', toIds: false, published: false }, intake), result.into);
  return result;
}

/** Every JSON file below a folder that parses, as events. */
function normaliseFolder(folder: string): Result {
  const paths = globSync(`${folder}/**/*.json`, { cwd: data })
    .filter((path) => !path.endsWith('manifest.json') && !path.includes('malformed') && !path.includes('misp-broken'))
    .sort();
  return normalise((normaliser, into) => {
    for (const path of paths) normaliser.addDocument(JSON.parse(readFileSync(`${data}/${path}`, 'utf8')), path, into);
  });
}

/** The recorded pages of attributes/restSearch. */
function normaliseRecordings(pattern: string): Result {
  return normalise((normaliser, into) => {
    for (const path of globSync(`misp-recordings/recordings/${pattern}`, { cwd: data }).sort()) {
      for (const attribute of attributesOf(`${data}/${path}`)) normaliser.addAttribute(attribute, into);
    }
  });
}

function attributesOf(recording: string): readonly unknown[] {
  const { body } = JSON.parse(readFileSync(recording, 'utf8')).response;
  const answer: unknown = typeof body === 'string' && body.startsWith('{') ? JSON.parse(body) : body;
  return isRecord(answer) && isRecord(answer.response) ? listOf(answer.response.Attribute) : [];
}

function tally(values: Iterable<string>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

/** Each record is either behind one or more indicators or among the rejected ones. */
function expectAllAccountedFor({ into, rejected, read }: Result): void {
  const yielding = new Set(into.map(({ origins }) => origins)).size;
  expect(yielding + rejected.length).toBe(read);
}

/** Reading a value once more gives the same value. */
function expectAllCanonical({ into }: Result): void {
  const wrong = new Set<string>();
  for (const { kind, value } of into) {
    if (!candidatesOf(value).some((candidate) => candidate.kind === kind && candidate.value === value)) {
      wrong.add(`${kind}:${value}`);
    }
  }
  expect([...wrong]).toEqual([]);
}

function faults({ rejected }: Result): string[] {
  return rejected
    .filter(({ reason }) => reason.startsWith('rejected:') && reason !== 'rejected:unmapped-type')
    .map(({ reason, value }) => `${reason} ${value.slice(0, 40)}`);
}

const results = new Map<string, Result>();

/** The result of a folder, which is read once. */
function resultOf(folder: string): Result {
  const result = results.get(folder) ?? normaliseFolder(folder);
  results.set(folder, result);
  return result;
}

describe.skipIf(absent)('real events (need MISP_PIPELINE_DATA)', () => {
  it.each(['events', 'misp-feed', 'feeds-from-server'])(
    'in %s are accounted for to the last attribute, and canonical',
    (folder) => {
      const result = resultOf(folder);
      expect(result.into.length).toBeGreaterThan(100);
      expectAllAccountedFor(result);
      expectAllCanonical(result);
    },
  );

  it('in events: four files hold no event, and only broken names are rejected', () => {
    const result = resultOf('events');
    expect(result.problems).toEqual([
      'git-vuln-finder-quagga.json',
      'search_index_result.json',
      'sharing_groups.json',
      'sighting.json',
    ]);
    expect(faults(result).sort()).toEqual([
      "rejected:invalid-host broken.circl's.domain",
      "rejected:invalid-host circl's.wrong.domain|149.13.33.14",
      "rejected:invalid-host circl's.wrong.hostname",
      "rejected:invalid-host wrong.circl's.domain",
      "rejected:invalid-host wrong.circl's.domain",
      "rejected:invalid-host wrong.circl's.hostname",
      "rejected:invalid-url https://www.wrong.circl's.url",
    ]);
  });

  it('in misp-feed: only names that are longer than names can be are rejected', () => {
    const result = resultOf('misp-feed');
    expect(result.problems).toEqual([]);
    expect(faults(result).sort()).toEqual([
      'rejected:invalid-host 0xb1lalwww.pxb70.comm1.pxb70.comtk.pxb70',
      'rejected:invalid-host youtue.ccxiechengpay.comwww.xiechengpay.',
      'rejected:invalid-url http://0xb1lalwww.pxb70.comm1.pxb70.comt',
      'rejected:invalid-url http://www.youtue.ccxiechengpay.comwww.x',
    ]);
  });

  it('of a server keep the strictest label of event, object and attribute', () => {
    const result = resultOf('feeds-from-server');
    expect(faults(result)).toEqual([]);
    expect(tally(result.into.map(({ tlp }) => tlp ?? 'none'))).toEqual({
      none: 2,
      clear: 43,
      green: 95,
      amber: 29,
      'amber+strict': 7,
      red: 3,
      unknown: 8,
    });
  });
});

describe.skipIf(absent)('recorded answers of a server (need MISP_PIPELINE_DATA)', () => {
  it('are accounted for to the last attribute, and canonical', () => {
    const result = normaliseRecordings('attr-*.json');
    expect(result.read).toBeGreaterThan(1000);
    expectAllAccountedFor(result);
    expectAllCanonical(result);
    expect(faults(result)).toEqual([]);
  });

  it('give the same labels and techniques with the event in full as with inherited tags', () => {
    const pick = ({ into }: Result) =>
      new Map(into.map(({ kind, value, tlp, tags, techniques }) => [`${kind}:${value}`, { tlp, tags, techniques }]));
    const inherited = pick(normaliseRecordings('attr-event-tags.json'));
    const full = pick(normaliseRecordings('attr-context.json'));
    const shared = [...full.keys()].filter((key) => inherited.has(key));
    expect(shared.length).toBeGreaterThan(5);
    for (const key of shared) expect(full.get(key)).toEqual(inherited.get(key));
  });

  it('carry title, date, organisation and threat level with the event in full', () => {
    const { into } = normaliseRecordings('attr-context.json');
    const mail = into.find(({ value }) => value === 'ceo@evil-mail.example');
    expect(mail).toMatchObject({ kind: 'email-src', tlp: 'amber', severity: 'high', techniques: ['T1566.001'] });
    expect(mail?.origins[0]?.event).toMatchObject({
      title: 'Phishing wave: mail indicators',
      date: '2026-11-20',
      org: 'Beta Bank SOC',
    });
  });
});
