import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ServedAnswer } from '../answering.ts';
import { answerLines } from './answer-lines.ts';
import { LineSplitter } from './line-splitter.ts';

const LIMITS = { length: 100, lines: 1000 };

async function absent(values: readonly string[]): Promise<readonly ServedAnswer[]> {
  return values.map((value) => ({
    ...{
      value,
      readings: [],
      verdict: 'absent',
      summary: undefined,
      indicators: [],
      shortened: false,
      degraded: false,
    },
  }));
}

describe('answerLines', () => {
  it('reads no further than what was taken of its answers', async () => {
    let pieces = 0;
    async function* body() {
      for (; pieces < 100; pieces++) yield Buffer.from(`${pieces}.example\n`);
    }
    const answers = answerLines(body(), absent, LIMITS);
    await answers.next();
    await answers.next();
    expect(pieces).toBe(1);
  });

  it('lets others have their turn between two batches of one piece', async () => {
    let turns = 0;
    let next = setImmediate(function count() {
      turns++;
      next = setImmediate(count);
    });
    async function* body() {
      yield Buffer.from('a.example\n'.repeat(900));
    }
    let batches = 0;
    for await (const _ of answerLines(body(), absent, LIMITS)) batches++;
    clearImmediate(next);
    expect(batches).toBe(9);
    expect(turns).toBeGreaterThanOrEqual(8);
  });

  it('answers in order however the bytes are cut', async () => {
    const values = fc.array(fc.stringMatching(/^[a-z\u00e4\u20ac]{1,20}$/), { minLength: 1, maxLength: 300 });
    const property = fc.asyncProperty(values, fc.integer({ min: 1, max: 50 }), async (asked, size) => {
      const bytes = Buffer.from(asked.join('\n'));
      async function* body() {
        for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size);
      }
      let text = '';
      for await (const part of answerLines(body(), absent, LIMITS)) text += part;
      const answers = text.trimEnd().split('\n');
      expect(answers.map((line) => JSON.parse(line).value)).toEqual(asked);
    });
    await fc.assert(property, { numRuns: 50 });
  });
});

describe('LineSplitter', () => {
  it('forgets a line that is too long, and keeps its number', () => {
    const splitter = new LineSplitter(3);
    expect(splitter.push(Buffer.from('abc\nabcd'))).toEqual([{ number: 1, text: 'abc' }]);
    expect(splitter.push(Buffer.from('e\n\nx'))).toEqual([{ number: 2, text: undefined }]);
    expect(splitter.end()).toEqual([{ number: 4, text: 'x' }]);
    expect(splitter.end()).toEqual([]);
  });
});
