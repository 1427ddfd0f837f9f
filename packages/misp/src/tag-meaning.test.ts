import { describe, expect, it } from 'vitest';
import { meaningOf } from './tag-meaning.ts';

describe('meaningOf', () => {
  it.each([
    ['tlp:white', 'clear'],
    ['tlp:clear', 'clear'],
    ['tlp:green', 'green'],
    ['tlp:amber', 'amber'],
    ['tlp:amber+strict', 'amber+strict'],
    ['tlp:red', 'red'],
    ['TLP:AMBER', 'amber'],
    ['tlp: amber', 'amber'],
    [' Tlp : Amber + Strict ', 'amber+strict'],
    ['tlp:"red"', 'red'],
    ['tlp="red"', 'red'],
    ['ｔｌｐ：ｒｅｄ', 'red'],
    ['\u200btlp:\u00a0red', 'red'],
    ['TLP RED', 'red'],
    ['tlp-red', 'red'],
    ['[TLP:RED]', 'red'],
    ['#tlp_green', 'green'],
    ['TLP-AMBER+STRICT', 'amber+strict'],
  ])('reads the label of %j', (name, tlp) => {
    expect(meaningOf(name).tlp).toBe(tlp);
  });

  it.each(['tlp:ex:chr', 'tlp:unclear', 'tlp:', 'tlp:amber-strict', 'tlp:yellow', 'TLP:RED;'])(
    'takes %j for a label that nobody may see',
    (name) => {
      expect(meaningOf(name).tlp).toBe('unknown');
    },
  );

  it.each(['tlp', 'mytlp:red', 'tlp-redaction', 'TLP policy', 'type:OSINT', 'PAP:RED', ''])(
    'finds no label in %j',
    (name) => {
      expect(meaningOf(name).tlp).toBeUndefined();
    },
  );

  it.each([
    ['misp-galaxy:mitre-attack-pattern="DNS - T1071.004"', 'T1071.004'],
    ['misp-galaxy:mitre-attack-pattern="Data - Encrypted - T1022"', 'T1022'],
    ['misp-galaxy:mitre-attack-pattern="T1022"', 'T1022'],
    ['misp-galaxy:mitre-enterprise-attack-attack-pattern="Remote File Copy - T1105"', 'T1105'],
    ['misp-galaxy:mitre-mobile-attack-attack-pattern="Abuse of iOS - T1453"', 'T1453'],
    ['misp-galaxy:mitre-ics-techniques="Alarm Suppression - T0878"', 'T0878'],
  ])('reads the technique of %s', (name, technique) => {
    expect(meaningOf(name).technique).toBe(technique);
  });

  it.each([
    'misp-galaxy:mitre-attack-pattern="Command and Control - TA0011"',
    'misp-galaxy:mitre-pre-attack-attack-pattern="Compromise - PRE-T1140"',
    'misp-galaxy:mitre-enterprise-attack-course-of-action="AppCert DLLs Mitigation - T1182"',
    'misp-galaxy:mitre-attack-pattern="DNS - T1071.004" ',
    'misp-galaxy:threat-actor="APT28"',
  ])('finds no technique in %s', (name) => {
    expect(meaningOf(name).technique).toBeUndefined();
  });

  it('reads confidence by the values of the taxonomies', () => {
    expect(meaningOf('misp:confidence-level="fairly-confident"').confidence).toBe(50);
    expect(meaningOf('estimative-language:confidence-in-analytic-judgment="high"').confidence).toBe(95);
    expect(meaningOf('admiralty-scale:information-credibility="2"').confidence).toBe(75);
    expect(meaningOf('osint:certainty="93"').confidence).toBe(93);
  });

  it('takes the reliability of a source for no word on the information', () => {
    expect(meaningOf('admiralty-scale:source-reliability="b"').confidence).toBeUndefined();
  });

  it('reads the threat level', () => {
    expect(meaningOf('misp:threat-level="high-risk"').severity).toBe('high');
    expect(meaningOf('misp:threat-level="no-risk"').severity).toBe('low');
  });
});
