import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lines } from '../../testing/pipeline.ts';
import { interposed } from '../../testing/place/faulty-fs.ts';
import { Engine, ReleaseSite } from '../../testing/release-site.ts';
import type { ExporterConfig } from '../config/config.ts';
import type { Exporter } from '../plugin.ts';

let site: ReleaseSite;

beforeEach(() => {
  site = new ReleaseSite();
});

afterEach(() => site.remove());

const FAILED = { code: 'RELOAD_FAILED', exitCode: 11 };

describe('reload', () => {
  it('tells the engine of other files, once', async () => {
    const engine = new Engine();
    const first = await site.run(site.config(['a.example'], engine.exporter));
    await site.run(site.config(['a.example'], engine.exporter));
    const third = await site.run(site.config(['b.example'], engine.exporter));
    expect(engine.told).toEqual(['a.example (anew)', 'b.example']);
    expect(first.exporters[0]?.reload).toMatchObject({ engine: 'made up 1.0', confirmed: true });
    expect(third.exporters[0]?.reload?.confirmed).toBe(true);
  });

  it('takes all exporters back when the engine of one does not confirm', async () => {
    const well = new Engine();
    const ill = new Engine();
    const both = (value: string) => {
      const exporters = [site.exporter('out', well.exporter), site.exporter('second', ill.exporter)];
      return site.config([value], lines, { exporters });
    };
    await site.run(both('a.example'));
    ill.isWell = false;
    await expect(site.run(both('b.example'))).rejects.toMatchObject(FAILED);
    expect(well.told).toEqual(['a.example (anew)', 'b.example', 'a.example']);
    expect([site.live(), site.live('second')]).toEqual([['a.example'], ['a.example']]);
  });

  it('leaves the very first files live when they are not confirmed, and tells the engine again', async () => {
    const engine = new Engine();
    const again = () => site.run(site.config(['a.example'], engine.exporter));
    engine.isWell = false;
    await expect(again()).rejects.toMatchObject({
      ...{ code: 'RELOAD_FAILED', hint: expect.stringContaining('Its first files are live all the same.') },
    });
    expect(site.live()).toEqual(['a.example']);
    await expect(again()).rejects.toMatchObject(FAILED);
    engine.isWell = true;
    await again();
    await again();
    expect(engine.told).toEqual(Array.from({ length: 4 }, () => 'a.example (anew)'));
    expect(site.releases()).toEqual([
      '3 live run',
      '2 failed run `out` was not confirmed: 1 rule failed',
      '1 live run',
    ]);
  });

  it('that throws is a refusal', async () => {
    await site.run(site.config(['a.example']));
    const exporter: Exporter = {
      ...lines,
      reload: async () => {
        throw new Error('no such socket');
      },
    };
    await expect(site.run(site.config(['b.example'], exporter))).rejects.toThrow('no such socket');
    expect(site.live()).toEqual(['a.example']);
  });

  it('does not let an engine go on from files of which nobody knows whether it runs them', async () => {
    const engine = new Engine();
    await site.run(site.config(['a.example'], engine.exporter));
    site.rewrite('live', { unconfirmed: ['out'] });
    await site.run(site.config(['b.example'], engine.exporter));
    expect(engine.told).toEqual(['a.example (anew)', 'b.example (anew)']);
  });
});

