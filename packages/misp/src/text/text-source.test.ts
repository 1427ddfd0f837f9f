import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type StageServices, z } from '@misp-pipeline/core';
import { type Loopback, readSource, type SourceReading, startLoopback, testServices } from '@misp-pipeline/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { textOptions } from './text-options.ts';
import { TextSource } from './text-source.ts';

const LIST = 'a.example\nb.example\n';

let services: StageServices;
let server: Loopback;
let status: number;

beforeEach(async () => {
  services = testServices();
  status = 200;
  server = await startLoopback(({ headers }, response) => {
    const isKnown = headers['if-none-match'] === '"v1"';
    response.writeHead(isKnown && status === 200 ? 304 : status, { etag: '"v1"' }).end(isKnown ? '' : LIST);
  });
});

afterEach(async () => {
  await server.close();
  rmSync(services.stateDir, { recursive: true });
});

const at = (hour: number) => new Date(Date.UTC(2026, 10, 24, hour));

function read(url: string, own: Partial<StageServices> = {}): Promise<SourceReading> {
  const options = z.object(textOptions).parse({ url, retries: 0 });
  const source = new TextSource(options, { ...services, ...own }, function* domains(text) {
    for (const [i, value] of text.toString().trim().split('\n').entries()) yield { line: i + 1, type: 'domain', value };
  });
  return readSource(source);
}

describe('TextSource, of the age of its text', () => {
  it('is confirmed by every answer, also when nothing is new', async () => {
    for (const hour of [1, 2]) expect((await read(server.url, { now: at(hour) })).asOf).toEqual(at(hour));
  });

  it('is as old as the last answer when the text of the last run stands in', async () => {
    await read(server.url, { now: at(1) });
    await read(server.url, { now: at(2) });
    status = 500;
    for (const hour of [3, 4]) expect((await read(server.url, { now: at(hour) })).asOf).toEqual(at(2));
    expect((await read(server.url, { now: at(5), replay: true })).asOf).toEqual(at(2));
  });

  it('is that of the file where it is one', async () => {
    const dir = join(services.stateDir, 'files');
    mkdirSync(dir);
    writeFileSync(join(dir, 'list.txt'), LIST);
    utimesSync(join(dir, 'list.txt'), at(1), at(1));
    expect((await read(join(dir, 'list.txt'), { now: at(2) })).asOf).toEqual(at(1));
  });
});
