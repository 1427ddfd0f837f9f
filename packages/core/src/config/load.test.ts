import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { isPipelineError } from '../errors.ts';
import type { Secret } from '../secret.ts';
import { Faults } from './faults.ts';
import { interpolate } from './interpolate.ts';
import { loadConfig } from './load.ts';

const CORE = pathToFileURL(fileURLToPath(new URL('../../dist/index.js', import.meta.url))).href;

const PLUGINS = {
  'source.mjs': `import { definePlugin, filePath, secret, z } from '${CORE}';
export default definePlugin({ kind: 'source', name: 'local', summary: 'Reads nothing.', create: () => ({ async *read() {} }),
  options: z.strictObject({
    url: filePath().describe('Where.'), key: secret().optional().describe('Key.'), limit: z.int().max(10).default(5).describe('Limit.'),
    lists: z.array(filePath()).default([]).describe('Lists.'), headers: z.record(z.string(), secret()).default({}).describe('Headers.') }) });`,
  'exporter.mjs': `import { definePlugin, z } from '${CORE}';
export default definePlugin({ kind: 'exporter', name: 'text', summary: 'Writes nothing.', options: z.strictObject({}), create: () => ({ render() {} }) });`,
  'broken.mjs': `import 'not-there-at-all';`,
  'plain.mjs': `export const nothing = 1;`,
};

let dir: string;

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), text);
  }
}

const load = (name = 'c.yaml', env: Record<string, string> = {}) =>
  loadConfig(join(dir, name), { env, program: import.meta.filename });

async function faults(name = 'c.yaml', env: Record<string, string> = {}): Promise<string> {
  try {
    await load(name, env);
  } catch (error) {
    if (isPipelineError(error)) return error.message.replaceAll(`${dir}/`, '');
    throw error;
  }
  return 'none';
}

const EXPORTERS = 'exporters: { out: { use: ./exporter.mjs, with: { dir: out } } }\n';

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'config-'));
  write(PLUGINS);
});