describe('an engine that does not confirm', () => {
  it('is told of what was live before, also by the next run when it does not confirm that either', async () => {
    const engine = new Engine();
    await site.run(site.config(['a.example'], engine.exporter));
    engine.isWell = false;
    await expect(site.run(site.config(['b.example'], engine.exporter))).rejects.toMatchObject({
      ...{ ...FAILED, message: expect.stringContaining('1 rule failed') },
      hint: expect.stringContaining(
        'What was live before is live again. These engines did not confirm that either: `out`',
      ),
    });
    expect(site.live()).toEqual(['a.example']);
    expect(engine.told.splice(0)).toEqual(['a.example (anew)', 'b.example', 'a.example (anew)']);
    expect(site.releases()).toEqual(['2 failed run `out` was not confirmed: 1 rule failed', '1 live run']);
    engine.isWell = true;
    await site.run(site.config(['a.example'], engine.exporter));
    await site.run(site.config(['a.example'], engine.exporter));
    expect(engine.told).toEqual(['a.example (anew)']);
  });

  it('leaves a history from which the next run goes on', async () => {
    const engine = new Engine();
    await site.run(site.config(['a.example'], engine.exporter));
    engine.isWell = false;
    await expect(site.run(site.config(['b.example'], engine.exporter))).rejects.toMatchObject(FAILED);
    engine.isWell = true;
    const report = await site.run(site.config(['c.example'], engine.exporter));
    expect(report.exporters[0]?.changes).toMatchObject({ added: 1, withdrawn: 1 });
    expect([1, 3].map((release) => site.at(release))).toEqual([['a.example'], ['c.example']]);
    await site.back(site.config([], engine.exporter));
    expect([site.at(4), site.live()]).toEqual([['a.example'], ['a.example']]);
  });
});

describe('an interruption', () => {
  it('while engines are told brings back what was live', async () => {
    const interrupt = new AbortController();
    const engine = new Engine();
    await site.run(site.config(['a.example'], engine.exporter));
    const impatient: Exporter = {
      ...engine.exporter,
      reload: async (published, signal) => {
        if (published.dir !== '' && !interrupt.signal.aborted) interrupt.abort();
        signal.throwIfAborted();
        return engine.exporter.reload?.(published, signal);
      },
    };
    const run = site.run(site.config(['b.example'], impatient), { signal: interrupt.signal });
    await expect(run).rejects.toMatchObject({ code: 'INTERRUPTED' });
    expect([site.live(), engine.told.at(-1)]).toEqual([['a.example'], 'a.example (anew)']);
  });

  it('before anything goes live changes nothing', async () => {
    const interrupt = new AbortController();
    const engine = new Engine();
    await site.run(site.config(['a.example'], engine.exporter));
    const calls = interposed((_call, name, args) => {
      if (name === 'renameSync' && String(args[0]).endsWith('.staging')) interrupt.abort();
    });
    const run = site.run(site.config(['b.example'], engine.exporter), { signal: interrupt.signal });
    await expect(run.finally(() => calls.restore())).rejects.toMatchObject({ code: 'INTERRUPTED' });
    expect(engine.told).toEqual(['a.example (anew)']);
    expect(site.releases()).toEqual(['1 live run']);
  });
});

describe('afterPublish', () => {
  const commanded = (command: readonly string[]) => {
    const afterPublish: ExporterConfig['afterPublish'] = { command: [...command], timeout: 10 };
    return site.config(['b.example'], lines, { exporters: [site.exporter('out', lines, { afterPublish })] });
  };

  it.each<[string, readonly string[], string]>([
    ['fails', ['sh', '-c', 'echo no such sensor; exit 3'], 'no such sensor'],
    ['is not here', ['no-such-program-of-ours'], 'no program `no-such-program-of-ours` is here'],
  ])('takes a command that %s for a refusal', async (_what, command, why) => {
    await site.run(site.config(['a.example']));
    await expect(site.run(commanded(command))).rejects.toThrow(why);
    expect(site.live()).toEqual(['a.example']);
  });

  it('tells little of what a command says, and nothing that steers a terminal', async () => {
    await site.run(site.config(['a.example']));
    const flood = ['sh', '-c', 'head -c 1000000 /dev/zero | tr "\\0" x; printf "\\nred \\033[31m\\n"; exit 1'];
    const error = await site.run(commanded(flood)).catch(String);
    expect(error).toContain('red ?[31m');
    expect(String(error).length).toBeLessThan(5000);
  });
});
