import { appendFileSync, copyFileSync, mkdtempSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { followFile } from './follow-file.ts';
import { LineSplitter } from './line-splitter.ts';
import type { Lines } from './lines.ts';
import { listen } from './listen.ts';
import type { Position } from './position.ts';
import { readFile } from './read-file.ts';
import { readInput } from './read-input.ts';

let folder: string;
let log: string;
let stop: AbortController;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stream-'));
  log = join(folder, 'eve.json');
  stop = new AbortController();
});

afterEach(() => {
  stop.abort();
  rmSync(folder, { recursive: true });
});

/** Lines as they come, with the position after them. */
class Reading {
  readonly lines: string[] = [];
  overlong = 0;
  position: Position | undefined;
  readonly ended: Promise<void>;

  constructor(stream: AsyncIterable<Lines>) {
    this.ended = this.#read(stream);
  }

  async #read(stream: AsyncIterable<Lines>): Promise<void> {
    for await (const { lines, overlong, position } of stream) {
      this.lines.push(...lines);
      this.overlong += overlong;
      this.position = position;
    }
  }

  async until(...lines: readonly string[]): Promise<void> {
    await vi.waitFor(() => expect(this.lines).toEqual(lines), { timeout: 30_000, interval: 2 });
  }
}

const read = async (from?: Position) => {
  const reading = new Reading(readFile(log, { signal: stop.signal, from }));
  await reading.ended;
  return reading;
};
const follow = (from?: Position) => new Reading(followFile(log, { signal: stop.signal, from, poll: 2 }));

/** Until a follower has looked again. */
const aWhile = () => new Promise((resolve) => setTimeout(resolve, 40));

describe('LineSplitter', () => {
  it('gives the same lines however the bytes come', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), fc.integer({ min: 1, max: 9 }), (texts, size) => {
        const lines = texts.map((text) => text.replace(/[\n\r]/g, '')).filter((text) => text !== '');
        const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
        const splitter = new LineSplitter(1000);
        const got: string[] = [];
        for (let i = 0; i < bytes.length; i += size) got.push(...splitter.push(bytes.subarray(i, i + size)));
        expect(got).toEqual(lines.map((line) => Buffer.from(line).toString('utf8')));
        expect(splitter.pending).toBe(0);
      }),
    );
  });

  it('skips and counts a line beyond the limit, and reads on after it', () => {
    const splitter = new LineSplitter(4);
    const pieces = ['12', '345', '6789', '\nabcd\n', 'x'.repeat(100), '\nend\n'];
    expect(pieces.flatMap((piece) => splitter.push(Buffer.from(piece)))).toEqual(['abcd', 'end']);
    expect(splitter.takeOverlong()).toBe(2);
  });
});

describe('readFile', () => {
  it('resumes at the position, and leaves a half line for the next time', async () => {
    writeFileSync(log, '{"a":1}\n\r\n{"a":2}\n{"a":');
    const first = await read();
    expect(first.lines).toEqual(['{"a":1}', '{"a":2}']);
    appendFileSync(log, '3}\n{"a":4}');
    const second = await read(first.position);
    expect(second.lines).toEqual(['{"a":3}', '{"a":4}']);
    appendFileSync(log, '\n{"a":5}\n');
    expect((await read(second.position)).lines).toEqual(['{"a":5}']);
  });

  it('reads what was rotated away since, and nothing twice', async () => {
    writeFileSync(log, 'a\nb\n');
    const { position } = await read();
    appendFileSync(log, 'c\n');
    renameSync(log, `${log}.1`);
    writeFileSync(log, 'd\n');
    expect((await read(position)).lines).toEqual(['c', 'd']);
  });

  it('begins anew where another file has the name', async () => {
    writeFileSync(log, 'a\nb\n');
    const { position } = await read();
    writeFileSync(log, 'other\nlines\nof more bytes\n');
    expect((await read(position)).lines).toEqual(['other', 'lines', 'of more bytes']);
  });

  it('goes over empty lines of any number', async () => {
    writeFileSync(log, `${'\n'.repeat(600_000)}a\n`);
    expect((await read()).lines).toEqual(['a']);
  });

  it('says that there is no file', async () => {
    await expect(read()).rejects.toThrow(`there is no file \`${log}\``);
  });
});

