import { anIndicator } from '@misp-pipeline/testing';
import { describe, expect, it } from 'vitest';
import { complaintsAbout } from './complaints.ts';
import { selections } from './selection.ts';

const about = (...values: readonly string[]) =>
  complaintsAbout(
    selections(
      values.map((value) => anIndicator('user-agent', value)),
      ({ value }) => [{ name: 'value', modifier: '', value }],
    ),
  );

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
    expect(about(...values)).toEqual(complaints);
  });
});
