import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cli, ROOT } from '../support/cli.ts';

const REST = `
sources: { osint: { use: misp-feed, with: { url: ./feed } } }
exporters: { suricata: { use: suricata, with: { dir: out } } }
`;

it('docs/lookup-redis.md shows a section of a valid config', async () => {
  const page = readFileSync(join(ROOT, 'docs/lookup-redis.md'), 'utf8');
  const section = /^```yaml\n([\s\S]*?)^```$/m.exec(page)?.[1];
  const cwd = mkdtempSync(join(tmpdir(), 'lookup-redis-'));
  writeFileSync(join(cwd, 'misp-pipeline.config.yaml'), `${section}${REST}`);
  const { code, stderr } = await cli(['validate'], { cwd, env: { REDIS_PASSWORD: 'p'.repeat(20) } });
  expect(code, stderr).toBe(0);
});
