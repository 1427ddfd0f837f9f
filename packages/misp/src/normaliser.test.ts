import type { Indicator, RejectedRecord, SourceProblem } from '@misp-pipeline/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Normaliser, type NormaliserOptions } from './normaliser.ts';

const EVENT_UUID = '2c0f5c3e-1f0a-4a52-8a6c-0e4c2d7b9a10';
const UUID = '5b1d3c1e-8a61-4b0e-9d5d-6f1f5a6d2c11';

function record(options: Partial<NormaliserOptions> = {}) {
  const into: Indicator[] = [];
  const rejected: (RejectedRecord & { reason: string })[] = [];
  const problems: SourceProblem[] = [];
  let read = 0;
  const normaliser = new Normaliser(
    { source: 'cert', toIds: true, published: true, ...options },
    {
      read: (records) => {
        read += records;
      },
      reject: (reason, rejection) => rejected.push({ reason, ...rejection }),
      problem: (problem) => problems.push(problem),
      sync() {},
      asOf() {},
      withdrawn() {},
    },
  );
  return { normaliser, into, rejected, problems, read: () => read };
}

function anAttribute(fields: Record<string, unknown> = {}) {
  return { uuid: UUID, type: 'domain', category: 'Network activity', to_ids: true, value: 'evil.example', ...fields };
}

/** What becomes of one event. */
function normalised(event: Record<string, unknown>, options: Partial<NormaliserOptions> = {}) {
  const run = record(options);
  run.normaliser.addDocument({ Event: { uuid: EVENT_UUID, ...event } }, 'feed/a.json', run.into);
  return run;
}

/** What becomes of one attribute of a plain event. */
function ofAttribute(fields: Record<string, unknown>, options: Partial<NormaliserOptions> = {}) {
  return normalised({ Attribute: [anAttribute(fields)] }, options);
}

