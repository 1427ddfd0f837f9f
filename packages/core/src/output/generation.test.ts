import { mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { GenerationFolder, type Publication } from './generation.ts';
import { named } from './manifest.ts';
import { StagedOutput } from './staging.ts';

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'generation-'));
});

async function publish(files: Readonly<Record<string, string>>, keep = 5): Promise<Publication> {
  const folder = new GenerationFolder(dir);
  const output = new StagedOutput('test', folder.stage());
  for (const [path, text] of Object.entries(files)) output.file(path).write(text);
  const content = { pipeline: 'p', exporter: 'e', plugin: 'x', exported: 1, skipped: {} };
  const previous = folder.live();
  const generation = folder.keep(named({ ...content, files: await output.finish() }));
  folder.switchTo(generation);
  folder.prune(keep);
  return { dir: folder.currentDir, generation, previous, changed: previous !== generation };
}

const current = (path: string) => readFileSync(join(dir, 'current', path), 'utf8');
const generations = () => readdirSync(join(dir, 'generations'));

describe('GenerationFolder', () => {
  it('makes the files live under `current` with a manifest of their digests', async () => {
    const { generation, changed, previous } = await publish({ 'misp.rules': 'one\n', 'datasets/a.lst': 'x\n' });
    expect({ changed, previous }).toEqual({ changed: true, previous: undefined });
    expect(current('misp.rules')).toBe('one\n');
    expect(readlinkSync(join(dir, 'current'))).toBe(`generations/${generation}`);
    expect(JSON.parse(current('manifest.json'))).toMatchObject({
      files: [
        { path: 'datasets/a.lst', bytes: 2 },
        { path: 'misp.rules', bytes: 4, sha256: '2c8b08da5ce60398e1f19af0e5dccc744df274b826abe585eaba68c525434806' },
      ],
    });
  });

  it('says into which folder nothing can be written', async () => {
    const { generation } = await publish({ 'misp.rules': 'one\n' });
    mkdirSync(join(dir, '.current'));
    await expect(publish({ 'misp.rules': 'two\n' })).rejects.toThrow(`nothing can be published into \`${dir}\`: `);
    expect(new GenerationFolder(dir).live()).toBe(generation);
    writeFileSync(join(dir, 'file'), '');
    expect(() => new GenerationFolder(join(dir, 'file')).stage()).toThrow(
      expect.objectContaining({ code: 'OUTPUT_UNWRITABLE', exitCode: 3 }),
    );
  });

  it('names a generation after its files, so that nothing changes when nothing changed', async () => {
    const first = await publish({ 'misp.rules': 'one\n' });
    const again = await publish({ 'misp.rules': 'one\n' });
    expect(again).toEqual({ ...first, previous: first.generation, changed: false });
    expect(generations()).toEqual([first.generation]);
  });

  it('goes back to an earlier generation when its files come back', async () => {
    const first = await publish({ 'misp.rules': 'one\n' });
    await publish({ 'misp.rules': 'two\n' });
    expect((await publish({ 'misp.rules': 'one\n' })).generation).toBe(first.generation);
    expect(current('misp.rules')).toBe('one\n');
  });

  it('keeps as many generations as it is told, the live one included', async () => {
    for (const text of ['1', '2', '3', '4']) await publish({ 'misp.rules': text }, 2);
    expect(generations()).toHaveLength(2);
    expect(current('misp.rules')).toBe('4');
  });

  it('replaces a generation that was tampered with', async () => {
    await publish({ 'misp.rules': 'one\n' });
    writeFileSync(join(dir, 'current', 'misp.rules'), 'alert ip any any -> any any (sid:1;)\n');
    const { generation } = await publish({ 'misp.rules': 'one\n' });
    expect(current('misp.rules')).toBe('one\n');
    expect(await publish({ 'misp.rules': 'one\n' })).toMatchObject({ generation, changed: false });
  });

  it('leaves a `current` alone that is not its own', async () => {
    mkdirSync(join(dir, 'current'));
    await expect(publish({ 'misp.rules': 'one\n' })).rejects.toThrow('exists and is no symlink');
  });

  it('clears away what a killed run had staged', async () => {
    new StagedOutput('test', new GenerationFolder(dir).stage()).file('half.rules');
    await publish({ 'misp.rules': 'one\n' });
    expect(readdirSync(join(dir, 'current')).sort()).toEqual(['manifest.json', 'misp.rules']);
  });
});

describe('StagedOutput', () => {
  it.each(['../x', '/etc/passwd', 'a//b', '.hidden', 'a/../b', 'a\0b', 'manifest.json', '', 'a b'])(
    'refuses the path %j',
    (path) => {
      expect(() => new StagedOutput('zeek', undefined).file(path)).toThrow('exporter `zeek` wants to write');
    },
  );

  it('counts and digests in a dry run as in a real one', async () => {
    const write = async (output: StagedOutput) => {
      output.file('a.rules').write('ü'.repeat(600_000));
      output.file('a.rules').count(3);
      output.file('b.rules').write('ü'.repeat(600_000));
      return output.finish();
    };
    const folder = new GenerationFolder(dir);
    expect(await write(new StagedOutput('t', undefined))).toEqual(await write(new StagedOutput('t', folder.stage())));
  });
});
