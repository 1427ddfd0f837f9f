import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isPipelineError, type StageServices } from '@misp-pipeline/core';
import { RecordingLogger, readSource, type SourceReading, testServices } from '@misp-pipeline/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import plugin from './index.ts';

let services: StageServices;

beforeEach(() => {
  services = testServices({ id: 'blocklist' });
});
afterEach(() => rmSync(services.stateDir, { recursive: true }));

function read(text: string | Buffer, options: Record<string, unknown> = {}): Promise<SourceReading> {
  const url = join(services.stateDir, 'list.txt');
  writeFileSync(url, text);
  return readSource(plugin.create(plugin.options.parse({ url, ...options }), services));
}

const rejections = ({ rejected }: SourceReading) => rejected.map(({ reason, value, place }) => [reason, value, place]);

describe('source freetext', () => {
  it('makes one event of a file, whose attributes name their lines', async () => {
    const { indicators } = await read('# ours\nevil.example # seen\n192.0.2.1\n', {
      name: 'Our list',
      tags: ['tlp:green'],
    });
    expect(indicators).toMatchObject([
      {
        ...{ kind: 'domain', value: 'evil.example', tlp: 'green', tags: ['tlp:green'] },
        origins: [
          { source: 'blocklist', type: 'domain', comment: 'line 2: seen', event: { title: 'Our list', date: '' } },
        ],
      },
      { kind: 'ipv4', value: '192.0.2.1', direction: 'destination', origins: [{ comment: 'line 3' }] },
    ]);
    expect(indicators[0]?.origins[0]?.event).toBe(indicators[1]?.origins[0]?.event);
  });

  it('is titled after the source when it has no name', async () => {
    const { indicators } = await read('evil.example');
    expect(indicators[0]?.origins[0]?.event.title).toBe('blocklist');
  });

  it('accounts for every line that is not blank', async () => {
    const reading = await read('# ours\n\nevil.example\nnot a value\nevil.example\n127.0.0.1 localhost\n', {
      form: 'list',
    });
    expect(reading.read).toBe(5);
    expect(rejections(reading)).toEqual([
      ['skipped:comment', '# ours', 'list.txt:1'],
      ['rejected:no-indicator', 'not a value', 'list.txt:4'],
      ['skipped:repeated', 'evil.example', 'list.txt:5'],
      ['skipped:directive', 'localhost', 'list.txt:6'],
    ]);
  });

  it('leaves out what `exclude` and `types` leave out', async () => {
    const text = 'hxxp://www.good[.]example/x\nwww.good.example\n192.0.2.1\nevil.example\n';
    const reading = await read(text, { exclude: ['*good.example*'], types: ['domain', 'url'] });
    expect(reading.indicators.map(({ value }) => value)).toEqual(['evil.example']);
    expect(rejections(reading)).toEqual([
      ['skipped:excluded', 'hxxp://www.good[.]example/x', 'list.txt:1'],
      ['skipped:excluded', 'www.good.example', 'list.txt:2'],
      ['skipped:type', '192.0.2.1', 'list.txt:3'],
    ]);
  });

  it('reads a text in the form that it is told', async () => {
    const text = 'We saw evil.example and bad[.]example.\n';
    const values = async (form: string) =>
      (await read(text, { form, maxShrink: 1 })).indicators.map(({ value }) => value);
    expect([await values('defanged'), await values('plain'), await values('list')]).toEqual([
      ['bad.example'],
      ['evil.example', 'bad.example'],
      [],
    ]);
  });

  it('says which form a text seems to have, and why', async () => {
    const log = new RecordingLogger();
    services = { ...services, logger: log.logger };
    await read('We saw\nthese hosts:\nevil[.]example and\n');
    expect(log.lines.join('\n')).toMatch(/info .*defanged.*entries: 1.*words: 2/s);
    log.lines.length = 0;
    await read('evil.example\n', { form: 'list', maxShrink: 1 });
    expect(log.lines).toEqual([]);
  });

  it('says when a text names nothing', async () => {
    const { problems } = await read('Nothing to report today.\n');
    expect(problems).toEqual([{ message: 'the text names no value', place: 'list.txt' }]);
  });

  it('refuses a text that has lost more than `maxShrink` allows', async () => {
    await read('a.example\nb.example\nc.example\nd.example\n');
    await expect(read('a.example\n')).rejects.toSatisfy(
      (error) => isPipelineError(error) && /1 values instead of 4 in the last run/.test(error.message),
    );
    await expect(read('# moved\n')).rejects.toThrow(/0 values instead of 4/);
    expect((await read('a.example\n', { maxShrink: 1 })).indicators).toHaveLength(1);
  });

  it.each([
    ['words', (i: number) => `word ${i}`],
    ['the same value', () => 'a.example'],
  ])('counts %s as no values that the text still has', async (_, line) => {
    await read(Array.from({ length: 8 }, (__, i) => `${i}.example`).join('\n'), { form: 'list' });
    const text = Array.from({ length: 8 }, (__, i) => line(i)).join('\n');
    await expect(read(text, { form: 'list' })).rejects.toThrow(/[01] values instead of 8/);
  });

  it('counts a value that is left out among those that the text has', async () => {
    await read('a.example\nb.example\nc.example\n');
    const { indicators } = await read('a.example\nb.example\nc.example\n', { exclude: ['*.example'] });
    expect(indicators).toEqual([]);
  });

  it.each([
    ['utf16le', (text: Buffer) => text],
    ['utf16be', (text: Buffer) => text.swap16()],
  ])('reads a text in %s that begins with its byte order mark', async (_, order) => {
    const { indicators } = await read(order(Buffer.from('\ufeffa.example\r\nb.example\r\n', 'utf16le')));
    expect(indicators.map(({ value }) => value)).toEqual(['a.example', 'b.example']);
  });

  it('stops among lines that become nothing', async () => {
    const url = join(services.stateDir, 'list.txt');
    writeFileSync(url, '# nothing\n'.repeat(5000));
    const stop = new AbortController();
    let lines = 0;
    const intake = {
      reject() {},
      problem() {},
      sync() {},
      asOf() {},
      withdrawn() {},
      read: () => void (++lines === 10 && stop.abort(new Error('stop'))),
    };
    const batches = plugin.create(plugin.options.parse({ url }), services).read(stop.signal, intake);
    await expect(batches[Symbol.asyncIterator]().next()).rejects.toThrow('stop');
    expect(lines).toBe(1000);
  });

  it('refuses a text that is larger than `maxBytes` allows', async () => {
    await expect(read('x'.repeat(2000), { maxBytes: 1024 })).rejects.toThrow(/2000 bytes are more than/);
  });

  it('names a file that is missing', async () => {
    const options = plugin.options.parse({ url: join(services.stateDir, 'no.txt') });
    await expect(readSource(plugin.create(options, services))).rejects.toThrow(/no\.txt`: it is missing/);
  });
});
