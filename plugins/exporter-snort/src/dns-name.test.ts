import { expect, it } from 'vitest';
import { wireName } from './dns-name.ts';

it('writes each label behind its length and ends with the root', () => {
  expect(Buffer.from(wireName('evil.com')).toString('latin1')).toBe('\x04evil\x03com\x00');
});
