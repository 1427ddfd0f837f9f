import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dying } from '../../testing/place/faulty-fs.ts';
import { Site } from '../../testing/place/site.ts';
import { recoverPlacing } from './recover.ts';

const NAMES = ['a.rules', 'b.rules', 'lists/a', 'lists/b', 'lists/deep/a'];

const texts = fc.dictionary(fc.constantFrom(...NAMES), fc.constantFrom('1', '2', '3'));

/** A generation and a place for it, and how its placing ends: well, undone, or killed at the call of that number. */
const attempt = fc.record({
  texts,
  place: fc.record({
    strip: fc.constantFrom(undefined, 'lists'),
    mode: fc.constantFrom('0644', '0600'),
    remove: fc.constantFrom([], ['{file}.cdb']),
    files: fc.constantFrom(['**'], ['lists/**'], ['*.rules', 'lists/deep/*']),
  }),
  end: fc.oneof(fc.constantFrom('finish' as const, 'undo' as const), fc.integer({ min: 1, max: 150 })),
});

type Attempt = typeof attempt extends fc.Arbitrary<infer T> ? T : never;

/** What the engine's folder must hold, by path; undefined where two files claim one path. */
function expected({ texts, place }: Attempt): Record<string, string> | undefined {
  const files = Object.entries(texts).filter(([path]) => isChosen(path, place.files));
  const placed = files.map(([path, text]) => [place.strip === undefined ? path : path.replace(/^lists\//, ''), text]);
  const byPath = Object.fromEntries(placed);
  return Object.keys(byPath).length === placed.length ? byPath : undefined;
}

function isChosen(path: string, files: readonly string[]): boolean {
  if (files.includes('**')) return true;
  if (files.includes('lists/**')) return path.startsWith('lists/');
  return path.endsWith('.rules') || path.startsWith('lists/deep/');
}

/** The files that are there, without folders. */
function held(site: Site): Record<string, string> {
  const files = Object.entries(site.snapshot()).filter(([, about]) => !about.endsWith(' folder'));
  return Object.fromEntries(files.map(([path, about]) => [path, about.split(' ').at(-1) ?? '']));
}

/** Makes one attempt; what must be there afterwards is one of the two. */
async function make(site: Site, tried: Attempt): Promise<'all' | 'nothing' | 'either'> {
  const { end } = tried;
  if (typeof end === 'string') {
    const placing = await site.prepare(tried.texts, tried.place);
    placing.commit();
    if (end === 'finish') placing.finish();
    else placing.undo();
    return end === 'finish' ? 'all' : 'nothing';
  }
  const calls = dying(end);
  try {
    await site.place(tried.texts, tried.place);
    return 'all';
  } catch {
    return 'either';
  } finally {
    calls.restore();
    recoverPlacing(site.state);
  }
}

describe('any number of placings that end well, are undone or are killed', () => {
  it('leave all of a generation or all of the one before, and nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(attempt, { minLength: 2, maxLength: 6 }), async (attempts) => {
        const site = new Site();
        site.write('of-somebody', 'precious');
        try {
          let live: Record<string, string> = {};
          for (const tried of attempts) {
            const wanted = expected(tried);
            if (wanted === undefined) {
              await expect(site.prepare(tried.texts, tried.place)).rejects.toThrow('would stand at');
              continue;
            }
            const outcome = await make(site, tried);
            const { 'of-somebody': kept, ...now } = held(site);
            expect(kept).toBe('precious');
            const isNew = outcome === 'all' || (outcome === 'either' && !isDeepStrictEqual(now, live));
            live = isNew ? wanted : live;
            expect(now).toEqual(live);
          }
        } finally {
          site.remove();
        }
      }),
      { seed: 20261124, numRuns: 40 },
    );
  });
});
