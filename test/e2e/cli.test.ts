import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunReport } from '@misp-pipeline/core';
import { beforeEach, describe, expect, it } from 'vitest';
import { cli, emptyFolder, ROOT } from '../support/cli.ts';
import { SAMPLE, writeConfig } from '../support/config.ts';

let cwd: string;

beforeEach(() => {
  cwd = emptyFolder();
});

const sampleConfig = () => writeConfig(cwd, { feed: `${SAMPLE}/feed`, warninglists: `${SAMPLE}/warninglists/lists` });

describe('misp-pipeline run', () => {
  it('writes all four kinds of detections and shows the funnel on stdout', async () => {
    sampleConfig();
    const { code, stdout, stderr } = await cli(['run'], { cwd });
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).toMatch(/read +24/);
    expect(stdout).toMatch(/tlp:red +2/);
    expect(stdout).not.toContain('\x1b');
    for (const file of [
      'suricata/current/misp.rules',
      'snort/current/misp.rules',
      'wazuh/current/rules/misp_pipeline_rules.xml',
    ]) {
      expect(readFileSync(join(cwd, 'out', file), 'utf8')).not.toBe('');
    }
  });

  it('goes on when nobody reads its log any more', async () => {
    sampleConfig();
    const { code, stdout } = await cli(['run', '--log-level', 'trace'], {
      cwd,
      started: (child) => child.stderr?.destroy(),
    });
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('exported to wazuh') });
  });

  it('accounts for every record and indicator', async () => {
    sampleConfig();
    const report = JSON.parse((await cli(['run', '--json'], { cwd })).stdout) as RunReport;
    const { funnel, exporters } = report;
    const dropped = Object.values(funnel.dropped).reduce((sum, count) => sum + count, 0);
    expect(funnel.normalised - dropped).toBe(funnel.passed);
    for (const { merged, skipped, exported } of exporters) {
      expect(exported + Object.values(skipped).reduce((sum, count) => sum + count, 0)).toBe(merged);
    }
  });

  it('writes the same bytes again, and says that nothing changed', async () => {
    sampleConfig();
    const first = JSON.parse((await cli(['run', '--json'], { cwd })).stdout) as RunReport;
    const second = JSON.parse((await cli(['run', '--json'], { cwd })).stdout) as RunReport;
    expect(second.exporters.map(({ files }) => files)).toEqual(first.exporters.map(({ files }) => files));
    expect(second.exporters.map(({ published }) => published?.changed)).toEqual([false, false, false, false]);
  });

  it('publishes nothing with --dry-run', async () => {
    sampleConfig();
    const { code, stdout } = await cli(['run', '--dry-run'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain('dry run, nothing was published');
    expect(() => readFileSync(join(cwd, 'out/suricata/current/misp.rules'))).toThrow('ENOENT');
  });

  it('loads a plugin of the user’s own that stands beside the config', async () => {
    mkdirSync(join(cwd, 'node_modules/@misp-pipeline'), { recursive: true });
    writeFileSync(
      join(cwd, 'plain.mjs'),
      `import { definePlugin, z } from '${ROOT}packages/core/dist/index.js';
export default definePlugin({
  kind: 'exporter', name: 'plain', summary: 'Writes values.',
  options: z.strictObject({ prefix: z.string().describe('Put in front.') }),
  create: ({ prefix }) => ({
    render(indicators, output) { for (const one of indicators) output.file('values.txt').write(prefix + one.value + '\\n'); },
  }),
});`,
    );
    writeFileSync(
      join(cwd, 'misp-pipeline.config.yaml'),
      `sources: { s: { use: misp-feed, with: { url: ${SAMPLE}/feed } } }
exporters: { mine: { use: ./plain.mjs, with: { dir: out, prefix: '> ' } } }`,
    );
    const { code, stderr } = await cli(['run'], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(readFileSync(join(cwd, 'out/current/values.txt'), 'utf8')).toContain('> mail-login.example\n');
  });

  it('ends with 3 and every fault when the config is wrong', async () => {
    writeFileSync(
      join(cwd, 'misp-pipeline.config.yaml'),
      'sources:\n  a: { use: misp-fed, with: {} }\nfilter: {}\nexporters: {}\n',
    );
    const { code, stdout, stderr } = await cli(['run'], { cwd });
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toContain('misp-pipeline.config.yaml:3 filter: unknown key `filter`; did you mean `filters`?');
  });

  it('ends with 3 and says what to do when there is no config', async () => {
    const { code, stderr } = await cli(['run', '--config', 'nowhere.yaml'], { cwd });
    expect(code).toBe(3);
    expect(stderr).toContain('Run `misp-pipeline init` to write one');
  });

  it('ends with 5 and publishes nothing when the only source is not there', async () => {
    writeConfig(cwd, { feed: join(cwd, 'no-such-feed') });
    const { code, stderr } = await cli(['run'], { cwd });
    expect(code).toBe(5);
    expect(stderr).toContain('source `feed` cannot be read');
    expect(stderr).toContain('no-such-feed');
  });

  it('ends with 130 when it is interrupted', async () => {
    writeFileSync(
      join(cwd, 'waiting.mjs'),
      `import { once } from 'node:events';
import { definePlugin, z } from '${ROOT}packages/core/dist/index.js';
export default definePlugin({
  kind: 'source', name: 'waiting', summary: 'Waits until it is told to stop.', options: z.strictObject({}),
  create: () => ({
    async *read(signal) {
      const alive = setInterval(() => {}, 1000);
      process.stderr.write('waiting');
      await once(signal, 'abort');
      clearInterval(alive);
    },
  }),
});`,
    );
    writeFileSync(
      join(cwd, 'misp-pipeline.config.yaml'),
      'sources: { s: { use: ./waiting.mjs } }\nexporters: { wazuh: { use: wazuh, with: { dir: out } } }',
    );
    const { code, stderr } = await cli(['run'], {
      cwd,
      started: (child) => child.stderr?.once('data', () => child.kill('SIGINT')),
    });
    expect({ code, stderr }).toMatchObject({ code: 130, stderr: expect.stringContaining('interrupted') });
  });

  it('prints an error as JSON too when it is asked for JSON', async () => {
    writeFileSync(join(cwd, 'misp-pipeline.config.yaml'), 'sources: 3');
    const { code, stdout } = await cli(['run', '--json'], { cwd });
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'CONFIG_INVALID', exitCode: 3 } });
    expect(code).toBe(3);
  });
});

