import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunReport } from '@misp-pipeline/core';
import { describe, expect, it } from 'vitest';
import { cli, emptyFolder } from '../support/cli.ts';
import { writeConfig } from '../support/config.ts';
import { SURICATA, testRules } from '../support/engines.ts';
import { writeFeed } from '../support/event.ts';

const EVENT = '11111111-1111-4111-8111-111111111111';

/** Rules of other people, of which some look right but can never match, since `http.host` is in lower case. */
function foreignRules(count: number, bad: ReadonlySet<number>) {
  return Array.from({ length: count }, (_, i) => {
    const name = bad.has(i) ? `H${i}.Example` : `h${i}.example`;
    const value = `alert http any any -> any any (msg:"theirs ${i}"; http.host; content:"${name}"; sid:${i + 1}; rev:1;)`;
    return { type: 'suricata', value };
  });
}

async function run(attributes: ReturnType<typeof foreignRules>, options: object = {}) {
  const folder = emptyFolder();
  writeFeed(join(folder, 'feed'), [{ uuid: EVENT, attributes }]);
  const config = writeConfig(folder, {
    feed: join(folder, 'feed'),
    exporters: ['suricata'],
    options: { suricata: { check: 'required', ...options } },
  });
  const result = await cli(['run', '--json', '--config', config], { cwd: folder });
  return { ...result, folder, config };
}

describe.skipIf(!SURICATA)('the check by Suricata (needs suricata)', () => {
  it('leaves out exactly the 7 of 20,000 rules that the engine refuses, and publishes the rest', async () => {
    const bad = new Set([0, 1, 4711, 9999, 12_345, 12_346, 19_999]);
    const { code, stdout, folder, config } = await run(foreignRules(20_000, bad));
    expect(code).toBe(0);
    const report: RunReport = JSON.parse(stdout);
    const check = report.exporters[0]?.check;
    if (check?.state !== 'accepted') throw new Error(`not checked: ${JSON.stringify(check)}`);
    console.log(`${check.engine} was run ${check.runs} times`);
    expect(check.quarantined.map(({ value }) => Number(/theirs (\d+)/.exec(value)?.[1])).sort((a, b) => a - b)).toEqual(
      [...bad],
    );
    expect(report.exporters[0]?.skipped).toEqual({ 'refused:suricata': 7 });
    const published = join(folder, 'out/suricata/current/misp-foreign.rules');
    expect(readFileSync(published, 'utf8')).not.toContain('.Example');
    expect(testRules(published)).toMatchObject({ accepted: true, loaded: 19_993, complaints: [] });
    const again = await cli(['explain', foreignRules(2, bad)[0]?.value ?? '', '--config', config], { cwd: folder });
    expect(again.stdout).toContain('refused:suricata');
  });

  it('publishes nothing when more are refused than `maxRefused` allows', async () => {
    const { code, stdout } = await run(foreignRules(10, new Set([3, 4])), { maxRefused: 0.1 });
    expect(code).toBe(6);
    const { error } = JSON.parse(stdout);
    expect(error.code).toBe('ENGINE_REFUSED');
    expect(error.message).toContain('2 of 10 indicators');
  });

  it('ends with 6 when there has to be an engine and there is none', async () => {
    const { code, stdout } = await run(foreignRules(1, new Set()), { engine: { command: ['no-such-suricata'] } });
    expect(code).toBe(6);
    expect(JSON.parse(stdout).error.code).toBe('ENGINE_ABSENT');
  });
});
