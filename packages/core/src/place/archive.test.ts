import { execFile, spawnSync } from 'node:child_process';
import { hash } from 'node:crypto';
import { mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { list } from 'tar';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { interposed } from '../../testing/place/faulty-fs.ts';
import { Site } from '../../testing/place/site.ts';

const RULE = 'alert ip any any -> any any (msg:"m"; sid:1; rev:1;)\n';
const hasSuricataUpdate = spawnSync('suricata-update', ['--version']).status === 0;

let site: Site;

beforeEach(() => {
  site = new Site();
});

afterEach(() => site.remove());

const bytes = (name = 'misp-rules.tar.gz') => readFileSync(site.path(name));
const place = (texts: Record<string, string>, options = {}) =>
  site.place(texts, { archive: site.path('misp-rules.tar.gz'), ...options });

describe('an archive', () => {
  it('holds the selected files in a folder of its own name', async () => {
    await place({ 'misp.rules': RULE, 'datasets/a.lst': 'YQ==\n', 'x.yaml': '' }, { files: ['*.rules', 'datasets/*'] });
    const entries: string[] = [];
    await list({
      file: site.path('misp-rules.tar.gz'),
      onReadEntry: ({ path, mode, uid, gid, mtime, size }) =>
        entries.push([path, mode?.toString(8), uid, gid, mtime?.getTime(), size].join(' ')),
    });
    expect(entries).toEqual(['misp-rules/datasets/a.lst 644 0 0 0 5', 'misp-rules/misp.rules 644 0 0 0 53']);
  });

  it('has its checksum beside it, as bare digits', async () => {
    await place({ 'misp.rules': RULE });
    expect(site.read('misp-rules.tar.gz.md5')).toBe(hash('md5', bytes()));
    expect(site.read('misp-rules.tar.gz.md5')).toMatch(/^[0-9a-f]{32}$/);
  });

  it('is the same to the byte for the same files, whenever and in whatever order they were written', async () => {
    const texts = { 'a.rules': RULE, 'b/c.lst': 'x'.repeat(3_000_000) };
    await place(texts);
    const first = bytes();
    const generation = site.generation(texts);
    for (const { path } of generation.files) utimesSync(join(generation.dir, path), 5, 5);
    await site.place({ 'b/c.lst': texts['b/c.lst'], 'a.rules': RULE }, { archive: site.path('misp-rules.tar.gz') });
    expect(bytes().equals(first)).toBe(true);
  });

  it('is left alone when its files are the same', async () => {
    await place({ 'misp.rules': RULE });
    const { reports } = await place({ 'misp.rules': RULE, 'other.txt': '2' }, { files: ['*.rules'] });
    expect(reports[0]).toMatchObject({ unchanged: 2, written: [] });
  });

  it('is there when no file is selected, for a reader that would take its absence for a failure', async () => {
    await place({});
    expect(spawnSync('tar', ['-tzf', site.path('misp-rules.tar.gz')], { encoding: 'utf8' })).toMatchObject({
      status: 0,
      stdout: '',
    });
  });

  it.each(['commit', 'undo'] as const)(
    'is never without the new checksum for longer than a rename (%s)',
    async (step) => {
      await place({ 'misp.rules': RULE });
      const old = hash('md5', bytes());
      const placing = await site.prepare({ 'misp.rules': `${RULE}#` }, { archive: site.path('misp-rules.tar.gz') });
      if (step === 'undo') placing.commit();
      const seen = new Set<string>();
      const calls = interposed(() => {
        const archive = hash('md5', bytes()) === old ? 'old' : 'new';
        seen.add(`${archive} archive, ${site.read('misp-rules.tar.gz.md5') === old ? 'old' : 'new'} checksum`);
      });
      placing[step]();
      calls.restore();
      expect([...seen].sort()).toEqual([
        'new archive, new checksum',
        'new archive, old checksum',
        'old archive, old checksum',
      ]);
      placing.undo();
    },
  );
});

describe.skipIf(!hasSuricataUpdate)('the archive (needs suricata-update)', () => {
  it('is fetched by suricata-update, known again by its checksum, and fetched anew when it changed', async () => {
    const asked: string[] = [];
    const server = createServer(({ url = '' }, response) => {
      asked.push(url);
      response.end(bytes(basename(url)));
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/misp-rules.tar.gz`;
    const data = join(site.dir, 'suricata');
    mkdirSync(data);
    writeFileSync(join(site.dir, 'update.yaml'), `sources:\n  - ${url}\nignore: []\n`);
    const args = [
      '-c',
      join(site.dir, 'update.yaml'),
      '-D',
      data,
      '-o',
      join(data, 'rules'),
      '--no-test',
      '--no-reload',
      '--now',
    ];
    const update = async () => {
      asked.length = 0;
      await promisify(execFile)('suricata-update', args);
      return readFileSync(join(data, 'rules', 'suricata.rules'), 'utf8');
    };
    const listRule = RULE.replace('sid:1', 'dataset:isset,misp-a,type string,load datasets/a.lst; sid:2');
    await place({ 'misp.rules': RULE + listRule, 'datasets/a.lst': 'YQ==\n' });
    expect(await update()).toMatch(/sid:1;.*load datasets\/[0-9a-f]{32}/s);
    expect(asked).toEqual(['/misp-rules.tar.gz']);
    await update();
    expect(asked).toEqual(['/misp-rules.tar.gz.md5']);
    await place({ 'misp.rules': RULE.replace('sid:1', 'sid:3') });
    expect(await update()).toContain('sid:3;');
    expect(asked).toEqual(['/misp-rules.tar.gz.md5', '/misp-rules.tar.gz']);
    server.close();
  });
});
