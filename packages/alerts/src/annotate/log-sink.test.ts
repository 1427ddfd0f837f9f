import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Random } from '@misp-pipeline/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anAnnotator } from '../../testing/annotating.ts';
import { dnsAlert } from '../../testing/eve.ts';
import { aKnownIndicator } from '../../testing/memory-index.ts';
import { readFile } from '../stream/read-file.ts';
import { LogSink } from './log-sink.ts';
import { Progress } from './progress.ts';
import { annotate } from './session.ts';

const PROGRAM = fileURLToPath(new URL('../../testing/annotate-process.ts', import.meta.url));
const EVIL = aKnownIndicator({ kind: 'domain', value: 'evil.example' }, { source: 'cert', attribute: 'a' });

let folder: string;
let progress: Progress;
const path = (name: string) => join(folder, name);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'log-sink-'));
  progress = new Progress(folder, path('out.json'));
});

afterEach(() => {
  progress.close();
  rmSync(folder, { recursive: true });
});

/** `n` alerts that differ, each second of which shows a known name. */
function alerts(n: number, first = 0): readonly string[] {
  return Array.from({ length: n }, (_, i) =>
    dnsAlert(first + i, `n${first + i}.${i % 2 === 0 ? 'evil' : 'good'}.example`),
  );
}

function append(lines: readonly string[]): void {
  appendFileSync(path('eve.json'), lines.map((line) => `${line}\n`).join(''));
}

/** Sids of the lines of a file, in order. */
function sidsIn(name: string): readonly number[] {
  const lines = readFileSync(path(name), 'utf8').trimEnd().split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line).alert.signature_id);
}

async function annotateLog() {
  const { sink, from, written } = await LogSink.open(path('out.json'), 'log', progress);
  const stream = readFile(path('eve.json'), { signal: new AbortController().signal, from });
  try {
    return await annotate({ stream, annotator: anAnnotator([EVIL]), sink, written });
  } finally {
    await sink.close();
  }
}

const upTo = (n: number) => Array.from({ length: n }, (_, i) => i);

describe('a log of annotated lines', () => {
  it('gets each line once, over as many runs as there are', async () => {
    append(alerts(3));
    expect(await annotateLog()).toMatchObject({ lines: 3, annotated: 2, resumed: 0 });
    append(alerts(2, 3));
    expect(await annotateLog()).toMatchObject({ lines: 2, annotated: 1 });
    expect(await annotateLog()).toMatchObject({ lines: 0 });
    expect(sidsIn('out.json')).toEqual(upTo(5));
    expect(statSync(path('out.json')).mode & 0o007).toBe(0);
  });

  it('takes a line away that was not written to its end, and writes no other one twice', async () => {
    append(alerts(1));
    await annotateLog();
    append(alerts(3, 1));
    const noted = readFileSync(path('out.json'), 'utf8');
    const mark = progress.mark;
    if (mark === undefined) throw new Error('the run notes how far it came');
    await annotateLog();
    const whole = readFileSync(path('out.json'), 'utf8');
    // As if it had been killed in the middle of its third line, before it noted anything.
    progress.keep(mark);
    writeFileSync(path('out.json'), whole.slice(0, whole.lastIndexOf('\n', whole.length - 2) + 100));
    expect(await annotateLog()).toMatchObject({ lines: 1, resumed: 2 });
    expect(readFileSync(path('out.json'), 'utf8')).toBe(whole);
    expect(whole.startsWith(noted)).toBe(true);
  });

  it('is found again after it was rotated away before anything was noted', async () => {
    await annotateLogOf([]);
    const mark = progress.mark;
    if (mark === undefined) throw new Error('the run notes how far it came');
    append(alerts(4));
    await annotateLog();
    progress.keep(mark);
    renameSync(path('out.json'), path('out.json.1'));
    expect(await annotateLog()).toMatchObject({ lines: 0, resumed: 4 });
    append(alerts(1, 4));
    expect(await annotateLog()).toMatchObject({ lines: 1, resumed: 0 });
    expect([sidsIn('out.json.1'), sidsIn('out.json')]).toEqual([upTo(4), [4]]);
  });

  it('is opened by its name again before the next lines, when it is told to', async () => {
    const { sink } = await LogSink.open(path('out.json'), 'socket', progress);
    await sink.write(alerts(1));
    renameSync(path('out.json'), path('out.json.1'));
    sink.reopen();
    await sink.write(alerts(1, 1));
    await sink.keep(undefined);
    await sink.write(alerts(1, 2));
    await sink.keep(undefined);
    await sink.close();
    expect([sidsIn('out.json.1'), sidsIn('out.json')]).toEqual([[0, 1], [2]]);
    expect(progress.mark?.output.inode).toBe(statSync(path('out.json')).ino);
  });

  it('ends the last line of another program first', async () => {
    writeFileSync(path('out.json'), '{"alert":{"signature_id":9}}');
    append(alerts(1));
    await annotateLog();
    expect(sidsIn('out.json')).toEqual([9, 0]);
  });

  it('is written by one program at a time', () => {
    expect(() => new Progress(folder, path('out.json'))).toThrow('annotate');
    new Progress(folder, path('other.json')).close();
  });

  it('is a regular file', async () => {
    await expect(LogSink.open('/dev/null', 'log', progress)).rejects.toThrow('is no regular file');
  });
});

async function annotateLogOf(lines: readonly string[]): Promise<void> {
  writeFileSync(path('eve.json'), lines.map((line) => `${line}\n`).join(''));
  await annotateLog();
}

describe('a program that is killed again and again', () => {
  it('loses no line and writes none twice, while its log is rotated', async () => {
    const count = 6000;
    append(alerts(count));
    progress.close(); // The program has it now.
    const random = new Random(1);
    let kills = 0;
    for (let ended = false; !ended; ) {
      ended = await runUntil(kills < 8 ? random.below(400_000) : Number.POSITIVE_INFINITY);
      if (!ended) kills++;
      if (!ended && kills % 3 === 0 && existsSync(path('out.json')))
        renameSync(path('out.json'), path(`out.json.${kills}`));
    }
    progress = new Progress(folder, path('out.json'));
    const logs = readdirSync(folder).filter((name) => /^out\.json\.\d$/.test(name));
    const sids = [...logs, 'out.json'].flatMap(sidsIn);
    expect(kills).toBeGreaterThan(2);
    expect(sids).toHaveLength(count);
    expect(new Set(sids).size).toBe(count);
  });
});

/** Runs the program and kills it when it has written so many bytes more; whether it ended by itself. */
async function runUntil(bytes: number): Promise<boolean> {
  const args = ['--conditions=source', PROGRAM, folder, path('eve.json'), path('out.json')];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  const size = () => statSync(path('out.json'), { throwIfNoEntry: false })?.size ?? 0;
  const before = size();
  const killing = setInterval(() => {
    if (size() - before > bytes) child.kill('SIGKILL');
  }, 1);
  const [code] = await once(child, 'exit');
  clearInterval(killing);
  return code === 0;
}
