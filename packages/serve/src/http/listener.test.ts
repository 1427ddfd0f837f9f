import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MemoryIndex } from '../../testing/memory-index.ts';
import { OPTIONS, startService, type TestService } from '../../testing/service.ts';

let service: TestService;

beforeEach(async () => {
  service = await startService(new MemoryIndex([]), { limits: { ...OPTIONS.limits, timeout: 1, connections: 4 } });
});

afterEach(() => service.close());

/** What the service answers to some bytes, before it hangs up. */
function answerTo(bytes: string): Promise<string> {
  const { hostname, port } = new URL(service.url);
  const socket = connect(Number(port), hostname, () => socket.write(bytes));
  return text(socket);
}

describe('the listener', () => {
  it.each([
    ['what is no HTTP', 'GET evil\r\n\r\n', '400 Bad Request', 'the request cannot be read'],
    ['large headers', `GET / HTTP/1.1\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`, '431 ', 'the headers are too large'],
  ])('answers %s with one problem, and hangs up', async (_what, bytes, status, detail) => {
    const answer = await answerTo(bytes);
    expect(answer).toContain(`HTTP/1.1 ${status}`);
    const [, body = ''] = answer.split('\r\n\r\n');
    expect(JSON.parse(body)).toMatchObject({ detail });
  });

  it('hangs up on headers that never end', async () => {
    const { hostname, port } = new URL(service.url);
    const socket = connect(Number(port), hostname, () => socket.write('GET / HTTP/1.1\r\n'));
    const drip = setInterval(() => socket.write('a: b\r\n'), 100);
    socket.on('error', () => {});
    const answer = await text(socket);
    clearInterval(drip);
    expect(answer).toContain('HTTP/1.1 408 Request Timeout');
  });

  it('keeps nobody waiting for more connections than it has', async () => {
    const { hostname, port } = new URL(service.url);
    const idle = Array.from({ length: 4 }, () => connect(Number(port), hostname));
    await Promise.all(idle.map((socket) => new Promise((resolve) => socket.once('connect', resolve))));
    await expect(fetch(`${service.url}/livez`)).rejects.toThrow();
    for (const socket of idle) socket.destroy();
    await expect.poll(async () => (await fetch(`${service.url}/livez`)).status).toBe(200);
  });
});
