import { TLP_LABELS } from '@misp-pipeline/core';
import type { KnownIndicator, KnownOrigin } from '@misp-pipeline/lookup';
import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { aKnownDomain, aKnownOrigin } from '../testing/make-known.ts';
import { MemoryIndex } from '../testing/memory-index.ts';
import { aToken, bearer, startService, type TestService } from '../testing/service.ts';

const VALUES = ['a.example', 'b.a.example', 'c.b.a.example', 'other.example'];
const EXPORTERS = ['suricata', 'sigma'];
/** Stands in every text of an attribute that is not for the token. */
const HIDDEN = 'ultraviolet';

const isTold = ({ tlp }: KnownOrigin) => tlp === 'clear' || tlp === 'green';

const stopped = fc.record({
  filter: fc.constant('tlp'),
  reason: fc.constantFrom('tlp:red', 'warninglist:alexa'),
  detail: fc.option(fc.string(), { nil: undefined }),
});

const origin = fc
  .record({
    tlp: fc.constantFrom(undefined, ...TLP_LABELS),
    text: fc.string(),
    confidence: fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined }),
    lastSeen: fc.option(fc.nat(), { nil: undefined }),
    stopped: fc.option(stopped, { nil: undefined }),
    stoppedFor: fc.dictionary(fc.constantFrom(...EXPORTERS), stopped, { noNullPrototype: true }),
  })
  .map(({ text, ...fields }): KnownOrigin => {
    const said = aKnownOrigin(fields);
    const words = isTold(said) ? text : `${HIDDEN}${text}`;
    const event = { uuid: words, title: words, date: words, org: words };
    return { ...said, event, source: words, attribute: words, comment: words, tags: [words], techniques: [words] };
  });

const indicators = fc.uniqueArray(
  fc.record({
    value: fc.constantFrom(...VALUES),
    origins: fc.array(origin, { minLength: 1, maxLength: 4 }),
    places: fc.subarray(EXPORTERS),
  }),
  { selector: ({ value }) => value, minLength: 1 },
);

const known = indicators.map((all) =>
  all.map(({ value, origins, places }) => {
    const artefacts = places.map((exporter) => ({ exporter, file: `${exporter}.rules`, id: undefined }));
    return aKnownDomain(value, { origins, artefacts });
  }),
);

/** The indicator as it would be if nobody had ever said what is hidden. */
function withoutHidden(indicator: KnownIndicator): KnownIndicator[] {
  const origins = indicator.origins.filter(isTold);
  const artefacts = indicator.artefacts.filter(({ exporter }) =>
    origins.some((one) => one.stopped === undefined && !(exporter in one.stoppedFor)),
  );
  return origins.length === 0 ? [] : [{ ...indicator, origins, artefacts }];
}

const JSON_BODY = { 'content-type': 'application/json' };
const LINES_BODY = { 'content-type': 'application/x-ndjson' };

const REQUESTS: readonly (readonly [path: string, body?: string, headers?: Record<string, string>])[] = [
  ...VALUES.map((value) => [`/lookup?value=${value}`] as const),
  ['/lookup?value='],
  ['/lookup?value=a&more=a.example'],
  ['/lookup', JSON.stringify({ values: VALUES }), JSON_BODY],
  ['/lookup', '{"values": "a.example"}', JSON_BODY],
  ['/lookup', '{a.example', JSON_BODY],
  ['/lookup', `${VALUES.join('\n')}\n{"value": 1}\n{`, LINES_BODY],
  ['/lookup', 'a.example', { 'content-type': 'text/plain' }],
  ['/a.example'],
  ['/%zz'],
  ['/openapi.json'],
  ['/livez'],
  ['/readyz'],
  ['/metrics'],
];

/** Requests that the audit log leaves out: probes, and the one whose path cannot be read. */
const UNWRITTEN = 3;

/** Everything that a token for green gets to see, and the audit log and the metrics, without what depends on the time. */
async function everythingTold(all: readonly KnownIndicator[]): Promise<string> {
  const tokens = { green: aToken('green'), operator: aToken('operator', { metrics: true }) };
  const service = await startService(new MemoryIndex(all), { tokens });
  try {
    const told: string[] = [];
    for (const [path, body, headers] of REQUESTS) {
      const method = body === undefined ? 'GET' : 'POST';
      const request = { method, headers: { ...headers, ...bearer('green') }, ...(body !== undefined && { body }) };
      const answer = await fetch(`${service.url}${path}`, request);
      const kept = [...answer.headers].filter(([name]) => !/^(date|x-ratelimit-.*)$/.test(name));
      told.push(`${path} ${answer.status} ${JSON.stringify(kept)}\n${await answer.text()}`);
    }
    return [...told, await countedBy(service), ...audited(service)].join('\n');
  } finally {
    await service.close();
  }
}

/** The number of indicators is for the operator, and is left out. */
async function countedBy({ url, log }: TestService): Promise<string> {
  await vi.waitFor(() => expect(audited({ log })).toHaveLength(REQUESTS.length - UNWRITTEN));
  const metrics = await (await fetch(`${url}/metrics`, { headers: bearer('operator') })).text();
  return metrics.replace(/^.*(?:duration_seconds|snapshot_indicators).*$/gm, '');
}

function audited({ log }: Pick<TestService, 'log'>): string[] {
  return log.filter((line) => line.includes("token: 'green'") && line.includes('values')).sort();
}

it('tells a token, in any part of any answer, nothing of what lies above its ceiling', async () => {
  const property = fc.asyncProperty(known, async (all) => {
    const told = await everythingTold(all);
    expect(told).not.toContain(HIDDEN);
    expect(told).toBe(await everythingTold(all.flatMap(withoutHidden)));
  });
  await fc.assert(property, { numRuns: 40 });
});
