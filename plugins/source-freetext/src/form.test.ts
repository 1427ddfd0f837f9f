import { describe, expect, it } from 'vitest';
import { findForm } from './form.ts';

const form = (...lines: string[]) => findForm(Buffer.from(lines.join('\n'))).form;
const many = (count: number) => Array.from({ length: count }, (_, i) => `host-${i}.example`);

describe('the form of a text', () => {
  it('is a list when each line is an entry or a comment', () => {
    expect(form('# our list, see https://feed.example', ...many(3), '192.0.2.1\t7')).toBe('list');
  });

  it('is a list when one line, and one in fifty, is not understood', () => {
    expect(form('Our list', ...many(2))).toBe('list');
    expect(form('Our list', 'of hosts', ...many(50))).toBe('list');
    expect(form('Our list', 'of hosts', ...many(49))).toBe('plain');
  });

  it('is a report that defangs when one value is defanged', () => {
    expect(form('We saw evil[.]example.', 'See example.org for more.')).toBe('defanged');
  });

  it('is a plain report when none is', () => {
    expect(form('We saw evil.example.', 'It is [1] of 2 (two).')).toBe('plain');
  });

  it('is a list when there is nothing', () => {
    expect(form('')).toBe('list');
  });
});
