import { describe, expect, it } from 'vitest';
import { KNOWN_LISTS } from './known-lists.ts';
import { knownSlug, SLUG, withSlugs } from './slugs.ts';

const slugs = (...names: string[]) =>
  withSlugs(names.map((name, i) => ({ id: String(i + 1), name, enabled: true }))).map(({ slug }) => slug);

describe('the short name of a list', () => {
  it('is that of MISP/misp-warninglists when the name is known, also in another spelling or an older one', () => {
    expect(slugs('List of known IPv4 public DNS resolvers', 'cisco umbrella blockpage IPv4')).toEqual([
      'public-dns-v4',
      'umbrella-blockpage-v4',
    ]);
    expect(knownSlug('List of known Ovh Cluster IP')).toBe('ovh-cluster');
    expect(knownSlug('List of known OVH Cluster IPs')).toBe('ovh-cluster');
    expect(knownSlug('constructor')).toBeUndefined();
  });

  it('is made of the words of any other name, so that the patterns of groups may meet it', () => {
    expect(slugs('List of RFC 9999 CIDR blocks', 'Example IP Ranges, pot. used for Scanning')).toEqual([
      'rfc-9999-cidr-blocks',
      'example-ip-ranges-pot-used-for-scanning',
    ]);
  });

  it('is unique, also where case does not count', () => {
    expect(slugs('Own', 'own', 'own 2', 'OWN-2')).toEqual(['own', 'own-2', 'own-2-3', 'own-2-4']);
    expect(slugs('mozilla-IntermediateCA', 'Fingerprint of known intermediate of trusted certificates')).toEqual([
      'mozilla-intermediateca',
      'mozilla-IntermediateCA-2',
    ]);
  });

  it('is the plain one for the enabled list when an older one of that name is disabled', () => {
    const lists = [
      { id: '1', name: 'List of known Ovh Cluster IP', enabled: false },
      { id: '2', name: 'List of known OVH Cluster IPs', enabled: true },
    ];
    expect(withSlugs(lists).map(({ id, slug }) => [id, slug])).toEqual([
      ['1', 'ovh-cluster-1'],
      ['2', 'ovh-cluster'],
    ]);
  });

  it.each(['', '../..', '\u0000', '名前', 'x'.repeat(1_000_000), '-'.repeat(100_000)])(
    'is safe as the name of a file whatever the list is called (case %#)',
    (name) => {
      expect(slugs(name)[0]).toMatch(SLUG);
    },
  );

  it('is known once for each name', () => {
    expect(new Set(KNOWN_LISTS.map(([name]) => knownSlug(name) && name.toLowerCase())).size).toBe(KNOWN_LISTS.length);
    for (const [name, slug] of KNOWN_LISTS) expect([knownSlug(name), SLUG.test(slug)]).toEqual([slug, true]);
  });
});
