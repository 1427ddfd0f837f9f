import { describe, expect, it } from 'vitest';
import { parseManifest } from './manifest.ts';

const A = '2c0f5c3e-1f0a-4a52-8a6c-0e4c2d7b9a10';
const B = '11111111-1111-4111-8111-111111111111';

describe('parseManifest', () => {
  it('lists the events of an object by UUID, with their versions', () => {
    const { entries, faults } = parseManifest({ [A]: { timestamp: '1763971200', info: 'x' }, [B]: { timestamp: 17 } });
    expect(faults).toEqual([]);
    expect(entries).toEqual([
      { uuid: B, file: `${B}.json`, version: '17', sha256: undefined },
      { uuid: A, file: `${A}.json`, version: '1763971200', sha256: undefined },
    ]);
  });

  it('takes the name of the file out of a list, without its folders', () => {
    const { entries } = parseManifest([{ filename: 'feed/events/event_1.json', uuid: A, md5: 'a'.repeat(32) }]);
    expect(entries).toEqual([{ uuid: A, file: 'event_1.json', version: 'a'.repeat(32), sha256: undefined }]);
  });

  it('makes a digest part of the version', () => {
    const sha256 = 'AB'.repeat(32);
    const { entries } = parseManifest({ [A]: { timestamp: 1, 'integrity:sha256': sha256 } });
    expect(entries[0]).toMatchObject({ sha256: 'ab'.repeat(32), version: `1-${'ab'.repeat(32)}` });
  });

  it('keeps the case of a file name, but not of a UUID', () => {
    const { entries } = parseManifest({ [A.toUpperCase()]: { timestamp: 1 } });
    expect(entries[0]).toMatchObject({ uuid: A, file: `${A.toUpperCase()}.json` });
  });

  it('leaves the version open when nothing usable is said', () => {
    expect(parseManifest({ [A]: { timestamp: '../x' } }).entries[0]?.version).toBeUndefined();
  });

  it.each(['../../etc/passwd', `${A}/../x`, `${A}%2f`, '', '__proto__x'])(
    'reports the key `%s` instead of using it',
    (key) => {
      const { entries, faults } = parseManifest({ [key]: { timestamp: 1 }, [B]: { timestamp: 1 } });
      expect(entries.map(({ uuid }) => uuid)).toEqual([B]);
      expect(faults).toHaveLength(1);
    },
  );

  it.each(['..', '../..', 'a b.json', 'x.json?y', 'http:x.json', '.hidden.json', 'x.txt', 'dir/'])(
    'reports the file name `%s` instead of using it',
    (filename) => {
      const { entries, faults } = parseManifest([
        { uuid: A, filename },
        { uuid: B, filename: 'b.json' },
      ]);
      expect(entries.map(({ file }) => file)).toEqual(['b.json']);
      expect(faults).toHaveLength(1);
    },
  );

  it('reports an event that is listed twice', () => {
    const { entries, faults } = parseManifest([{ uuid: A }, { uuid: A.toUpperCase() }]);
    expect(entries).toHaveLength(1);
    expect(faults).toEqual([`event \`${A}\` is listed twice`]);
  });

  it('reports an entry that is no object', () => {
    expect(parseManifest({ [A]: 7, [B]: {} }).faults).toEqual([`the entry of event \`${A}\` is no object`]);
  });

  it('accepts a manifest without events', () => {
    expect(parseManifest({})).toEqual({ entries: [], faults: [] });
    expect(parseManifest([])).toEqual({ entries: [], faults: [] });
  });

  it.each([[null], ['text'], [7]])('refuses %j', (document) => {
    expect(() => parseManifest(document)).toThrow('neither an object nor a list');
  });

  it('refuses an object that lists no event at all, such as an error of a proxy', () => {
    expect(() => parseManifest({ error: 'maintenance' })).toThrow('lists no event: `error` is no event UUID');
  });
});
