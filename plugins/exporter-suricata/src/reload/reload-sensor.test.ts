import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { anIndicator, testServices } from '@misp-pipeline/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { says } from '../../testing/fake-control.ts';
import { domains, FakeEngine } from '../../testing/fake-engine.ts';
import { SuricataExporter } from '../exporter.ts';
import { suricataOptions } from '../options.ts';

const TWO = domains('a.example', 'b.example');

let engine: FakeEngine;

afterEach(() => engine.close());

describe('a reload', () => {
  it('is not tried where the options name no socket', async () => {
    engine = await FakeEngine.start();
    const silent = new SuricataExporter(suricataOptions.parse({}), testServices());
    expect(await silent.reload(await engine.publish([]), new AbortController().signal)).toBeUndefined();
    expect(engine.requests).toEqual([]);
  });

  it('asks for all rules, then for what is loaded, and looks up the ends of each list', async () => {
    engine = await FakeEngine.start();
    expect(await engine.reload(await engine.publish(TWO))).toEqual({
      engine: 'suricata 7.0.10',
      method: 'unix socket',
      confirmed: true,
      messages: [
        'the engine loaded 1000 rules, skipped 1000 and failed to load 0; of ours 5 have to be loaded and 4 skipped',
        '3 look-ups in 2 datasets answered as expected',
      ],
    });
    expect(engine.commands).toEqual([
      ...[undefined, 'version', 'reload-rules', 'ruleset-stats', 'ruleset-failed-rules'],
      ...['dataset-lookup', 'dataset-lookup', 'dataset-lookup'],
    ]);
    expect(engine.requests.at(-3)?.arguments).toEqual({
      ...{ setname: 'misp-domain-2', settype: 'string', datavalue: btoa('a.example') },
    });
  });

  it('does not confirm fewer rules than ours', async () => {
    engine = await FakeEngine.start({
      'ruleset-stats': says([{ rules_loaded: 4, rules_failed: 0, rules_skipped: 4 }]),
    });
    expect(await engine.reload(await engine.publish(TWO))).toMatchObject({
      confirmed: false,
      messages: [
        'the engine loaded 4 rules, skipped 4 and failed to load 0, but of ours 5 have to be loaded and 4 skipped',
        '3 look-ups in 2 datasets answered as expected',
      ],
    });
  });

  it('lets the engine skip rules for a feature that it lacks, as many as it says it skipped', async () => {
    const counts = { loaded: 3, skipped: 4 };
    engine = await FakeEngine.start({
      'ruleset-stats': () => says([{ rules_loaded: counts.loaded, rules_failed: 0, rules_skipped: counts.skipped }]),
    });
    const published = await engine.publish([anIndicator('ja3', 'a'.repeat(32))]);
    expect(await engine.reload(published)).toMatchObject({ confirmed: true });
    counts.loaded = 1;
    expect(await engine.reload(published)).toMatchObject({ confirmed: true });
    counts.skipped = 2;
    expect(await engine.reload(published)).toMatchObject({ confirmed: false });
  });

  it('does not confirm when rules of ours failed, also in a copy or in a merged file', async () => {
    let failed: object = {};
    engine = await FakeEngine.start({ 'ruleset-failed-rules': () => says([{ tenant_id: 0, line: 7, ...failed }]) });
    const published = await engine.publish(domains('a.example'));
    const [, ours = ''] = readFileSync(join(published.dir, 'misp.rules'), 'utf8').split('\n');
    failed = { filename: '/somewhere/else/misp.rules', rule: 'alert nonsense' };
    expect(await engine.reload(published)).toMatchObject({
      confirmed: false,
      messages: expect.arrayContaining(['the engine refused line 7 of `/somewhere/else/misp.rules`: `alert nonsense`']),
    });
    failed = { filename: '/var/lib/suricata/rules/suricata.rules', rule: ours };
    expect(await engine.reload(published)).toMatchObject({ confirmed: false });
    failed = { filename: '/var/lib/suricata/rules/suricata.rules', rule: 'alert nonsense' };
    expect(await engine.reload(published)).toMatchObject({
      confirmed: true,
      messages: expect.arrayContaining(['1 rule of other files failed']),
    });
  });

  it('does not confirm when a value is not found', async () => {
    engine = await FakeEngine.start({ 'dataset-lookup': says('item not found in set', false) });
    const report = await engine.reload(await engine.publish(TWO));
    expect(report).toMatchObject({ confirmed: false });
    expect(report.messages).toContain(
      '`a.example` in dataset `misp-domain-2` should be found, but the engine says `item not found in set`',
    );
  });

  it('does not confirm when a value that was removed is still found', async () => {
    engine = await FakeEngine.start();
    const { dir } = await engine.publish(domains('a.example', 'b.example', 'gone.example'));
    const published = await engine.publish(domains('a.example', 'b.example'), dir);
    const report = await engine.reload(published, { limit: 0 });
    expect(report).toMatchObject({ confirmed: false });
    expect(report.messages).toContain(
      '`gone.example` in dataset `misp-domain-2` should be gone, but the engine says `item found in set`',
    );
  });

  it('does not confirm files that are not as they were published', async () => {
    engine = await FakeEngine.start();
    const published = await engine.publish(domains('a.example'));
    writeFileSync(join(published.dir, 'misp-quic.rules'), '');
    rmSync(join(published.dir, 'misp-foreign.rules'));
    expect(await engine.reload(published)).toMatchObject({
      confirmed: false,
      messages: expect.arrayContaining([
        '`misp-quic.rules` is not as it was published',
        `\`misp-foreign.rules\` is missing from \`${published.dir}\``,
      ]),
    });
  });
});