describe('an indicator', () => {
  it('carries all that event and attribute say', () => {
    const { into } = normalised(
      {
        id: '12',
        info: 'Phishing wave',
        date: '2026-11-20',
        threat_level_id: '2',
        published: true,
        timestamp: '1763971300',
        Orgc: { name: 'Example CERT' },
        Tag: [{ name: 'tlp:green' }, { name: 'misp-galaxy:mitre-attack-pattern="DNS - T1071.004"' }],
        Attribute: [
          anAttribute({
            uuid: UUID.toUpperCase(),
            comment: 'stage 2',
            timestamp: '1763971200',
            first_seen: '2026-11-19T08:00:00.000000+00:00',
            last_seen: 1763971100,
            Tag: [{ name: 'osint:certainty="75"' }],
          }),
        ],
      },
      { eventLink: ({ uuid, id }) => `https://misp.example/events/view/${id}#${uuid}` },
    );
    expect(into).toEqual([
      {
        kind: 'domain',
        value: 'evil.example',
        direction: undefined,
        port: undefined,
        companions: [],
        tlp: 'green',
        tags: ['misp-galaxy:mitre-attack-pattern="DNS - T1071.004"', 'osint:certainty="75"', 'tlp:green'],
        techniques: ['T1071.004'],
        severity: 'medium',
        confidence: 75,
        firstSeen: Date.UTC(2026, 10, 19, 8) / 1000,
        lastSeen: 1763971100,
        updated: 1763971200,
        sharedHost: false,
        origins: [
          {
            source: 'cert',
            event: {
              uuid: EVENT_UUID,
              title: 'Phishing wave',
              date: '2026-11-20',
              org: 'Example CERT',
              link: `https://misp.example/events/view/12#${EVENT_UUID}`,
            },
            attribute: UUID,
            type: 'domain',
            category: 'Network activity',
            comment: 'stage 2',
          },
        ],
      },
    ]);
  });

  it('needs nothing but a type and a value', () => {
    const { into } = normalised({ Attribute: [{ type: 'domain', value: 'evil.example' }] });
    expect(into[0]).toMatchObject({ tlp: undefined, tags: [], severity: 'unknown', updated: undefined });
    expect(into[0]?.origins[0]).toMatchObject({ category: '', comment: '', event: { title: '', date: '', org: '' } });
  });

  it('keeps a UUID of its own making from run to run', () => {
    const first = normalised({ uuid: 'x', Attribute: [anAttribute({ uuid: null })] }).into[0]?.origins[0];
    const second = normalised({ uuid: 'x', Attribute: [anAttribute({ uuid: '' })] }).into[0]?.origins[0];
    expect(first?.attribute).toMatch(/^[0-9a-f-]{36}$/);
    expect(first?.event.uuid).toMatch(/^[0-9a-f-]{36}$/);
    expect(second).toEqual(first);
  });

  it('ignores optional fields that make no sense', () => {
    const nonsense = {
      timestamp: 'soon',
      first_seen: 'long ago',
      last_seen: {},
      comment: [],
      category: 7,
      Tag: 'tlp:red',
    };
    const { into, rejected } = ofAttribute(nonsense);
    expect(rejected).toEqual([]);
    expect(into[0]).toMatchObject({ firstSeen: undefined, lastSeen: undefined, updated: undefined, tags: [] });
  });

  it('takes the time of its event when it has none', () => {
    expect(normalised({ timestamp: 1763971300, Attribute: [anAttribute()] }).into[0]?.updated).toBe(1763971300);
  });

  it('shares event and tags with its siblings', () => {
    const { into } = normalised({
      Tag: [{ name: 'tlp:green' }],
      Attribute: [anAttribute(), anAttribute({ value: 'b.example' })],
    });
    expect(into[1]?.tags).toBe(into[0]?.tags);
    expect(into[1]?.origins[0]?.event).toBe(into[0]?.origins[0]?.event);
  });

  it('names its companions when a composite holds several', () => {
    const { into } = ofAttribute({ type: 'domain|ip', value: 'evil.example|192.0.2.1' });
    expect(into.map(({ kind, value, direction, companions }) => ({ kind, value, direction, companions }))).toEqual([
      { kind: 'domain', value: 'evil.example', direction: undefined, companions: ['ipv4:192.0.2.1'] },
      { kind: 'ipv4', value: '192.0.2.1', direction: 'destination', companions: ['domain:evil.example'] },
    ]);
    expect(into[1]?.origins).toBe(into[0]?.origins);
  });
});

describe('a label', () => {
  const tlp = (event: string[], object: string[], attribute: string[]) =>
    normalised({
      Tag: event.map((name) => ({ name })),
      Object: [
        {
          Tag: object.map((name) => ({ name })),
          Attribute: [anAttribute({ Tag: attribute.map((name) => ({ name })) })],
        },
      ],
    }).into[0]?.tlp;

  it('is the strictest of event, object and attribute', () => {
    expect(tlp(['tlp:red'], [], ['tlp:green'])).toBe('red');
    expect(tlp(['tlp:green'], ['TLP:Amber'], ['tlp:white'])).toBe('amber');
    expect(tlp([], [], ['tlp:amber+strict'])).toBe('amber+strict');
    expect(tlp(['tlp:clear'], [], ['tlp:ex:chr'])).toBe('unknown');
    expect(tlp(['type:OSINT'], [], [])).toBeUndefined();
  });
});

describe('severity', () => {
  it('is that of the event unless a tag says otherwise', () => {
    const event = { threat_level_id: 1, Attribute: [anAttribute()] };
    expect(normalised(event).into[0]?.severity).toBe('high');
    expect(normalised({ ...event, Tag: [{ name: 'misp:threat-level="low-risk"' }] }).into[0]?.severity).toBe('low');
    expect(normalised({ ...event, threat_level_id: '4' }).into[0]?.severity).toBe('unknown');
  });
});