describe('loadConfig', () => {
  it('resolves paths against the file that wrote them, wraps secrets and fills in defaults', async () => {
    write({
      'deep/base.yaml': `sources: { a: { use: ../source.mjs, with: { url: feed, lists: [one, /two] } } }\nstate: state\n`,
      'c.yaml': `extends: deep/base.yaml\nsources: { a: { with: { key: '\${env:KEY}' } } }\n${EXPORTERS}`,
    });
    const config = await load('c.yaml', { KEY: 'canary' });
    expect(config.state).toBe(join(dir, 'deep/state'));
    expect(config.exporters[0]).toMatchObject({ dir: join(dir, 'out'), keep: 5 });
    const options = config.sources[0]?.options as { url: string; lists: string[]; limit: number; key: Secret };
    expect(options).toMatchObject({ url: join(dir, 'deep/feed'), lists: [join(dir, 'deep/one'), '/two'], limit: 5 });
    expect(String(options.key)).toBe('***');
    expect(options.key.reveal()).toBe('canary');
    expect(JSON.stringify(config.shown)).not.toContain('canary');
    expect(config.secrets).toEqual(['canary']);
  });

  it('shows the address of a feed without what its query holds, and uses it as it is', async () => {
    const url = 'https://feeds.example.org/x.csv?token=canary';
    write({
      'c.yaml': `sources: { a: { use: ./source.mjs, with: { url: '\${env:URL}', lists: ['\${env:URL}'] } } }\n${EXPORTERS}`,
    });
    const { sources, shown } = await load('c.yaml', { URL: url });
    expect(sources[0]?.options).toMatchObject({ url });
    expect(shown).toMatchObject({
      sources: {
        a: { with: { url: 'https://feeds.example.org/x.csv?***', lists: [expect.stringMatching(/\?\*{3}$/)] } },
      },
    });
  });

  it('leaves the address of a feed alone', async () => {
    write({
      'c.yaml': `sources: { a: { use: ./source.mjs, with: { url: 'https://feeds.example.org/x' } } }\n${EXPORTERS}`,
    });
    expect((await load()).sources[0]?.options).toMatchObject({ url: 'https://feeds.example.org/x' });
  });

  it('replaces lists and scalars, merges maps and removes with null', async () => {
    write({
      'base.yaml': `name: base\nsources:\n  a: { use: ./source.mjs, with: { url: x, lists: [one, two], limit: 7 } }\n  b: { use: ./source.mjs, with: { url: y } }\n${EXPORTERS}`,
      'c.yaml': 'extends: ./base.yaml\nsources:\n  a: { with: { lists: [three], limit: null } }\n  b: null\n',
    });
    const { name, sources } = await load();
    expect(name).toBe('base');
    expect(sources.map(({ id }) => id)).toEqual(['a']);
    expect(sources[0]?.options).toMatchObject({ lists: [join(dir, 'three')], limit: 5 });
  });

  it('reports all faults at once, with file, line and path', async () => {
    write({
      'base.yaml': 'sources:\n  a:\n    use: ./source.mjs\n    with:\n      url: x\n      limti: 3\n',
      'c.yaml': `extends: ./base.yaml\nsources:\n  b:\n    use: ./broken.mjs\n  c: { use: ./plain.mjs }\n  d: { use: nowhere }\n  e: { use: ./exporter.mjs }\nexporters:\n  out:\n    use: ./exporter.mjs\n`,
    });
    const text = await faults();
    expect(text).toContain('base.yaml:6 sources.a.with.limti: unknown key `limti`; did you mean `limit`?');
    expect(text).toMatch(
      /c\.yaml:4 sources\.b\.use: `\.\/broken\.mjs` was found at broken\.mjs but does not load: .*not-there-at-all/,
    );
    expect(text).toContain('c.yaml:5 sources.c.use: `./plain.mjs` is no plugin: it has no default export');
    expect(text).toMatch(
      /c\.yaml:6 sources\.d\.use: the source `nowhere` is not installed: looked for `@misp-pipeline\/source-nowhere`.*npm install/,
    );
    expect(text).toContain('c.yaml:7 sources.e.use: `./exporter.mjs` is an exporter, not a source');
    expect(text).toMatch(/c\.yaml:\d+ exporters\.out\.with\.dir: is missing/);
  });

  it('tells a wrong schedule with its line beside the other faults', async () => {
    write({
      'c.yaml': `sources: { a: { use: ./source.mjs, with: { url: x, limit: 11 } } }\n${EXPORTERS}schedule:
  cron: 70 * * * *
  timezone: Mars/Olympus
  enbled: true\n`,
    });
    expect((await faults()).split('\n  ').slice(1)).toEqual([
      'c.yaml:4 schedule.cron: write another minute, not `70 * * * *`',
      'c.yaml:5 schedule.timezone: write the name of a time zone, such as `Europe/Berlin`, not `Mars/Olympus`',
      expect.stringContaining('c.yaml:6 schedule.enbled: unknown key `enbled`'),
      expect.stringContaining('c.yaml:1 sources.a.with.limit: '),
    ]);
  });

  it('says which characters a name may have', async () => {
    write({
      'c.yaml': `sources: { 'a b': { use: ./source.mjs, with: { url: x } } }\n${EXPORTERS}serve:\n  tokens:\n    a b: { token: CANARY }\n`,
    });
    const text = await faults();
    expect(text).toContain('c.yaml:1 sources.a b: an id is letters, digits, `_` and `-`\n');
    expect(text).toContain('c.yaml:5 serve.tokens.a b: a name is letters, digits, `_` and `-`');
    expect(text).not.toContain('CANARY');
  });

  it('tells with its place what shows only when the config is used', async () => {
    write({
      'base.yaml': `sources: { a: { use: ./source.mjs, with: { url: x } } }\n${EXPORTERS}serve:\n  listen: 0.0.0.0:1\n`,
      'c.yaml': 'extends: ./base.yaml\nserve:\n  rate: 1\n',
    });
    const { faultAt } = await load();
    expect(faultAt('serve.listen', 'is taken')).toBe(`${join(dir, 'base.yaml')}:4 serve.listen: is taken`);
    expect(faultAt('serve.tokens', 'are needed')).toBe(`${join(dir, 'c.yaml')}:2 serve.tokens: are needed`);
    expect(faultAt('schedule', 'is missing')).toBe(`${join(dir, 'c.yaml')} schedule: is missing`);
  });

  it('points at unknown keys of the config itself', async () => {
    write({ 'c.yaml': `source: {}\nsources: {}\n${EXPORTERS}` });
    expect(await faults()).toContain('c.yaml:1 source: unknown key `source`; did you mean `sources`?');
    write({ 'c.yaml': `source: {}\nsources: { a: { use: nowhere } }\n${EXPORTERS}` });
    expect(await faults()).toContain('c.yaml:2 sources.a.use: the source `nowhere` is not installed');
  });

  it('names the line of a syntax error', async () => {
    write({ 'c.yaml': 'sources: [1\nx: 2' });
    expect(await faults()).toMatch(/c\.yaml:2 /);
  });

  it.each([
    ['<<: { a: 1 }', 'YAML merge keys are not merged; use `extends`'],
    ['$import: ./x.yaml', '`$import` is not supported; use `extends`'],
  ])('refuses %j and points to extends', async (line, message) => {
    write({ 'c.yaml': `name: x\n${line}\n` });
    expect(await faults()).toContain(`c.yaml:2 ${line.split(':')[0]}: ${message}`);
  });

  it('refuses a key that would change every object, and an alias of what it stands in', async () => {
    write({ 'c.yaml': `sources:\n  __proto__: { use: ./source.mjs }\n${EXPORTERS}` });
    expect(await faults()).toContain('c.yaml:2 sources.__proto__: `__proto__` cannot be a key');
    write({ 'c.yaml': `sources: &all\n  a: { use: ./source.mjs, with: { lists: [*all] } }\n${EXPORTERS}` });
    expect(await faults()).toContain('c.yaml:2 sources.a.with.lists.0: is part of itself');
  });

  it('refuses files that extend each other', async () => {
    write({ 'a.yaml': 'extends: ./c.yaml', 'c.yaml': 'extends: ./a.yaml' });
    expect(await faults()).toContain('files extend each other');
  });

  it('says which variable or file a placeholder misses', async () => {
    write({
      'c.yaml': `sources: { a: { use: ./source.mjs, with: { url: '\${env:NO}', key: '\${file:no}' } } }\nname: '\${what}'\n${EXPORTERS}`,
    });
    const text = await faults();
    expect(text).toContain('sources.a.with.url: the environment variable `NO` is not set');
    expect(text).toContain('sources.a.with.key: `${file:no}` cannot be read');
    expect(text).toContain('c.yaml:2 name: `${what}` is no placeholder');
  });

  it('reads numbers from placeholders where a number belongs, and shows no secret in a fault', async () => {
    write({
      'c.yaml': `sources: { a: { use: ./source.mjs, with: { url: x, limit: '\${env:N}', key: '\${env:KEY}' } } }\n${EXPORTERS}`,
    });
    expect((await load('c.yaml', { N: '7', KEY: 'k' })).sources[0]?.options).toMatchObject({ limit: 7 });
    const text = await faults('c.yaml', { N: 'canary', KEY: 'canary' });
    expect(text).toContain('sources.a.with.limit');
    expect(text).not.toContain('canary');
  });

  it.each([
    ['http://feeduser:FEEDPASS@127.0.0.1/f?tok=QUERYTOK', 'http://***@127.0.0.1/f?***'],
    ['https://misp.example/?key=KEY', 'https://misp.example/?***'],
    ['https://u:pa/ss?w@misp.example/#part', 'https://***@misp.example/#***'],
    ['user:PASS@misp.example', '***@misp.example'],
    ['not an address', 'not an address'],
  ])('quotes %s without what may be a secret in it', async (url, shown) => {
    write({ 'c.yaml': `sources: { a: { use: ./source.mjs, with: { url: x, limit: '${url}' } } }\n${EXPORTERS}` });
    expect(await faults()).toMatch(/sources\.a\.with\.limit: /);
    expect(await faults()).toContain(`, not \`${shown}\``);
  });

  it('does not quote what a placeholder gave', async () => {
    write({
      'limit.txt': 'FROMFILE\n',
      'c.yaml': `sources:
  a: { use: ./source.mjs, with: { url: x, limit: '\${file:limit.txt}' } }
  b: { use: '\${env:USE}' }
guard: { incomplete: '\${env:GUARD}' }\n${EXPORTERS}`,
    });
    const text = await faults('c.yaml', { USE: 'FROMENV', GUARD: 'FROMENV' });
    expect(text).toContain(
      'c.yaml:2 sources.a.with.limit: expected number, received string, not what the placeholder gives',
    );
    expect(text).toMatch(/guard\.incomplete: must be one of .*, not what the placeholder gives/);
    expect(text).toContain('sources.b.use: the source `***` is not installed');
    expect(text).not.toMatch(/FROM/);
  });

  it.each([
    ['notify: { webhook: hooks.example/CANARY/x }', 'notify.webhook: write an address that begins with `http://`'],
    ['notify: { webhook: "ftp://u:p@hooks.example/CANARY?x" }', 'notify.webhook: write an address that begins with'],
    ['metrics: { listen: everywhere }', 'metrics.listen: write an address and a port, such as `127.0.0.1:9469`'],
    ['serve: { listen: "[::1]" }', 'serve.listen: write an address and a port, such as `127.0.0.1:8472`'],
    ['serve: { tokens: { siem: { token: CANARY } } }', 'serve.tokens.siem.token: write 32 characters or more'],
  ])('refuses %s, which could not be used later', async (part, fault) => {
    write({ 'c.yaml': `sources: { a: { use: ./source.mjs, with: { url: x } } }\n${EXPORTERS}${part}\n` });
    const text = await faults();
    expect(text).toContain(`c.yaml:3 ${fault}`);
    expect(text).not.toContain('CANARY');
  });

  it('accepts $schema everywhere and ignores stages that are not enabled', async () => {
    write({
      'c.yaml': `$schema: x\nsources:\n  $schema: y\n  a: { $schema: z, use: ./source.mjs, with: { url: x } }\n  b: { use: nowhere, enabled: false }\n${EXPORTERS}`,
    });
    expect((await load()).sources.map(({ id }) => id)).toEqual(['a']);
  });

  it('refuses two exporters that publish into one folder', async () => {
    write({
      'c.yaml':
        'sources: { a: { use: ./source.mjs, with: { url: x } } }\nexporters:\n  x: { use: ./exporter.mjs, with: { dir: out } }\n  y: { use: ./exporter.mjs, with: { dir: ./out/ } }\n',
    });
    expect(await faults()).toContain('exporters `x`, `y` publish into the same folder');
  });
});

describe('interpolate', () => {
  const fill = (tree: Record<string, unknown>, env: Record<string, string> = {}) => {
    const faults = new Faults('/c.yaml', new Map());
    const filled = interpolate(tree, env, faults).tree;
    expect(faults.texts([])).toEqual([]);
    return filled;
  };

  it('never changes the shape of the document', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        expect(fill({ a: '${env:X}', b: ['${env:X}'] }, { X: value })).toEqual({ a: value, b: [value] });
      }),
    );
  });

  it('is the identity where there is no placeholder', () => {
    const tree = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.array(fc.string())));
    fc.assert(
      fc.property(tree, (value) => {
        fc.pre(!JSON.stringify(value).includes('${'));
        expect(fill(value)).toEqual({ ...value });
      }),
    );
  });

  it('uses the default of an unset or empty variable and keeps $${ as text', () => {
    const tree = { a: '${env:X:-fallback}', b: '$${env:X}', c: '${env:Y:-}' };
    expect(fill(tree, { X: '' })).toEqual({ a: 'fallback', b: '${env:X}', c: '' });
  });
});
