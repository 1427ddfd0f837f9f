import { describe, expect, it } from 'vitest';
import { run, runQuietly, serve } from '../../testing/administration.ts';

describe('which server', () => {
  it('says what to write when the config has none', async () => {
    const { code, stderr } = await run({}, 'feeds', 'list');
    expect(code).toBe(3);
    expect(stderr).toContain("cert: { use: misp, with: { url: 'https://misp.example.org', key: '${env:MISP_KEY}' } }");
  });

  it('asks which one when there are several', async () => {
    const { server } = await serve();
    const urls = { a: server.url, b: server.url };
    const { code, stderr } = await run(urls, 'feeds', 'list');
    expect(code).toBe(2);
    expect(stderr).toContain('several MISP servers: `a`, `b`');
    expect((await run(urls, 'feeds', 'list', '--source', 'b')).code).toBe(0);
    const unknown = await run(urls, 'feeds', 'list', '--source', '\x1b[31mx');
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain('`\\u{1b}[31mx`');
  });

  it('tells what commander refuses in JSON, too', async () => {
    for (const args of [
      ['feeds', 'enable', '--json'],
      ['feeds', '--json'],
      ['feeds', 'list', '--bogus', '--json'],
    ]) {
      const { code, stdout } = await runQuietly(...args);
      expect(code).toBe(2);
      expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'USAGE', exitCode: 2 } });
    }
  });

  it('tells usage errors in JSON, too', async () => {
    const { stdout } = await run({ a: 'http://127.0.0.1:1', b: 'http://127.0.0.1:1' }, 'feeds', 'list', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'USAGE', exitCode: 2 } });
  });

  it('ends with 5 when it cannot be reached', async () => {
    const { code, stderr } = await run({ cert: 'http://127.0.0.1:1' }, 'feeds', 'list');
    expect(code).toBe(5);
    expect(stderr).toContain('doctor');
  });

  it.each([
    ['HTML', '<html>Sign in</html>'],
    ['something else', { a: 1 }],
    ['a huge answer', JSON.stringify(['x'.repeat(200_000)])],
  ])('ends with 5 and a clear error when it answers %s', async (_, body) => {
    const { cli } = await serve({ instead: () => ({ status: 200, body }) });
    for (const command of ['feeds', 'warninglists']) {
      const { code, stdout, stderr } = await cli(command, 'list');
      expect({ code, stdout }).toEqual({ code: 5, stdout: '' });
      expect(stderr).toMatch(/^error: source `cert`: .*(not JSON|is this a MISP server|more than 100000 bytes)/);
    }
  });
});