describe('objects', () => {
  it('give their attributes times, and take them along when they are deleted', () => {
    const Attribute = [anAttribute()];
    const seen = normalised({ Object: [{ first_seen: '2026-11-01', last_seen: '2026-11-02', Attribute }] });
    expect(seen.into[0]).toMatchObject({
      firstSeen: Date.UTC(2026, 10, 1) / 1000,
      lastSeen: Date.UTC(2026, 10, 2) / 1000,
    });
    expect(normalised({ Object: [{ deleted: '1', Attribute }] }).rejected).toMatchObject([
      { reason: 'skipped:deleted' },
    ]);
  });
});

describe('what is left out', () => {
  it.each([
    ['skipped:deleted', { deleted: true }],
    ['skipped:deleted', { deleted: '1', to_ids: false }],
    ['skipped:to_ids', { to_ids: false }],
    ['skipped:to_ids', { to_ids: '0', type: 'comment' }],
    ['skipped:to_ids', { to_ids: undefined, type: 'user-agent' }],
    ['rejected:unmapped-type', { type: 'btc' }],
    ['rejected:unmapped-type', { type: 7 }],
    ['rejected:empty', { value: ' \n ' }],
    ['rejected:empty', { value: null }],
    ['rejected:empty', { value: { a: 1 } }],
    ['rejected:too-long', { value: `${'a.'.repeat(2048)}b` }],
    ['rejected:too-long', { type: 'yara', value: 'a'.repeat(65_537) }],
    ['rejected:invalid-host', { value: 'evil$.example' }],
  ])('is counted as %s', (reason, fields) => {
    const { into, rejected, read } = ofAttribute(fields);
    expect(rejected.map((rejection) => rejection.reason)).toEqual([reason]);
    expect(into).toEqual([]);
    expect(read()).toBe(1);
  });

  it.each([1, '1', 'true', true, undefined])('does not include a to_ids of %j', (to_ids) => {
    expect(ofAttribute({ to_ids }).into).toHaveLength(1);
  });

  it('does not include unmarked attributes when marks make no difference', () => {
    expect(ofAttribute({ to_ids: false }, { toIds: false }).into).toHaveLength(1);
  });

  it('includes types that the options do not name', () => {
    const types = new Set(['url']);
    expect(ofAttribute({}, { types }).rejected).toMatchObject([{ reason: 'skipped:type' }]);
    expect(ofAttribute({ type: 'url', value: 'http://evil.example/' }, { types }).into).toHaveLength(1);
  });

  it('includes events that are not published, unless the options say so', () => {
    const event = { published: '0', Attribute: [anAttribute()] };
    expect(normalised(event).rejected).toMatchObject([{ reason: 'skipped:unpublished' }]);
    expect(normalised(event, { published: false }).into).toHaveLength(1);
  });

  it('is quoted as it stands, however long, with its place', () => {
    const value = `${'x'.repeat(300)} y`;
    expect(ofAttribute({ value }).rejected).toEqual([
      { reason: 'rejected:invalid-host', value, place: `event ${EVENT_UUID} attribute ${UUID}` },
    ]);
  });

  it.each([null, 'text', 7, []])('includes %j in the place of an attribute', (attribute) => {
    const { rejected, read } = normalised({ Attribute: [attribute] });
    expect(rejected).toMatchObject([{ reason: 'rejected:malformed-attribute' }]);
    expect(read()).toBe(1);
  });
});

