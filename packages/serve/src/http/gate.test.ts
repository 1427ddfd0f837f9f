import { afterEach, describe, expect, it, vi } from 'vitest';
import { aKnownDomain, aKnownOrigin } from '../../testing/make-known.ts';
import { MemoryIndex } from '../../testing/memory-index.ts';
import { aToken, bearer, OPTIONS, startService, type TestService, tokenText } from '../../testing/service.ts';
import type { ServeOptions } from '../options.ts';

const INDEX = new MemoryIndex([
  aKnownDomain('green.example'),
  aKnownDomain('amber.example', { origins: [aKnownOrigin({ tlp: 'amber' })] }),
  aKnownDomain('red.example', { origins: [aKnownOrigin({ tlp: 'red' })] }),
  aKnownDomain('unmarked.example', { origins: [aKnownOrigin({ tlp: undefined })] }),
]);
const TOKENS = { siem: aToken('siem'), soc: aToken('soc', { max: 'amber', metrics: true }) };

let service: TestService;

async function start(options: Partial<ServeOptions> = {}): Promise<void> {
  service = await startService(INDEX, options);
}

afterEach(() => service.close());

function ask(value: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${service.url}/lookup?value=${value}`, { headers });
}

async function verdict(value: string, token: string): Promise<unknown> {
  const answer = (await (await ask(value, bearer(token))).json()) as { verdict: unknown };
  return answer.verdict;
}

async function metric(line: string, token: string): Promise<void> {
  await vi.waitFor(async () => {
    const metrics = await fetch(`${service.url}/metrics`, { headers: bearer(token) });
    expect(await metrics.text()).toContain(`misp_pipeline_serve_${line}\n`);
  });
}

describe('without tokens', () => {
  it('tells up to the ceiling of the config', async () => {
    await start({ max: 'amber' });
    expect(await verdict('amber.example', '')).toBe('live');
    expect(await verdict('unmarked.example', '')).toBe('live');
    expect(await verdict('red.example', '')).toBe('absent');
  });

  it('refuses a browser that came by a foreign name', async () => {
    await start();
    const { port } = new URL(service.url);
    const { get } = await import('node:http');
    const status = await new Promise((resolve) => {
      const headers = { host: `rebound.example:${port}` };
      get(`${service.url}/lookup?value=green.example`, { headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
    });
    expect(status).toBe(421);
  });
});

describe('with tokens', () => {
  it('tells each token what lies below its own ceiling', async () => {
    await start({ tokens: TOKENS });
    expect(await verdict('green.example', 'siem')).toBe('live');
    expect(await verdict('amber.example', 'siem')).toBe('absent');
    expect(await verdict('unmarked.example', 'siem')).toBe('absent');
    expect(await verdict('amber.example', 'soc')).toBe('live');
    expect(await verdict('red.example', 'soc')).toBe('absent');
  });

  it('knows a token by its digest', async () => {
    const { createHash } = await import('node:crypto');
    const sha256 = createHash('sha256').update(tokenText('siem')).digest('hex');
    await start({ tokens: { siem: aToken('', { token: undefined, sha256 }) } });
    expect(await verdict('green.example', 'siem')).toBe('live');
  });

  it.each([
    ['no header', {}],
    ['another token', bearer('other')],
    ['another scheme', { authorization: `Basic ${tokenText('siem')}` }],
    ['more than a token', { authorization: `Bearer ${tokenText('siem')} ${tokenText('siem')}` }],
    ['an empty token', { authorization: 'Bearer ' }],
  ])('refuses %s on every route but the probes', async (_what, headers) => {
    await start({ tokens: TOKENS });
    for (const path of ['/lookup?value=a', '/metrics', '/openapi.json', '/nowhere']) {
      const answer = await fetch(`${service.url}${path}`, { headers });
      expect([path, answer.status, answer.headers.get('www-authenticate')]).toEqual([path, 401, 'Bearer']);
    }
    for (const path of ['/livez', '/readyz'])
      expect((await fetch(`${service.url}${path}`, { headers })).status).toBe(200);
    await metric('refused_tokens_total 4', 'soc');
  });

  it('shows metrics to those that may read them only', async () => {
    await start({ tokens: TOKENS });
    expect((await fetch(`${service.url}/metrics`, { headers: bearer('siem') })).status).toBe(403);
    expect((await fetch(`${service.url}/metrics`, { headers: bearer('soc') })).status).toBe(200);
  });

  it('limits the rate of each token', async () => {
    await start({ tokens: { ...TOKENS, slow: aToken('slow', { rate: 2 }) } });
    const statuses: number[] = [];
    for (let i = 0; i < 4; i++) statuses.push((await ask('green.example', bearer('slow'))).status);
    expect(statuses).toEqual([200, 200, 429, 429]);
    const answer = await ask('green.example', bearer('slow'));
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await answer.json()).toMatchObject({ status: 429, detail: 'too many requests' });
    expect((await ask('green.example', bearer('siem'))).status).toBe(200);
    await metric('rate_limited_total{token="slow"} 3', 'soc');
  });

  it('limits how often an address may guess, also by routes that are not there', async () => {
    await start({ tokens: TOKENS, rate: 3 });
    const statuses: number[] = [];
    for (const path of ['/lookup?value=a', '/a', '/b', '/c', '/lookup?value=b'])
      statuses.push((await fetch(`${service.url}${path}`, { headers: bearer('guess') })).status);
    expect(statuses).toEqual([401, 401, 401, 429, 429]);
  });
});

describe('the audit log', () => {
  it('has who asked how much and what came of it, but not what', async () => {
    await start({ tokens: TOKENS });
    await ask('green.example', bearer('siem'));
    await vi.waitFor(() => expect(service.log.join('\n')).toContain('siem: GET /lookup 200, 1 values'));
    expect(service.log.join('\n')).toMatch(/token: 'siem',\s+address: '127\.0\.0\.1'[\s\S]*verdicts: \{ live: 1 \}/);
    expect(service.log.join('\n')).not.toContain('green.example');
  });

  it('has the values when the config says so', async () => {
    await start({ tokens: TOKENS, auditValues: true });
    await ask('green.example', bearer('siem'));
    expect(service.log.join('\n')).toContain("looked: [ { value: 'green.example', verdict: 'live' } ]");
  });

  it('never has a token, be it known or not', async () => {
    await start({ tokens: TOKENS, auditValues: true });
    await ask('green.example', bearer('siem'));
    await ask('green.example', bearer('other'));
    await vi.waitFor(() => expect(service.log.join('\n')).toContain('has no token that is known'));
    for (const name of ['siem', 'other']) expect(service.log.join('\n')).not.toContain(tokenText(name));
  });
});

it('cuts off who does not send the body it announced', async () => {
  await start({ limits: { ...OPTIONS.limits, timeout: 1 } });
  const { connect } = await import('node:net');
  const { hostname, port } = new URL(service.url);
  const socket = connect(Number(port), hostname);
  const head = ['POST /lookup HTTP/1.1', 'host: localhost', 'content-type: application/json', 'content-length: 99'];
  socket.write(`${head.join('\r\n')}\r\n\r\n{`);
  const drip = setInterval(() => socket.write(' '), 100);
  socket.on('error', () => {});
  await new Promise((resolve) => socket.once('close', resolve));
  clearInterval(drip);
});
