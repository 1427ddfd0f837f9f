import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfirmation, writeConfirmation } from './confirmation.ts';

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'confirmation-'));
});

afterEach(() => rmSync(dir, { recursive: true }));

describe('the note of the last answer', () => {
  it('is read as it was written', async () => {
    const at = new Date('2026-11-24T01:02:03.004Z');
    await writeConfirmation(dir, at);
    expect(await readConfirmation(dir)).toEqual(at);
  });

  it.each([
    ['missing', undefined],
    ['no JSON', '{'],
    ['no time', '{"at":"yesterday"}'],
    ['something else', '[7]'],
  ])('says nothing when it is %s', async (_what, text) => {
    if (text !== undefined) writeFileSync(join(dir, 'confirmed.json'), text);
    expect(await readConfirmation(dir)).toBeUndefined();
  });
});
