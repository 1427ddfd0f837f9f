import { describe, expect, it } from 'vitest';
import { ruleId } from './uuid.ts';

describe('ruleId', () => {
  it('is a UUID of version 5 that never changes', () => {
    expect(ruleId('sigma/dns/host_high_clear')).toBe('768d7e16-135d-5068-93f1-4ad11d2fae79');
  });

  it('differs with the name', () => {
    expect(ruleId('a')).not.toBe(ruleId('b'));
  });
});
