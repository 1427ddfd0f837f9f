import { execFile, spawnSync } from 'node:child_process';
import { hash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import type { Published } from '@misp-pipeline/core';
import { type Loopback, startLoopback } from '@misp-pipeline/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emptyFolder } from '../../support/cli.ts';
import { FeedPipeline } from './pipeline.ts';
import { LIVE, LiveSensor } from './sensor.ts';
import { lookUp } from './traffic.ts';

const run = promisify(execFile);

const isThere = (program: string) => spawnSync(program, ['--version']).status === 0;
const UPDATE = LIVE && isThere('suricata-update') && isThere('tar');

const ARCHIVE = 'misp-rules.tar.gz';
const domain = (value: string) => ({ type: 'domain', value });

describe.skipIf(!UPDATE)('suricata-update (needs it, suricata, tar and the right to capture)', () => {
  let folder: string;
  let pipeline: FeedPipeline;
  let site: Loopback;
  let asked: string[];

  beforeEach(async () => {
    folder = emptyFolder();
    pipeline = new FeedPipeline(folder, { mode: 'datasets' });
    asked = [];
    site = await startLoopback(({ path }, response) => {
      asked.push(basename(path));
      response.end(readFileSync(join(folder, basename(path))));
    });
    for (const empty of ['data', 'dist']) mkdirSync(join(folder, empty));
    writeFileSync(join(folder, 'site.yaml'), '%YAML 1.1\n---\n');
    const settings = {
      sources: [`${site.url}/${ARCHIVE}`],
      'dist-rule-directory': join(folder, 'dist'),
      ignore: ['misp-force-hash.rules'],
    };
    writeFileSync(join(folder, 'update.yaml'), JSON.stringify(settings));
  });

  afterEach(async () => {
    await site.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Packs what is live, with its checksum, as a web server would offer it. */
  async function pack({ dir, files }: Published): Promise<void> {
    const archive = join(folder, ARCHIVE);
    const names = files.map(({ path }) => path);
    await run('tar', ['-czf', archive, '--transform', 's,^,misp/,', '-C', dir, ...names]);
    writeFileSync(`${archive}.md5`, hash('md5', readFileSync(archive)));
  }

  /** What a run prints that comes an hour after the last. It ends with a test of all rules. */
  async function update(): Promise<string> {
    const cache = join(folder, 'data/update/cache');
    for (const file of existsSync(cache) ? readdirSync(cache) : []) utimesSync(join(cache, file), 0, 0);
    const settings = ['-c', join(folder, 'update.yaml'), '--suricata-conf', join(folder, 'site.yaml')];
    const { stdout, stderr } = await run('suricata-update', ['-D', join(folder, 'data'), ...settings, '--no-reload']);
    return `${stdout}${stderr}`;
  }

  it('takes the packed files by their checksum, and a sensor is told of them', async () => {
    await pack(await pipeline.publish([domain('old.example'), domain('stays.example')]));
    expect(await update()).toContain('Testing with suricata -T');
    const include = join(folder, 'include.yaml');
    writeFileSync(include, `%YAML 1.1\n---\nrule-files.misp: ${folder}/data/rules/suricata.rules\n`);
    const sensor = await LiveSensor.start(folder, include);
    try {
      expect(await sensor.alertsOn(() => lookUp('old.example'))).toHaveLength(1);
      const published = await pipeline.publish([domain('new.example'), domain('stays.example')]);
      await pack(published);
      expect(await update()).toContain(`Fetching ${site.url}/${ARCHIVE}`);
      const whole = { ...published, previousDir: undefined };
      expect(await pipeline.reload(whole)).toMatchObject({ method: 'unix socket', confirmed: true });
      expect(await sensor.alertsOn(() => lookUp('new.example'))).toHaveLength(1);
      expect(await sensor.alertsOn(() => lookUp('old.example'))).toEqual([]);
    } finally {
      await sensor.stop();
    }
  });

  it('fetches nothing whose checksum it knows', async () => {
    await pack(await pipeline.publish([domain('old.example')]));
    await update();
    asked.length = 0;
    expect(await update()).toContain('Remote checksum has not changed');
    expect(asked).toEqual([`${ARCHIVE}.md5`]);
  });
});
