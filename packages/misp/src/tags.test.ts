import { describe, expect, it } from 'vitest';
import { galaxyTechniquesOf, tagNamesOf } from './tags.ts';

describe('tagNamesOf', () => {
  it.each([
    ['objects', { Tag: [{ name: 'a' }, { name: 'b', inherited: 1 }] }],
    ['bare names', { Tag: ['a', 'b'] }],
    ['links to tags', { EventTag: [{ Tag: { name: 'a' } }], AttributeTag: [{ Tag: { name: 'b' } }] }],
    ['names with blanks around them', { Tag: [{ name: ' a ' }, { name: 'b\n' }] }],
    ['a list with gaps', { Tag: { 1: { name: 'a' }, 4: { name: 'b' } } }],
  ])('reads tags that are %s', (_, holder) => {
    expect(tagNamesOf(holder)).toEqual(['a', 'b']);
  });

  it.each([{}, { Tag: null }, { Tag: [] }, { Tag: 'a' }, { Tag: [null, {}, { name: null }, { name: ' ' }, []] }])(
    'finds no tags in %j',
    (holder) => {
      expect(tagNamesOf(holder)).toEqual([]);
    },
  );

  it('puts a blank in the place of control characters', () => {
    expect(tagNamesOf({ Tag: [{ name: 'a\r\nb\0c' }] })).toEqual(['a b c']);
  });
});

describe('galaxyTechniquesOf', () => {
  it('reads the ids of attack patterns only', () => {
    const Galaxy = [
      {
        GalaxyCluster: [
          { type: 'mitre-attack-pattern', meta: { external_id: ['T1071.004', 'CAPEC-1'] } },
          { type: 'mitre-ics-techniques', meta: { external_id: 'T0878' } },
          { type: 'mitre-course-of-action', meta: { external_id: ['T1182'] } },
          { type: 'mitre-attack-pattern', meta: [] },
          null,
        ],
      },
      { GalaxyCluster: null },
      'x',
    ];
    expect(galaxyTechniquesOf({ Galaxy })).toEqual(['T1071.004', 'T0878']);
  });

  it.each([{}, { Galaxy: [] }, { Galaxy: null }])('finds nothing in %j', (holder) => {
    expect(galaxyTechniquesOf(holder)).toEqual([]);
  });
});
