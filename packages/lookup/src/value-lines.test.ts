import { describe, expect, it } from 'vitest';
import { type ValueLine, valueLines } from './value-lines.ts';

/** The batches that the pieces of a stream give. */
async function batches(...pieces: readonly string[]): Promise<(readonly ValueLine[])[]> {
  async function* stream() {
    for (const piece of pieces) yield Buffer.from(piece, 'latin1');
  }
  const found: (readonly ValueLine[])[] = [];
  for await (const lines of valueLines(stream())) found.push(lines);
  return found;
}

const texts = (found: readonly (readonly ValueLine[])[]) => found.map((lines) => lines.map(({ text }) => text));

describe('valueLines', () => {
  it('hands over the lines that each piece completes', async () => {
    expect(texts(await batches('a\nb', 'c\n\n  \nd\r\ne', 'f'))).toEqual([['a'], ['bc', 'd'], ['ef']]);
  });

  it('puts characters together that are cut between pieces', async () => {
    const bytes = Buffer.from('bücher.example\n').toString('latin1');
    expect(texts(await batches(bytes.slice(0, 2), bytes.slice(2)))).toEqual([['bücher.example']]);
  });

  it('hands over no more than 500 at once', async () => {
    expect((await batches('a\n'.repeat(1200))).map((lines) => lines.length)).toEqual([500, 500, 200]);
  });

  it.each([['x'.repeat(8193)], ['x'.repeat(5000), 'x'.repeat(5000), 'x'.repeat(5000)]])(
    'keeps but the beginning of an endless line',
    async (...pieces) => {
      const [first = [], last = []] = await batches(...pieces, '\nnext');
      expect(first).toEqual([{ text: 'x'.repeat(200), isCut: true }]);
      expect(last).toEqual([{ text: 'next', isCut: false }]);
    },
  );
});