describe('other commands', () => {
  it('ends with 2 for an unknown command and suggests one', async () => {
    const { code, stderr } = await cli(['rnu'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain('Did you mean run?');
  });

  it.each([[['--help']], [['--version']], [['run', '--help']]])(
    '%j needs no config and prints to stdout',
    async (args) => {
      const { code, stdout, stderr } = await cli(args, { cwd });
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).not.toBe('');
    },
  );

  it('validate says what the pipeline consists of', async () => {
    sampleConfig();
    const { code, stdout } = await cli(['validate'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /is valid\n {2}sources +feed\n {2}filters +warninglists, tlp\n {2}exporters +suricata, snort, sigma, wazuh/,
    );
  });

  it('init writes a config that runs', async () => {
    expect((await cli(['init'], { cwd })).code).toBe(0);
    const { code, stdout, stderr } = await cli(['run'], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/exported to sigma/);
    const again = await cli(['init'], { cwd });
    expect(again.code).toBe(2);
    expect(again.stderr).toContain('exists');
  });

  it('every environment in config/ is valid', async () => {
    for (const env of ['demo', 'production']) {
      const variables = { MISP_URL: 'https://misp.example.org', MISP_KEY: 'canary-key' };
      const { code, stderr } = await cli(['validate', '--env', env], { cwd: ROOT, env: variables });
      expect({ env, code, stderr }).toEqual({ env, code: 0, stderr: '' });
    }
  });

  it('config show prints the merged config without secrets', async () => {
    const env = { MISP_URL: 'https://misp.example.org', MISP_KEY: 'canary-key', MISP_PIPELINE_ENV: 'production' };
    const { code, stdout } = await cli(['config', 'show'], { cwd: ROOT, env });
    expect(code).toBe(0);
    expect(stdout).toContain('url: https://misp.example.org');
    expect(stdout).toContain("key: '***'");
    expect(stdout).not.toContain('canary-key');
  });

  it('plugins list names what can be used, plugins info its options', async () => {
    const list = JSON.parse((await cli(['plugins', 'list', '--json'], { cwd })).stdout) as {
      use: string;
      kind: string;
    }[];
    expect(list.map(({ kind, use }) => `${kind} ${use}`)).toEqual(
      expect.arrayContaining([
        'exporter sigma',
        'exporter snort',
        'filter tlp',
        'filter warninglist',
        'source misp',
        'source misp-feed',
      ]),
    );
    const info = await cli(['plugins', 'info', 'misp'], { cwd });
    expect(info.stdout).toMatch(/key +secret +required/);
    expect((await cli(['plugins', 'info', 'nothing'], { cwd })).code).toBe(2);
  });

  it('schema describes the options of every plugin', async () => {
    const schema = JSON.parse((await cli(['schema'], { cwd })).stdout) as { properties: object };
    expect(JSON.stringify(schema)).toContain('"const":"warninglist"');
  });
});
