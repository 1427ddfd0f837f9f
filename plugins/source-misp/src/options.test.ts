import { describe, expect, it } from 'vitest';
import { mispOptions } from './options.ts';

const given = { url: 'https://misp.example.org', key: 'k' };
const faults = (options: Record<string, unknown>) => {
  const { error } = mispOptions.safeParse({ ...given, ...options });
  return error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];
};

describe('options of source-misp', () => {
  it('need an address and a key only', () => {
    const { key, ...options } = mispOptions.parse(given);
    expect(options).toEqual({
      url: 'https://misp.example.org',
      toIds: true,
      published: true,
      pageSize: 5000,
      timeout: 120,
      retries: 4,
      retryDelay: 1,
      verifyTls: true,
      maxBytes: 104_857_600,
      scope: 'attributes',
      sweep: '1d',
      grace: '4h',
      allowIncomplete: false,
      enforceWarninglist: false,
      excludeDecayed: false,
    });
    expect(JSON.stringify({ key })).toBe('{"key":"***"}');
    expect(key.reveal()).toBe('k');
  });

  it.each([
    'misp.example.org',
    'ftp://misp.example.org',
    'https://user:password@misp.example.org',
    'https://misp.example.org/?key=1',
    'https://misp.example.org/#x',
    '/some/folder',
  ])('refuse the address `%s`', (url) => {
    expect(faults({ url })).toEqual([expect.stringMatching(/^url: write the address of the server/)]);
  });

  it.each(['7d', '12h', '30m', '10s'])('accept the span `%s`', (last) => {
    expect(faults({ last })).toEqual([]);
  });

  it.each(['2w', '7', 'd', '0d', '1.5h', '7 d', '1 week', '-1d', '7D', '2026-11-01'])(
    'refuse the span `%s`, which MISP would read as it likes',
    (last) => {
      expect(faults({ last })).toEqual(['last: write a number and one of d, h, m or s, such as `7d`']);
    },
  );

  it.each(['!tlp:red', 'tlp:red||tlp:amber', 'tlp:red&&osint'])(
    'refuse the name `%s`, which is an operation',
    (name) => {
      for (const option of ['tags', 'notTags', 'org']) expect(faults({ [option]: [name] })).not.toEqual([]);
      expect(faults({ org: name })).not.toEqual([]);
    },
  );

  it('refuse a type that nothing can detect, since a misspelt one would find nothing', () => {
    expect(faults({ types: ['ip-dst', 'domain|ip'] })).toEqual([]);
    expect(faults({ types: ['ip-dest'] })).toHaveLength(1);
    expect(faults({ types: [] })).toHaveLength(1);
  });

  it.each([0, 50, 5001, 1_000_000, 250.5])('refuse the page size %d', (pageSize) => {
    expect(faults({ pageSize })).not.toEqual([]);
  });
});