describe('addDocument', () => {
  it('reports a document without an event', () => {
    const { normaliser, into, problems } = record();
    normaliser.addDocument({ name: 'Not Found' }, 'https://feed.example/a.json', into);
    expect(problems).toEqual([{ message: 'holds no MISP event', place: 'https://feed.example/a.json' }]);
  });

  it('survives any document, and accounts for all that it reads', () => {
    const field = fc.constantFrom(
      ...['Event', 'response', 'Attribute', 'Object', 'Tag', 'Galaxy', 'GalaxyCluster', 'Orgc', 'meta', '__proto__'],
      ...['name', 'type', 'value', 'uuid', 'info', 'date', 'to_ids', 'deleted', 'timestamp', 'first_seen', 'published'],
    );
    const leaf = fc.oneof(
      fc.constantFrom('domain', 'ip-dst|port', 'url', 'filename|md5', 'evil.example', 'tlp:red', '1', ''),
      fc.string({ unit: 'binary' }),
      fc.double(),
      fc.boolean(),
      fc.constant(null),
    );
    const { document } = fc.letrec((tie) => ({
      document: fc.oneof(
        { depthSize: 'medium' },
        leaf,
        fc.array(tie('document'), { maxLength: 4 }),
        fc.dictionary(field, tie('document'), { maxKeys: 6 }),
      ),
    }));
    fc.assert(
      fc.property(document, (any) => {
        const { normaliser, into, rejected, read } = record({ toIds: false, published: false });
        normaliser.addDocument({ Event: { Attribute: [any, anAttribute({ Tag: any })], Object: any } }, 'a.json', into);
        normaliser.addDocument(any, 'b.json', into);
        normaliser.addAttribute(any, into);
        expect(new Set(into.map(({ origins }) => origins)).size + rejected.length).toBe(read());
      }),
      { numRuns: 2000 },
    );
  });
});

describe('addAttribute', () => {
  const row = anAttribute({
    Event: { id: '12', uuid: EVENT_UUID, info: 'Phishing wave' },
    Tag: [{ name: 'tlp:amber', inherited: 1 }, { name: 'tlp:green' }],
  });

  it('reads the embedded event and inherited tags', () => {
    const { normaliser, into, read } = record();
    normaliser.addAttribute(row, into);
    expect(into[0]).toMatchObject({ tlp: 'amber', tags: ['tlp:amber', 'tlp:green'] });
    expect(into[0]?.origins[0]?.event).toMatchObject({ uuid: EVENT_UUID, title: 'Phishing wave' });
    expect(read()).toBe(1);
  });

  it('gives all attributes of an event the same event', () => {
    const { normaliser, into } = record();
    normaliser.addAttribute(structuredClone(row), into);
    normaliser.addAttribute(structuredClone(row), into);
    expect(into[1]?.origins[0]?.event).toBe(into[0]?.origins[0]?.event);
    expect(into[1]?.tags).toBe(into[0]?.tags);
  });

  it('reads the tags and the flags of an event in full', () => {
    const { normaliser, into, rejected } = record();
    const Event = { uuid: EVENT_UUID, published: false, Tag: [{ name: 'tlp:red' }], Orgc: { name: 'Example CERT' } };
    normaliser.addAttribute(anAttribute({ Event }), into);
    expect(rejected).toMatchObject([{ reason: 'skipped:unpublished' }]);
  });

  it.each([
    ['the same event', { uuid: EVENT_UUID }],
    ['an event without number and UUID', {}],
  ])('takes the label that comes along, whatever came along with %s before', (_what, event) => {
    const { normaliser, into } = record();
    const labels = ['tlp:green', 'tlp:red', 'tlp:green'];
    for (const name of labels) normaliser.addAttribute(anAttribute({ Event: { ...event, Tag: [{ name }] } }), into);
    expect(into.map(({ tlp }) => tlp)).toEqual(['green', 'red', 'green']);
  });

  it('names the event by event_uuid or event_id when it does not come along', () => {
    const { normaliser, into } = record();
    normaliser.addAttribute(anAttribute({ event_uuid: EVENT_UUID }), into);
    normaliser.addAttribute(anAttribute({ event_id: '12' }), into);
    normaliser.addAttribute(anAttribute({ event_id: '13' }), into);
    const uuids = into.map(({ origins }) => origins[0]?.event.uuid);
    expect(uuids[0]).toBe(EVENT_UUID);
    expect(new Set(uuids).size).toBe(3);
  });

  it('counts what is no attribute', () => {
    const { normaliser, into, rejected, read } = record();
    normaliser.addAttribute(null, into);
    expect(rejected).toMatchObject([{ reason: 'rejected:malformed-attribute' }]);
    expect(read()).toBe(1);
  });
});
