import { describe, expect, it } from 'vitest';
import { complaintsAbout } from './complaints.ts';

describe('complaintsAbout', () => {
  it.each([
    [['Evil/1.0', 'evil.example'], []],
    [['a?b'], ['escaped_wildcard']],
    [['*'], ['escaped_wildcard']],
    [['12345'], ['number_as_string']],
    [['-1_000'], ['number_as_string']],
    [['1.5', '0x1F', '1 2'], []],
    [['Evil', 'evil'], ['sigmahq_field_duplicate_value']],
    [['AUTHORITY'], ['sigmahq_field_user']],
    [['AUTHORITY', 'other'], []],
  ])('expects of %j the complaints %j', (values, complaints) => {
    expect(complaintsAbout(values)).toEqual(complaints);
  });
});