describe('followFile', () => {
  it('waits for a file that is not there yet, and for the rest of a line', async () => {
    const reading = follow();
    await aWhile();
    writeFileSync(log, 'a\nb');
    await reading.until('a');
    await aWhile();
    appendFileSync(log, 'c\n');
    await reading.until('a', 'bc');
    stop.abort();
    await reading.ended;
  });

  it('reads a renamed file to its end before the new one', async () => {
    writeFileSync(log, 'a\n');
    const reading = follow();
    await reading.until('a');
    appendFileSync(log, 'b\nhalf');
    renameSync(log, `${log}.1`);
    writeFileSync(log, 'c\n');
    await reading.until('a', 'b', 'half', 'c');
  });

  it('begins anew after copytruncate, with what only the copy holds', async () => {
    writeFileSync(log, 'a\nb\n');
    const reading = follow();
    await reading.until('a', 'b');
    appendFileSync(log, 'c\n');
    copyFileSync(log, `${log}.1`);
    truncateSync(log);
    appendFileSync(log, 'd\n');
    await reading.until('a', 'b', 'c', 'd');
  });

  it('notices a file that was cut off and has grown beyond where it was', async () => {
    writeFileSync(log, 'a\n');
    const reading = follow();
    await reading.until('a');
    writeFileSync(log, 'other and longer\n');
    await reading.until('a', 'other and longer');
  });

  it('loses no line and gives none twice when it is stopped and resumed over rotations', async () => {
    const written: string[] = [];
    const got: string[] = [];
    let position: Position | undefined;
    for (let round = 0; round < 6; round++) {
      for (let i = 0; i < 5; i++) written.push(`${round}-${i}`);
      appendFileSync(
        log,
        written
          .slice(-5)
          .map((line) => `${line}\n`)
          .join(''),
      );
      if (round % 2 === 1) {
        renameSync(log, `${log}.${round}`);
        writeFileSync(log, '');
      }
      stop = new AbortController();
      const reading = follow(position);
      await reading.until(...written.slice(got.length));
      stop.abort();
      await reading.ended;
      got.push(...reading.lines);
      position = reading.position ?? position;
    }
    expect(got).toEqual(written);
  });
});

describe('readInput', () => {
  it('gives lines in any pieces, the last one without an end', async () => {
    const reading = new Reading(
      readInput(Readable.from([Buffer.from('a\nb'), Buffer.from('c\nd')]), { signal: stop.signal }),
    );
    await reading.ended;
    expect(reading.lines).toEqual(['a', 'bc', 'd']);
  });

  it('reads no faster than it is asked', async () => {
    let made = 0;
    const source = new Readable({
      highWaterMark: 16,
      read() {
        made++;
        this.push(Buffer.from('0123456789abcde\n'));
      },
    });
    for await (const _ of readInput(source, { signal: stop.signal })) {
      await aWhile();
      break;
    }
    expect(made).toBeLessThan(10);
  });

  it('ends when the signal aborts, although the pipe stays open', async () => {
    const reading = new Reading(readInput(new Readable({ read() {} }), { signal: stop.signal }));
    stop.abort();
    await reading.ended;
    expect(reading.lines).toEqual([]);
  });
});

describe('listen', () => {
  const socket = () => join(folder, 'eve.socket');
  const write = async (text: string) => {
    await vi.waitFor(
      () =>
        new Promise<void>((resolve, reject) => {
          const connection = connect(socket(), () => connection.end(text, resolve));
          connection.once('error', reject);
        }),
      { timeout: 2000 },
    );
  };

  it('takes lines of several engines, one after the other, and takes its socket away', async () => {
    const reading = new Reading(listen(socket(), { signal: stop.signal }));
    await write('a\nb\n');
    await reading.until('a', 'b');
    await write('c\n');
    await reading.until('a', 'b', 'c');
    stop.abort();
    await reading.ended;
    await expect(
      write('d\n').then(
        () => 'taken',
        () => 'refused',
      ),
    ).resolves.toBe('refused');
  }, 60_000);

  it('takes over a socket that a killed program left, not one that is in use, nor a file', async () => {
    const first = new Reading(listen(socket(), { signal: stop.signal }));
    await write('a\n');
    await first.until('a');
    const second = new Reading(listen(socket(), { signal: stop.signal }));
    await expect(second.ended).rejects.toThrow('another program listens on');
    writeFileSync(log, '');
    await expect(new Reading(listen(log, { signal: stop.signal })).ended).rejects.toThrow('is no socket');
  });
});
