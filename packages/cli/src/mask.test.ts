import { describe, expect, it } from 'vitest';
import { mask } from './mask.ts';

describe('mask', () => {
  it('hides secrets, and the beginning of one where the text was cut', () => {
    expect(mask('sent HeaderSecret99, tail', ['HeaderSecret99'])).toBe('sent ***, tail');
    expect(mask('sent HeaderSec...', ['HeaderSecret99'])).toBe('sent ***');
    expect(mask('sent Head...', ['HeaderSecret99'])).toBe('sent ***');
  });

  it('leaves other words alone', () => {
    expect(mask('Header and Hea...', ['HeaderSecret99'])).toBe('Header and Hea...');
  });
});
