import { describe, expect, it } from 'vitest';
import { feedOptions } from './options.ts';

const faults = (options: Record<string, unknown>) => {
  const { error } = feedOptions.safeParse({ url: 'https://feeds.example.org/osint', ...options });
  return error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];
};

describe('options of source-misp-feed', () => {
  it('need an address or a folder only', () => {
    expect(feedOptions.parse({ url: '/some/feed' })).toEqual({
      url: '/some/feed',
      toIds: true,
      published: true,
      maxShrink: 0.5,
      unreachable: 'mirror',
      incomplete: 'publish',
      concurrency: 4,
      timeout: 60,
      retries: 4,
      retryDelay: 1,
      headers: {},
      maxBytes: 104_857_600,
    });
  });

  it.each(['https://feeds.example.org/osint/', 'http://127.0.0.1:8080/feed', '/some/feed', 'relative/feed.json'])(
    'accept `%s`',
    (url) => {
      expect(faults({ url })).toEqual([]);
    },
  );

  it.each([
    'https://user:password@feeds.example.org/',
    'https://feeds.example.org/osint?token=1',
    'https://feeds.example.org/#x',
    'https://',
  ])('refuse `%s`', (url) => {
    expect(faults({ url })).toEqual([expect.stringMatching(/^url: write a folder, or an address/)]);
  });

  it('keep the values of headers secret', () => {
    const { headers } = feedOptions.parse({ url: '/x', headers: { 'X-Token': 'abc' } });
    expect(JSON.stringify(headers)).toBe('{"X-Token":"***"}');
    expect(headers['X-Token']?.reveal()).toBe('abc');
    expect(faults({ headers: { 'X Token': 'abc' } })).toHaveLength(1);
  });

  it('refuse a type that nothing can detect', () => {
    expect(faults({ types: ['sha256', 'filename|sha256'] })).toEqual([]);
    expect(faults({ types: ['sha-256'] })).toHaveLength(1);
  });

  it('mark paths for the engine, which resolves them against the folder of the config', () => {
    expect(feedOptions.shape.url.meta()).toMatchObject({ path: true });
  });
});
