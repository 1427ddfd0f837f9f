import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IndexBuilder, SqliteIndex } from '@misp-pipeline/lookup';
import { anIndicator } from '@misp-pipeline/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startService, type TestService } from '../testing/service.ts';

const SWITCHES = 5;
const CLIENTS = 8;

let folder: string;
let index: SqliteIndex;
let service: TestService;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'misp-pipeline-'));
  index = new SqliteIndex(folder);
  await build(0);
  service = await startService(index);
});

afterEach(async () => {
  await service.close();
  await index.close();
  rmSync(folder, { recursive: true });
});

/** Puts a snapshot in place that knows `always.example`, and one domain that no other snapshot knows. */
async function build(number: number): Promise<void> {
  const builder = new IndexBuilder(folder, { name: 'test', filters: [], exporters: [] });
  for (const value of ['always.example', `only-${number}.example`])
    builder.normalised('osint', anIndicator('domain', value));
  await builder.finish({ built: '2026-11-24T00:00:00Z', release: number }, new AbortController().signal);
}

function verdict(agent: Agent, value: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = request(`${service.url}/lookup?value=${value}`, { agent }, async (answer) => {
      const pieces: Buffer[] = [];
      for await (const piece of answer) pieces.push(piece);
      const { verdict } = JSON.parse(Buffer.concat(pieces).toString());
      resolve(`${answer.statusCode} ${verdict}`);
    });
    asked.on('error', reject);
    asked.end();
  });
}

it('answers every request while snapshots are switched, and from the new one at once', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS + 1 });
  const answers = new Map<string, number>();
  let isOver = false;
  const clients = Array.from({ length: CLIENTS }, async () => {
    while (!isOver) {
      const answer = await verdict(agent, 'always.example');
      answers.set(answer, (answers.get(answer) ?? 0) + 1);
    }
  });
  for (let number = 1; number <= SWITCHES; number++) {
    const before = answers.get('200 known') ?? 0;
    await build(number);
    expect(await verdict(agent, `only-${number}.example`)).toBe('200 known');
    expect(await verdict(agent, `only-${number - 1}.example`)).toBe('200 absent');
    await expect.poll(() => answers.get('200 known'), { timeout: 60_000 }).toBeGreaterThan(before + CLIENTS);
  }
  isOver = true;
  await Promise.all(clients);
  agent.destroy();
  expect([...answers.keys()]).toEqual(['200 known']);
});
