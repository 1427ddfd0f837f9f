import { anIndicator, anOrigin } from '@misp-pipeline/testing';
import { describe, expect, it } from 'vitest';
import { meaningOf, meaningOfList, priorityOf, type Traffic } from './meaning.ts';

const from = (...categories: string[]) => ({ origins: categories.map((category) => anOrigin({ category })) });

describe('meaningOf', () => {
  it.each<[Traffic, string]>([
    ['outgoing', 'target:src_ip; '],
    ['answer', 'target:dest_ip; '],
    ['incoming', 'target:dest_ip; '],
    ['passing', ''],
    ['mail', ''],
  ])('names the victim of %s traffic', (traffic, target) => {
    const meaning = meaningOf(anIndicator('ipv4', '203.0.113.7'), traffic);
    expect(meaning.replace(/classtype:.*/, '')).toBe(target);
  });

  it.each([
    ['domain', 'Network activity', 'domain-c2'],
    ['ipv4', 'Network activity', 'command-and-control'],
    ['url', 'Payload delivery', 'trojan-activity'],
    ['url', 'Financial fraud', 'credential-theft'],
    ['ipv4', 'Targeting data', 'targeted-activity'],
    ['ipv4', '', 'trojan-activity'],
    ['filename', 'Payload delivery', 'bad-unknown'],
  ] as const)('gives a %s of category %j the class %s', (kind, category, classtype) => {
    expect(meaningOf(anIndicator(kind, 'x', from(category)), 'outgoing')).toContain(`classtype:${classtype};`);
  });

  it('takes the most telling category of all origins', () => {
    const indicator = anIndicator('ipv4', '203.0.113.7', from('External analysis', 'Network activity'));
    expect(meaningOf(indicator, 'outgoing')).toContain('classtype:command-and-control;');
  });

  it('calls what comes to us an attack, and mail a deception, whatever the category', () => {
    const indicator = anIndicator('ipv4', '203.0.113.7', from('Network activity'));
    expect(meaningOf(indicator, 'incoming')).toBe('target:dest_ip; classtype:misc-attack;');
    expect(meaningOf(indicator, 'mail')).toBe('classtype:social-engineering;');
    expect(meaningOfList('incoming')).toBe('target:dest_ip; classtype:misc-attack;');
  });
});

describe('priorityOf', () => {
  it.each([
    ['ipv4', 'high', 'priority:1; '],
    ['ipv4', 'low', 'priority:3; '],
    ['ipv4', 'unknown', ''],
    ['cookie', 'high', 'priority:2; '],
    ['cookie', 'low', 'priority:3; '],
  ] as const)('is, for a %s of %s severity, %j', (kind, severity, priority) => {
    expect(priorityOf(anIndicator(kind, 'x', { severity }))).toBe(priority);
  });
});
