import { describe, expect, it } from 'vitest';
import { importantGroup } from './warninglist-group.ts';

describe('importantGroup', () => {
  it.each([
    ['Top 1000 website from Alexa', 'most visited sites'],
    ['Top 10 000 websites from Cisco Umbrella', 'most visited sites'],
    ['Top 10,000 domains from Cloudflare Radar', 'most visited sites'],
    ['Top 10K most-used sites from Tranco', 'most visited sites'],
    ['Top 20 000 websites from Cisco Umbrella', undefined],
    ['Top 200,000 domains from Cloudflare Radar', undefined],
    ['Top 1,000,000 most-used sites from Tranco', undefined],
    ['List of RFC 1918 CIDR blocks', 'private and reserved addresses (RFC lists)'],
    ['University domains', undefined],
  ])('puts `%s` into %s', (name, group) => {
    expect(importantGroup(name)).toBe(group);
  });
});
