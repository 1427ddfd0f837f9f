import { anIndicator } from '@misp-pipeline/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { says } from '../../testing/fake-control.ts';
import { type Answers, domains, FakeEngine } from '../../testing/fake-engine.ts';

let engine: FakeEngine;

afterEach(() => engine.close());

describe('a reload after a small change', () => {
  async function changed(answers: Answers, options: object = {}) {
    engine = await FakeEngine.start({
      ...answers,
      'dataset-lookup': ({ arguments: about }) => says('as it is', about?.datavalue !== btoa('gone.example')),
    });
    const { dir } = await engine.publish(domains('gone.example', 'stays.example'));
    return engine.reload(await engine.publish(domains('new.example', 'stays.example'), dir), options);
  }

  it('adds and removes the values that changed, and reloads nothing', async () => {
    expect(await changed({})).toMatchObject({
      ...{ method: 'dataset-add', confirmed: true },
      messages: expect.arrayContaining(['1 value added to datasets, 1 removed']),
    });
    expect(engine.commands).not.toContain('reload-rules');
    expect(engine.commands).toEqual(expect.arrayContaining(['dataset-add', 'dataset-remove']));
  });

  it.each<[string, Answers, object, string?]>([
    ['more values have changed than `limit`', {}, { limit: 1 }],
    [
      'the engine refuses a value',
      { 'dataset-add': says('failed to add data', false) },
      {},
      '`dataset-add` of `new.example` in dataset `misp-domain-2` was answered with `failed to add data`; so all rules were loaded',
    ],
    [
      'the engine holds a new value already',
      { 'dataset-add': says('data already in set') },
      {},
      '`dataset-add` of `new.example` in dataset `misp-domain-2` was answered with `data already in set`; so all rules were loaded',
    ],
  ])('reloads all rules when %s', async (_what, answers, options, message) => {
    const report = await changed(answers, options);
    expect(report).toMatchObject({ method: 'unix socket', confirmed: true });
    if (message !== undefined) expect(report.messages).toContain(message);
    expect(engine.commands).toContain('reload-rules');
  });

  it('reloads all rules when nothing has changed, or something else than datasets', async () => {
    engine = await FakeEngine.start();
    const published = await engine.publish(domains('a.example'));
    const { dir } = published;
    await engine.reload({ ...published, previousDir: dir });
    expect(engine.commands).toContain('reload-rules');
    const more = [...domains('a.example'), anIndicator('ja3', 'a'.repeat(32))];
    await engine.reload(await engine.publish(more, dir));
    expect(engine.commands).not.toContain('dataset-add');
  });

  it('reloads all rules on Suricata 8, whose lists say more than values', async () => {
    await changed({ version: says('8.0.8 RELEASE') });
    expect(engine.commands).not.toContain('dataset-add');
    expect(engine.commands).toContain('reload-rules');
  });

  it('reloads all rules when the earlier files are gone', async () => {
    engine = await FakeEngine.start();
    await engine.reload(await engine.publish(domains('a.example'), '/nowhere'));
    expect(engine.commands).toContain('reload-rules');
  });
});
