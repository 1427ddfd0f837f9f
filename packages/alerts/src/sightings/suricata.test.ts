import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { GivenIds, StageIds } from '@misp-pipeline/core';
import { anIndicator, anOrigin, render, testServices } from '@misp-pipeline/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import suricata from '../../../../plugins/exporter-suricata/src/index.ts';
import { startFakeSightings } from '../../testing/fake-sightings.ts';
import { aKnownIndicator, MemoryIndex } from '../../testing/memory-index.ts';
import { aPoster, NOON, openOutbox } from '../../testing/pipeline.ts';
import { SuricataRules } from '../rules/suricata-rules.ts';
import { readFile } from '../stream/read-file.ts';
import { readSuricata } from '../suricata.ts';
import { Collector } from './collector.ts';
import { Mapper } from './mapper.ts';

const PROGRAM = process.env.SURICATA ?? 'suricata';
const SURICATA = spawnSync(PROGRAM, ['-V']).status === 0;
const data = process.env.MISP_PIPELINE_DATA ?? fileURLToPath(new URL('../../../../../shared/data', import.meta.url));
const CAPTURE = join(data, 'pcaps', 'sv-dns-sofacy.pcap');

/** Two names of the capture, and one that is not in it. */
const NAMES = ['drivres-update.info', 'softupdates.info', 'absent.example'];
const signal = new AbortController().signal;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'suricata-sightings-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** Writes our rules with their numbers, as a run does. */
async function writeRules(mode: 'rules' | 'datasets'): Promise<void> {
  const ids = new StageIds('ids');
  const options = suricata.options.parse({ mode });
  const exporter = suricata.create(options, testServices({ stateDir: folder, ids }));
  const indicators = NAMES.map((name) => anIndicator('domain', name, { origins: [anOrigin({ source: 'cert' })] }));
  const { output } = await render(exporter, indicators);
  for (const [path, { text }] of output.files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const ledger = new DatabaseSync(join(folder, 'ids.sqlite'));
  ledger.exec('CREATE TABLE ids (stage, key, id)');
  const insert = ledger.prepare('INSERT INTO ids VALUES (?, ?, ?)');
  for (const [key, { id }] of ids.changed) insert.run('exporter-ids', key, id);
  ledger.close();
}

/** Sends the capture through the engine and counts what its alerts saw. */
async function collected(outbox: ReturnType<typeof openOutbox>) {
  spawnSync(PROGRAM, ['-S', join(folder, 'misp.rules'), '-r', CAPTURE, '-l', folder, '-k', 'none'], { cwd: folder });
  const known = NAMES.map((value) =>
    aKnownIndicator({ kind: 'domain', value }, { source: 'cert', attribute: `of-${value}` }),
  );
  const collector = new Collector({
    ...{ stream: 'eve', read: readSuricata, outbox, now: () => NOON, serverOf: (source) => source },
    mapper: new Mapper(new MemoryIndex(...known)),
    rules: new SuricataRules({ ledger: GivenIds.open(folder, ['ids']) }),
  });
  await collector.collect(readFile(join(folder, 'eve.json'), { signal }));
  return collector.counts;
}

describe.skipIf(!SURICATA || !existsSync(CAPTURE))(
  'Suricata with our rules (needs suricata and the data folder)',
  () => {
    it.each(['rules', 'datasets'] as const)(
      'leads to sightings of what is in the capture, and of nothing else (%s)',
      async (mode) => {
        await writeRules(mode);
        const outbox = openOutbox(folder);
        const counts = await collected(outbox);
        const server = await startFakeSightings();
        await aPoster(outbox, server.url).round();
        await server.close();
        outbox.close();
        expect(counts.ours).toBeGreaterThan(0);
        expect(counts).toMatchObject({ malformed: 0, mapped: counts.ours });
        expect(new Set(server.stored.map(({ attribute }) => attribute))).toEqual(
          new Set(['of-drivres-update.info', 'of-softupdates.info']),
        );
        expect(server.stored).toHaveLength(counts.sightings);
      },
    );
  },
);
