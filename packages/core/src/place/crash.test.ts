import { existsSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { dying, dyingWithoutLinks, failing, type Interposed, interposed } from '../../testing/place/faulty-fs.ts';
import { never, Site } from '../../testing/place/site.ts';
import type { Placing } from './placing.ts';
import { type PlacingRequest, preparePlacing } from './prepare.ts';
import { loadRecord } from './record.ts';
import { recoverPlacing } from './recover.ts';

const OLD = { 'a.rules': 'old a', 'gone.rules': 'old', 'kept.rules': 'same', 'lists/ip': 'old ip' };
const NEW = { 'a.rules': 'new a', 'kept.rules': 'same', 'lists/ip': 'new ip', 'more/lists/net': 'new net' };
const PLACE = { overwrite: true, remove: ['{file}.cdb'] };

const sites: Site[] = [];

afterEach(() => {
  for (const site of sites.splice(0)) site.remove();
});

type Outcomes = { readonly old: number; readonly new: number };

interface Scene {
  readonly site: Site;
  readonly next: PlacingRequest;
  readonly before: Record<string, string>;
}

/** The old files are placed; the new ones replace, add, remove, correct and take over. */
async function scene(): Promise<Scene> {
  const site = new Site();
  sites.push(site);
  await site.place(OLD, PLACE);
  site.write('lists/ip.cdb', 'compiled from old ip');
  site.write('misp.tar.gz', 'of somebody');
  const archive = { archive: site.path('misp.tar.gz'), overwrite: true, files: ['lists/*'] };
  return { site, next: site.request(NEW, { ...PLACE, mode: '0640' }, archive), before: site.snapshot() };
}

async function outcomeOf({ site, next }: Scene): Promise<Record<string, string>> {
  expect(site.send({ requests: [next], state: site.state, killAt: Number.POSITIVE_INFINITY })).toBe(false);
  return site.snapshot();
}

/** What stands there is all old or all new, nothing is left over, and what is remembered as ours is what stands there. */
function expectOneOrTheOther({ site, before }: Scene, after: Record<string, string>, where: string): 'old' | 'new' {
  const now = site.snapshot();
  const isNew = JSON.stringify(now) === JSON.stringify(after);
  expect(now, where).toEqual(isNew ? after : before);
  expect(loadRecord(site.state).map(({ path }) => existsSync(path))).not.toContain(false);
  expect(loadRecord(site.state).some(({ path }) => path === site.path('more/lists/net'))).toBe(isNew);
  expect(recoverPlacing(site.state)).toBeUndefined();
  return isNew ? 'new' : 'old';
}

/** Trials at every call that placing makes, or at every n-th; each with a scene of its own. */
async function atCalls(stride: number, trial: (scene: Scene, call: number) => Promise<boolean>): Promise<Outcomes> {
  const after = await outcomeOf(await scene());
  const outcomes = { old: 0, new: 0 };
  for (let call = 1; ; call += stride) {
    const next = await scene();
    if (!(await trial(next, call))) return outcomes;
    outcomes[expectOneOrTheOther(next, after, `at call ${call}`)]++;
    next.site.remove();
  }
}

/** Places in this process, with faults, and undoes what fails; true when something did. */
async function broken({ site, next }: Scene, faults: Interposed): Promise<boolean> {
  let placing: Placing | undefined;
  try {
    placing = await preparePlacing([next], site.state, never);
    placing.commit();
    placing.finish();
    return false;
  } catch (error) {
    expect(String(error)).toContain('EIO: made up');
    return true;
  } finally {
    undo(placing);
    faults.restore();
  }
}

function undo(placing: Placing | undefined): void {
  try {
    placing?.undo();
  } catch (error) {
    expect(String(error)).toContain('EIO: made up');
  }
}

describe('a placing that is killed', () => {
  it('is all old or all new after recovery', async () => {
    const outcomes = await atCalls(2, async ({ site, next }, killAt) => {
      const isKilled = site.send({ requests: [next], state: site.state, killAt });
      // Every other recovery is killed as well, ever later.
      if (isKilled && killAt % 4 === 1) site.send({ state: site.state, killAt: Math.ceil(killAt / 4) });
      recoverPlacing(site.state);
      return isKilled;
    });
    expect(outcomes.old + outcomes.new).toBeGreaterThan(50);
  }, 600_000);

  it.each([
    ['', dying],
    [' without hard links', dyingWithoutLinks],
  ])(
    'is all old or all new after recovery%s, at each single call',
    async (_where, dyingAt) => {
      const outcomes = await atCalls(1, async (killed, call) => {
        const isKilled = await broken(killed, dyingAt(call));
        recoverPlacing(killed.site.state);
        return isKilled;
      });
      expect(outcomes.old).toBeGreaterThan(90);
      expect(outcomes.new).toBeGreaterThan(5);
    },
    600_000,
  );
});

describe('a placing in which a call fails', () => {
  it('leaves all files as they were, or all new when it had been finished', async () => {
    await atCalls(1, async (failed, call) => {
      const hasFailed = await broken(failed, failing(call));
      const recovery = recoverPlacing(failed.site.state);
      expect(recovery?.outcome, `at call ${call}`).not.toBe('undone');
      return hasFailed;
    });
  }, 600_000);

  it('is undone at once, and needs no recovery', async () => {
    const failed = await scene();
    const placing = await failed.site.prepare(NEW, PLACE);
    let renames = 0;
    const calls = interposed(() => {
      if (++renames === 12) throw Object.assign(new Error('EIO: made up'), { code: 'EIO' });
    });
    expect(() => placing.commit()).toThrow('EIO: made up');
    calls.restore();
    expect(failed.site.snapshot()).toEqual(failed.before);
    expect(recoverPlacing(failed.site.state)).toBeUndefined();
  });
});
