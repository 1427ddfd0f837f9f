import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ListFiles, loadLists } from './load-lists.ts';

const LIST = JSON.stringify({ name: 'A list', type: 'string', list: ['google.com'] });

/** A new folder with the given files. */
function folder(files: Readonly<Record<string, string>>): string {
  const dir = mkdtempSync(join(tmpdir(), 'warninglists-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
  return dir;
}

const load = (paths: readonly string[], choice: Partial<ListFiles> = {}) =>
  loadLists({ stage: 'test', paths, only: ['*'], except: [], named: [], ...choice }).map(({ slug }) => slug);

describe('loading warninglists', () => {
  it('finds lists in every layout and names them after folder or file', () => {
    const layout = folder({ 'alexa/list.json': LIST, 'rfc1918/list.json': LIST });
    expect(load([layout])).toEqual(['alexa', 'rfc1918']);
    expect(load([folder({ 'lists/alexa/list.json': LIST, 'schema.json': '{}' })])).toEqual(['alexa']);
    const flat = folder({ 'own.json': LIST, 'other.json': LIST, 'README.md': '' });
    expect(load([flat])).toEqual(['other', 'own']);
    expect(load([join(layout, 'alexa/list.json'), join(flat, 'own.json')])).toEqual(['alexa', 'own']);
  });

  it('sorts by slug, in whatever order the paths come', () => {
    const a = folder({ 'b.json': LIST });
    const b = folder({ 'a.json': LIST });
    expect(load([a, b])).toEqual(['a', 'b']);
  });

  it('takes what only names and except does not', () => {
    const dir = folder({ 'cisco_top1k.json': LIST, 'cisco_top5k.json': LIST, 'alexa.json': LIST });
    expect(load([dir], { only: ['cisco_*'], except: ['*5k'] })).toEqual(['cisco_top1k']);
  });

  it('does not read a list that is left out, so that it may be broken', () => {
    expect(load([folder({ 'good.json': LIST, 'bad.json': '{' })], { except: ['bad'] })).toEqual(['good']);
  });

  it('refuses a choice that leaves no list', () => {
    expect(() => load([folder({ 'alexa.json': LIST })], { except: ['a*'] })).toThrow('leave no list');
  });

  it('says only that the folder is wrong when there is none', () => {
    expect(() => load(['/no/such/folder'])).toThrow(/name\n[^\n]*ENOENT[^\n]*$/);
  });

  it('names every fault at once', () => {
    const dir = folder({ 'broken.json': '{', 'good.json': LIST, 'typeless.json': '{"name": "x", "list": []}' });
    const twin = folder({ 'good.json': LIST });
    const empty = folder({});
    const run = () => load([dir, twin, empty, '/no/such/folder'], { only: ['*', 'googel'], named: ['alexa'] });
    for (const fault of [
      `\`${join(dir, 'broken.json')}\` cannot be used: `,
      `\`${join(dir, 'typeless.json')}\` cannot be used: has the type \`undefined\``,
      `\`${join(twin, 'good.json')}\` has the same name as \`${join(dir, 'good.json')}\``,
      `\`${empty}\` cannot be used: the folder holds no warninglist`,
      '`/no/such/folder` cannot be used: ',
      'no list is named `googel`',
      'no list is named `alexa`',
    ]) {
      expect(run).toThrow(fault);
    }
  });
});
