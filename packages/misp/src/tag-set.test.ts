import { TLP_LABELS } from '@misp-pipeline/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TagSet } from './tag-set.ts';

describe('TagSet', () => {
  it('sorts names and techniques and keeps one of each', () => {
    const set = TagSet.empty()
      .with(['b', 'misp-galaxy:mitre-attack-pattern="DNS - T1071.004"'], ['T1566', 'T1071.004'])
      .with(['a', 'b']);
    expect(set.names).toEqual(['a', 'b', 'misp-galaxy:mitre-attack-pattern="DNS - T1071.004"']);
    expect(set.techniques).toEqual(['T1071.004', 'T1566']);
  });

  it('lets no later tag widen a label', () => {
    expect(TagSet.empty().with(['tlp:red']).with(['tlp:green']).tlp).toBe('red');
    expect(TagSet.empty().with(['tlp:green']).with(['tlp:red']).tlp).toBe('red');
    expect(TagSet.empty().with(['tlp:red']).with(['tlp:ex:chr']).tlp).toBe('unknown');
  });

  it('takes the strictest of any labels, in whatever order they come', () => {
    const labels = fc.array(fc.constantFrom('clear', 'green', 'amber', 'amber+strict', 'red'), { minLength: 1 });
    fc.assert(
      fc.property(labels, (said) => {
        const strictest = TLP_LABELS.findLast((label) => said.some((name) => name === label));
        expect(TagSet.empty().with(said.map((label) => `tlp:${label}`)).tlp).toBe(strictest);
      }),
    );
  });

  it('takes the lowest confidence and the most severe level', () => {
    const set = TagSet.empty()
      .with(['misp:confidence-level="usually-confident"', 'misp:threat-level="low-risk"'])
      .with(['osint:certainty="30"', 'misp:threat-level="medium-risk"']);
    expect(set.confidence).toBe(30);
    expect(set.severity).toBe('medium');
  });

  it('says nothing when no tag does', () => {
    const { tlp, confidence, severity, techniques } = TagSet.empty().with(['type:OSINT']);
    expect({ tlp, confidence, severity, techniques }).toEqual({
      tlp: undefined,
      confidence: undefined,
      severity: undefined,
      techniques: [],
    });
  });

  it('is the same object for the same further tags', () => {
    const event = TagSet.empty().with(['tlp:green']);
    expect(event.with(['a', 'b'])).toBe(event.with(['a', 'b']));
    expect(event.with([])).toBe(event);
    expect(event.with(['a'])).not.toBe(event.with([], ['a']));
  });
});
