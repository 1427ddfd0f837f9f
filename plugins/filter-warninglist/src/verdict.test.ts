import { describe, expect, it } from 'vitest';
import type { Hit, Match } from './hit.ts';
import { Policy } from './policy.ts';
import { verdictOf } from './verdict.ts';

const SLUGS = ['alexa', 'cloudflare-top1m', 'lots-project', 'rfc1918', 'second-level-tlds', 'sinkholes'];
const policy = new Policy(SLUGS.map((slug) => ({ slug, entries: slug === 'second-level-tlds' ? ['vercel.app'] : [] })));

const hit = (slug: string, match: Match, entry: string, wider = false): Hit => ({
  list: SLUGS.indexOf(slug),
  match,
  entry,
  wider,
});

describe('the verdict on an indicator', () => {
  it('drops when one list says so, whatever the others say', () => {
    const drop = hit('rfc1918', 'inside-range', '10.0.0.0/8', true);
    expect(verdictOf([hit('sinkholes', 'exact', '10.0.0.1'), drop], policy).drop).toBe(drop);
  });

  it('names the first list by slug, in whatever order the hits come', () => {
    const hits = [hit('rfc1918', 'exact', 'x'), hit('alexa', 'exact', 'x'), hit('lots-project', 'exact', 'x')];
    for (const order of [hits, hits.toReversed()]) expect(verdictOf(order, policy).drop?.list).toBe(0);
  });

  it('collects the lists that tag, once each', () => {
    const hits = [
      hit('cloudflare-top1m', 'exact', 'x'),
      hit('sinkholes', 'exact', 'x'),
      hit('sinkholes', 'inside-range', 'y'),
    ];
    expect(verdictOf(hits, policy)).toMatchObject({ drop: undefined, tags: [1, 5] });
  });
});

describe('a host inside a URL', () => {
  const shared = (...hits: Hit[]) => verdictOf(hits, policy).isSharedHost;

  it('is shared when a list names it', () => {
    expect(shared(hit('alexa', 'host', 'github.com'))).toBe(true);
    expect(shared(hit('lots-project', 'host', 'pages.dev'))).toBe(true);
  });

  it('is shared when it lies under a listed site', () => {
    expect(shared(hit('alexa', 'host', 'google.com', true))).toBe(true);
  });

  it('is a tenant of its own when a list of hosters says so', () => {
    const popular = hit('alexa', 'host', 'pages.dev', true);
    expect(shared(popular, hit('lots-project', 'host', 'pages.dev', true))).toBe(false);
    expect(shared(hit('lots-project', 'host', 'pages.dev', true))).toBe(false);
  });

  it('is a tenant of its own under a public suffix', () => {
    expect(shared(hit('alexa', 'host', 'vercel.app', true))).toBe(false);
    expect(shared(hit('alexa', 'host', 'vercel.app'))).toBe(true);
  });

  it('is shared when the hoster is not the nearest listed domain', () => {
    const nearest = hit('alexa', 'host', 'login.hoster.example', true);
    expect(shared(nearest, hit('lots-project', 'host', 'hoster.example', true))).toBe(true);
  });

  it('is not asked about for other matches', () => {
    expect(shared(hit('alexa', 'parent-domain', 'google.com', true))).toBe(false);
  });
});
