import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { faultsOf } from './faults.ts';
import { placeOptions } from './options.ts';

function faultsWith(...places: readonly (readonly object[])[]): string[] {
  const exporters = places.map((given, i) => ({
    exporter: `e${i}`,
    dir: `/out/e${i}`,
    places: placeOptions.parse(given),
  }));
  return faultsOf(exporters).map(({ exporter, place, message }) => `${exporter}.${place}: ${message}`);
}

describe('faultsOf', () => {
  it('finds a file that two exporters name for the same place', () => {
    expect(faultsWith([{ to: '/x', files: ['a.rules'] }], [{ to: '/x', files: ['d/a.rules'], strip: 'd' }])).toEqual([
      'e1.0: `/x/a.rules` is also a target of place 0 of exporter `e0`',
    ]);
  });

  it('finds a file that two places of an exporter select for the same folder', () => {
    expect(faultsWith([{ to: '/x' }, { to: '/x', files: ['a.rules'] }])).toEqual([
      'e0.1: `/x/a.rules` is also a target of place 0 of exporter `e0`',
    ]);
    expect(faultsWith([{ to: '/x' }, { to: '/x' }])).toHaveLength(1);
  });

  it('finds an archive, or its checksum, that two places write', () => {
    expect(faultsWith([{ archive: '/x/a.tar.gz' }], [{ archive: '/x/a.tar.gz' }])).toHaveLength(1);
    expect(faultsWith([{ archive: '/x/a.tar.gz' }], [{ to: '/x', files: ['a.tar.gz.md5'] }])).toHaveLength(1);
  });

  it('finds a place inside of where an exporter publishes', () => {
    expect(faultsWith([{ to: '/out/e0/current' }])).toEqual([
      'e0.0: `/out/e0/current` is inside of `/out/e0`, where exporter `e0` publishes',
    ]);
  });

  it('has nothing against places that share a folder and no file', () => {
    expect(
      faultsWith(
        [
          { to: '/x', files: ['*.rules'] },
          { to: '/x', files: ['datasets/**'] },
        ],
        [{ to: '/x' }],
      ),
    ).toEqual([]);
  });
});

describe('placeOptions', () => {
  it.each([
    [{}, 'give either `to` or `archive`'],
    [{ to: '/x', archive: '/x.tar.gz' }, 'give either `to` or `archive`'],
    [{ archive: '/x.zip' }, 'ends in `.tar.gz`'],
    [{ to: '/x', files: ['../a'] }, 'without `..`'],
    [{ to: '/x', files: ['/etc/*'] }, 'without `..`'],
    [{ to: '/x', strip: '..' }, 'without `..`'],
    [{ to: '/x', mode: 640 }, 'in quotes'],
    [{ to: '/x', mode: '4755' }, 'three octal digits'],
    [{ to: '/x', remove: ['{file}'] }, 'the placed file itself'],
    [{ to: '/x', remove: ['../{file}.cdb'] }, 'a name with `{file}` in it'],
    [{ to: '/x', remove: ['everything'] }, 'a name with `{file}` in it'],
  ])('refuses %j', (place, why) => {
    expect(() => placeOptions.parse([place])).toThrow(why);
  });

  it('says which of its values are paths, and describes each', () => {
    const { items } = z.toJSONSchema(placeOptions, { io: 'input' }) as { items: { properties: object } };
    const options = Object.entries(items.properties);
    expect(options.filter(([, option]) => option.path === true).map(([name]) => name)).toEqual(['to', 'archive']);
    expect(options.map(([, { description }]) => description)).not.toContain(undefined);
  });
});
