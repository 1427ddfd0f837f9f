import { appendFileSync, cpSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReloadReport } from '@misp-pipeline/core';
import { afterEach, describe, expect, it } from 'vitest';
import { emptyFolder } from '../../support/cli.ts';
import type { AttributeFields } from '../../support/event.ts';
import { FeedPipeline } from './pipeline.ts';
import { BEFORE_8, LIVE, LiveSensor } from './sensor.ts';
import { lookUp, visit } from './traffic.ts';

const domains = (...values: readonly string[]): AttributeFields[] => values.map((value) => ({ type: 'domain', value }));
const LIST = `datasets/misp-domain-2.${BEFORE_8 ? 'lst' : 'ndjson'}`;
const REFUSED = /^the engine refused line \d+ of `.*misp\.rules`: `alert /;
const NOT_FOUND = /should be found, but the engine says `item not found in set`$/;
const JA3: AttributeFields = { type: 'ja3-fingerprint-md5', value: 'a'.repeat(32) };

describe.skipIf(!LIVE)('a running Suricata (needs suricata and the right to capture)', () => {
  let folder: string;
  let pipeline: FeedPipeline;
  let sensor: LiveSensor;

  /** Publishes the attributes and starts a sensor on them. */
  async function begin(attributes: readonly AttributeFields[], options: object = {}): Promise<void> {
    folder = emptyFolder();
    pipeline = new FeedPipeline(folder, options);
    await pipeline.publish(attributes);
    sensor = await LiveSensor.start(folder, join(pipeline.current, 'misp-pipeline.yaml'));
  }

  /** Publishes the attributes and tells the sensor, after `deploy` did something with the live files. */
  async function go(attributes: readonly AttributeFields[], deploy?: (dir: string) => void): Promise<ReloadReport> {
    const published = await pipeline.publish(attributes);
    deploy?.(published.dir);
    return pipeline.reload(published);
  }

  afterEach(async () => {
    await sensor?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('alerts on a new indicator after the reload, and no longer after its withdrawal', async () => {
    await begin(domains('old.example'));
    expect(await sensor.alertsOn(() => lookUp('www.new.example'))).toEqual([]);
    expect(await go(domains('old.example', 'new.example'))).toEqual({
      engine: expect.stringMatching(/^suricata \d+\.\d+\.\d+$/),
      method: 'unix socket',
      confirmed: true,
      messages: [
        'the engine loaded 10 rules, skipped 0 and failed to load 0; of ours 9 have to be loaded and 0 skipped',
        '2 look-ups in 1 dataset answered as expected',
      ],
    });
    expect(await sensor.alertsOn(() => lookUp('www.new.example'))).toEqual(['MISP domain new.example (An event)']);
    expect(await sensor.alertsOn(() => visit('new.example'))).toEqual(['MISP domain new.example (An event)']);
    expect(await go(domains('old.example'))).toMatchObject({ confirmed: true });
    expect(await sensor.alertsOn(() => lookUp('www.new.example'))).toEqual([]);
    expect(await sensor.alertsOn(() => lookUp('old.example'))).toEqual(['MISP domain old.example (An event)']);
  });

  it('is told by a run, and takes the earlier rules again when it refuses one of the new', async () => {
    await begin(domains('old.example'), { check: 'off' });
    const { exporters } = await pipeline.run(domains('old.example', 'new.example'));
    expect(exporters[0]?.reload).toMatchObject({ confirmed: true });
    expect(await sensor.alertsOn(() => lookUp('new.example'))).toEqual(['MISP domain new.example (An event)']);
    const bad = 'alert http any any -> any any (msg:"bad"; http.host; content:"Upper.Example"; sid:1; rev:1;)';
    const run = pipeline.run([...domains('other.example'), { type: 'suricata', value: bad }]);
    await expect(run).rejects.toMatchObject({ code: 'RELOAD_FAILED', exitCode: 11 });
    expect(await sensor.alertsOn(() => lookUp('other.example'))).toEqual([]);
    expect(await sensor.alertsOn(() => lookUp('new.example'))).toEqual(['MISP domain new.example (An event)']);
  });

  it('sees the values of lists come and go, whichever way it is told', async () => {
    await begin(domains('old.example', 'stays.example'), { mode: 'datasets' });
    const report = await go(domains('new.example', 'stays.example'));
    expect(report.confirmed).toBe(true);
    const [message] = await sensor.alertsOn(() => lookUp('new.example'));
    expect(message).toBe('MISP domain in list misp-domain-2');
    expect(await sensor.alertsOn(() => lookUp('old.example'))).toEqual([]);
    expect(await sensor.alertsOn(() => lookUp('stays.example'))).toEqual([message]);
  });

  it.skipIf(!BEFORE_8)(
    'has single values added and removed where nothing else has changed (needs suricata 7)',
    async () => {
      await begin(domains('old.example', 'stays.example'), { mode: 'datasets' });
      expect(await go(domains('new.example', 'stays.example'))).toMatchObject({
        ...{ method: 'dataset-add', confirmed: true },
        messages: [
          '1 value added to datasets, 1 removed',
          'the engine loaded 6 rules, skipped 4 and failed to load 0; of ours 5 have to be loaded and 4 skipped',
          '4 look-ups in 2 datasets answered as expected',
        ],
      });
    },
  );

  it.skipIf(!BEFORE_8)('loads everything when it does not hold what was thought (needs suricata 7)', async () => {
    await begin(domains('a.example', 'b.example', 'c.example'), { mode: 'datasets' });
    await pipeline.publish(domains('b.example', 'c.example', 'd.example'));
    const report = await go(domains('a.example', 'b.example', 'c.example'));
    expect(report).toMatchObject({ method: 'unix socket', confirmed: true });
    expect(report.messages[0]).toMatch(
      /^`dataset-remove` of `d\.example` .* `failed to remove data`; so all rules were/,
    );
  });

  describe('that reads copies', () => {
    const copy = () => join(folder, 'copy');

    function copyFrom(dir: string): void {
      rmSync(copy(), { recursive: true, force: true });
      cpSync(dir, copy(), { recursive: true, dereference: true });
    }

    /** Publishes the attributes and starts a sensor on a copy. */
    async function beginCopied(options: object = {}): Promise<void> {
      folder = emptyFolder();
      pipeline = new FeedPipeline(folder, { sensorPath: copy(), ...options });
      copyFrom((await pipeline.publish(domains('old.example'))).dir);
      sensor = await LiveSensor.start(folder, join(copy(), 'misp-pipeline.yaml'));
    }

    it('is confirmed when they are those of now, and not when they are of an earlier generation', async () => {
      await beginCopied();
      const report = await go(domains('new.example'));
      expect(report.confirmed).toBe(false);
      expect(report.messages).toContainEqual(
        expect.stringMatching(/in dataset `misp-pipeline` should be found, but .* `item not found in set`$/),
      );
      expect(await go(domains('new.example'), copyFrom)).toMatchObject({ confirmed: true });
    });

    it('is not confirmed without its rules, however many others it has loaded', async () => {
      await beginCopied();
      const others = Array.from({ length: 50 }, (_, i) => `alert ip any any -> 192.0.2.1 any (sid:${i + 2}; rev:1;)\n`);
      appendFileSync(join(folder, 'site.rules'), others.join(''));
      rmSync(join(copy(), 'misp.rules'));
      const report = await go(domains('new.example'));
      expect(report.confirmed).toBe(false);
      expect(report.messages).toContainEqual(
        expect.stringMatching(/in dataset `misp-pipeline` should be found, but .* `set not found or wrong type`$/),
      );
    });

    it.each<[string, string, (path: string) => void, RegExp]>([
      ['a broken rule', 'misp.rules', (rules) => appendFileSync(rules, 'alert nonsense\n'), REFUSED],
      ['no list', LIST, (list) => rmSync(list), REFUSED],
      ['a broken list', LIST, (list) => writeFileSync(list, '!!\n'), NOT_FOUND],
      ['an empty list', LIST, (list) => truncateSync(list), NOT_FOUND],
    ])('is not confirmed with %s', async (_what, file, spoil, message) => {
      await beginCopied({ mode: 'datasets' });
      const report = await go([...domains('new.example'), JA3], (dir) => {
        copyFrom(dir);
        spoil(join(copy(), file));
      });
      expect(report.confirmed).toBe(false);
      expect(report.messages).toContainEqual(expect.stringMatching(message));
    });
  });
});
