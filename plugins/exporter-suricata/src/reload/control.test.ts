import { join } from 'node:path';
import { anIndicator } from '@misp-pipeline/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { says } from '../../testing/fake-control.ts';
import { type Answers, domains, FakeEngine } from '../../testing/fake-engine.ts';

const TWO = domains('a.example', 'b.example');

let engine: FakeEngine;

afterEach(() => engine.close());

describe('talking to the engine', () => {
  it('reads answers that come in pieces', async () => {
    const text = `${JSON.stringify({ message: 'done', return: 'OK' })}\n`;
    engine = await FakeEngine.start({ 'reload-rules': { pieces: [...text] } });
    expect(await engine.reload(await engine.publish(TWO))).toMatchObject({ confirmed: true });
  });

  it.each<[string, Answers, string]>([
    [
      'a protocol that is refused',
      { protocol: says('bad version', false) },
      'refused version 0.2 of its protocol: `bad version`',
    ],
    [
      'garbage',
      { 'reload-rules': { pieces: ['not \u001b[31mJSON\n'] } },
      'answered `reload-rules` with `not \\u{1b}[31mJSON`',
    ],
    ['JSON that is no answer', { version: { pieces: ['[]\n'] } }, 'answered `version` with `[]`'],
    [
      'two answers to one command',
      { version: { pieces: ['{"return":"OK"}\n{"return":"OK"}\n'] } },
      'answered `version` with',
    ],
    ['a version that is none', { version: says({ major: 7 }) }, 'answered `version` with `{"major":7}`'],
    [
      'a refusal',
      { 'reload-rules': says('Live rule reload not possible', false) },
      'refused `reload-rules`: `Live rule reload not possible`',
    ],
    [
      'counts that are none',
      { 'ruleset-stats': says([{ rules_loaded: 'many' }]) },
      'answered `ruleset-stats` with `[{"rules_loaded":"many"}]`',
    ],
    ['no counts', { 'ruleset-stats': says([]) }, 'answered `ruleset-stats` with `[]`'],
    [
      'the end of the connection',
      { 'reload-rules': { hangUp: true } },
      'closed the connection instead of answering `reload-rules`',
    ],
    [
      'the end within an answer',
      { version: { pieces: ['{"mess'], hangUp: true } },
      'closed the connection instead of answering `version`',
    ],
  ])('does not confirm %s', async (_what, answers, message) => {
    engine = await FakeEngine.start(answers);
    const report = await engine.reload(await engine.publish(TWO));
    expect(report).toMatchObject({ confirmed: false });
    expect(report.messages.at(-1)).toContain(`the engine ${message}`);
  });

  it('does not confirm an engine that never answers', async () => {
    engine = await FakeEngine.start({ 'reload-rules': {} });
    expect(await engine.reload(await engine.publish(TWO), { timeout: 0.1 })).toMatchObject({
      engine: 'suricata 7.0.10',
      confirmed: false,
      messages: ['the engine did not answer `reload-rules` within 0.1 seconds'],
    });
  });

  it('sends no command so long that it would end the engine', async () => {
    engine = await FakeEngine.start();
    const published = await engine.publish(['x'.repeat(3900), 'y'].map((value) => anIndicator('user-agent', value)));
    expect(await engine.reload(published)).toMatchObject({ confirmed: true });
    const lookUps = engine.requests.filter(({ command }) => command === 'dataset-lookup');
    expect(lookUps.map(({ arguments: about }) => about?.datavalue)).toContain(btoa('y'));
    expect(Math.max(...lookUps.map((request) => JSON.stringify(request).length))).toBeLessThan(4000);
  });

  it('throws when nobody listens', async () => {
    engine = await FakeEngine.start();
    const published = await engine.publish([]);
    await expect(engine.reload(published, { socket: join(published.dir, 'socket') })).rejects.toThrow(
      /no Suricata can be reached on the socket `.*ENOENT/,
    );
  });

  it('throws the reason of the signal when that aborts', async () => {
    const stop = new AbortController();
    engine = await FakeEngine.start({
      'reload-rules': () => {
        stop.abort(new Error('enough'));
        return {};
      },
    });
    await expect(engine.reload(await engine.publish([]), {}, stop.signal)).rejects.toThrow('enough');
  });
});
