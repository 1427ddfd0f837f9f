import { afterEach, describe, expect, it, vi } from 'vitest';
import { ADD, serve } from '../../testing/administration.ts';

describe('secrets in what is shown', () => {
  const HEADERS = 'X-Key: HeaderSecret99\nX-Odd: q"uo\\te99\nX-Short: abc1';
  const SECRETS = /HeaderSecret99|q\\*"uo|te99|UserSecret99|PassSecret99|Tok(%2F|\/)Secret99|abc1/;
  const url = 'https://UserSecret99:PassSecret99@f.example/c2.csv?key=Tok%2FSecret99';

  afterEach(() => vi.unstubAllEnvs());

  it.each([[[]], [['--json']], [['--log-level', 'trace']]])(
    'are masked when a server repeats them: %j',
    async (more) => {
      vi.stubEnv('FEED_HEADERS', HEADERS);
      const instead = ({ method, body }: { method: string; body: unknown }) =>
        method === 'POST' ? { status: 403, body: { message: `no: ${JSON.stringify(body)} ${HEADERS}` } } : undefined;
      const { cli } = await serve({ instead });
      const { code, stdout, stderr } = await cli(...ADD, '--url', url, '--headers-from-env', 'FEED_HEADERS', ...more);
      expect(code).toBe(4);
      expect(stdout + stderr).not.toMatch(SECRETS);
    },
  );

  it('are masked when the feed was on the server before', async () => {
    const instead = ({ path }: { path: string }) =>
      path === 'feeds/enable/1' ? { status: 500, body: { message: `no: ${url} ${HEADERS}` } } : undefined;
    const { cli } = await serve({ feeds: [{ name: 'a', provider: 'p', url, headers: HEADERS }], instead });
    const { code, stdout, stderr } = await cli('feeds', 'enable', '1');
    expect(code).toBe(5);
    expect(stdout + stderr).not.toMatch(SECRETS);
  });

  it.each([100, 140, 150, 155, 230, 240])('are masked where text is cut after about %d characters', async (length) => {
    const secret = 'HEADERSECRET0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
    const message = `${'x'.repeat(length)} X-Key: ${secret} ${'tail '.repeat(40)}`;
    const instead = ({ method }: { method: string }) =>
      method === 'POST' ? { status: 403, body: { message } } : undefined;
    const feeds = [{ name: 'a', provider: 'p', url: 'https://f.example/', headers: `X-Key: ${secret}` }];
    const { cli } = await serve({ feeds, instead });
    const { stdout } = await cli('feeds', 'enable', '1');
    expect(stdout).not.toContain('HEADE');
  });

  it('leave the words of the program alone', async () => {
    const { cli } = await serve();
    const plain = ['--url', 'https://changed:changed@f.example/x?format=status&mode=changed&b=enabled'];
    const { stdout } = await cli(...ADD, ...plain, '--enable', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      exitCode: 0,
      outcomes: [
        { status: 'changed', changes: expect.arrayContaining([expect.objectContaining({ field: 'enabled' })]) },
      ],
    });
  });
});
