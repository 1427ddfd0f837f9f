import { describe, expect, it } from 'vitest';
import { currentText, documents } from './documents.ts';

const generated = await documents();

describe('generated documents', () => {
  it.each([...generated.keys()])('%s is current (else: pnpm docs)', (path) => {
    expect(currentText(path)).toBe(generated.get(path));
  });
});
