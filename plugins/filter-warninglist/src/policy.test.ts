import { describe, expect, it } from 'vitest';
import { groupOf, Policy, type PolicyOptions } from './policy.ts';

/** Actions of one list under some options. */
function actions(slug: string, options: Partial<PolicyOptions> = {}) {
  const policy = new Policy([{ slug, entries: [] }], { groups: {}, lists: {}, ...options });
  return (match: Parameters<Policy['action']>[1]) => policy.action(0, match);
}

describe('groups of lists', () => {
  it.each([
    ['rfc1918', 'special'],
    ['crl-ip', 'trust'],
    ['public-dns-v4', 'resolvers'],
    ['cloudflare', 'edges'],
    ['cloudflare-top20k', 'popular'],
    ['cloudflare-top100k', 'popular'],
    ['cloudflare-top1m', 'uncertain'],
    ['tranco10k', 'popular'],
    ['tranco', 'uncertain'],
    ['microsoft-azure-china', 'clouds'],
    ['microsoft-office365', 'vendors'],
    ['microsoft-office365-ip', 'service-addresses'],
    ['shodan-nt-scanning', 'scanners'],
    ['our-own-networks', 'other'],
  ])('put %s into %s', (slug, group) => {
    expect(groupOf(slug)).toBe(group);
  });
});

describe('the default policy', () => {
  it('drops the sites of the top lists, but neither names below them nor URLs on them', () => {
    const action = actions('alexa');
    expect([action('exact'), action('parent-domain'), action('host')]).toEqual(['drop', 'keep', 'keep']);
  });

  it('drops a hoster itself, but not what its customers have', () => {
    const action = actions('dynamic-dns');
    expect([action('exact'), action('parent-domain'), action('host')]).toEqual(['drop', 'keep', 'keep']);
  });

  it.each(['rfc1918', 'crl-ip', 'multicast'])('drops whatever touches %s', (slug) => {
    const action = actions(slug);
    for (const match of ['exact', 'parent-domain', 'host', 'inside-range', 'contains-range'] as const) {
      expect(action(match)).toBe('drop');
    }
  });

  it('drops resolvers and networks that hold one, and URLs on the address of one', () => {
    const action = actions('public-dns-v4');
    expect([action('exact'), action('contains-range'), action('host')]).toEqual(['drop', 'drop', 'drop']);
  });

  it('keeps what merely runs in a cloud', () => {
    expect(actions('amazon-aws')('inside-range')).toBe('keep');
  });

  it('drops for a list that nobody knows only what the list names itself', () => {
    const action = actions('our-own-networks');
    expect([action('exact'), action('parent-domain'), action('inside-range')]).toEqual(['drop', 'tag', 'tag']);
  });
});

describe('a policy of the config', () => {
  it('changes single matches of a group and leaves the others', () => {
    const action = actions('alexa', { groups: { popular: { exact: 'tag' } } });
    expect([action('exact'), action('host')]).toEqual(['tag', 'keep']);
  });

  it('sets one action for every match', () => {
    const action = actions('alexa', { groups: { popular: 'drop' } });
    expect([action('exact'), action('host'), action('substring')]).toEqual(['drop', 'drop', 'drop']);
  });

  it('lets the rule of a list go before that of its group', () => {
    const action = actions('alexa', { groups: { popular: 'drop' }, lists: { alexa: { host: 'keep' } } });
    expect([action('exact'), action('host')]).toEqual(['drop', 'keep']);
  });

  it('can put a list into a group, with all that is set for the group', () => {
    const options = { groups: { special: { host: 'tag' } }, lists: { 'our-networks': 'special' } } as const;
    const action = actions('our-networks', options);
    expect([action('inside-range'), action('host')]).toEqual(['drop', 'tag']);
    expect(
      new Policy([{ slug: 'ours', entries: [] }], { groups: {}, lists: { ours: 'hosters' } }).hasTenants(0, 'x'),
    ).toBe(true);
  });
});
