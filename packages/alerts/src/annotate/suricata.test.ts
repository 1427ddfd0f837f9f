import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StageIds } from '@misp-pipeline/core';
import { anIndicator, render, testServices } from '@misp-pipeline/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import suricata from '../../../../plugins/exporter-suricata/src/index.ts';
import { anAnnotator, annotatedLines } from '../../testing/annotating.ts';
import { aKnownIndicator } from '../../testing/memory-index.ts';

const PROGRAM = process.env.SURICATA ?? 'suricata';
const SURICATA = spawnSync(PROGRAM, ['-V']).status === 0;
const data = process.env.MISP_PIPELINE_DATA ?? fileURLToPath(new URL('../../../../../shared/data', import.meta.url));
const CAPTURE = join(data, 'pcaps', 'sv-dns-sofacy.pcap');

/** Two names of the capture, and one that is not in it. */
const NAMES = ['drivres-update.info', 'softupdates.info', 'absent.example'];
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'suricata-annotate-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** Lines of the log that the engine writes of the capture with our rules. */
async function eveLines(): Promise<readonly string[]> {
  const options = suricata.options.parse({});
  const exporter = suricata.create(options, testServices({ stateDir: folder, ids: new StageIds('ids') }));
  const { output } = await render(
    exporter,
    NAMES.map((name) => anIndicator('domain', name)),
  );
  for (const [path, { text }] of output.files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  spawnSync(PROGRAM, ['-S', join(folder, 'misp.rules'), '-r', CAPTURE, '-l', folder, '-k', 'none'], { cwd: folder });
  return readFileSync(join(folder, 'eve.json'), 'utf8').trimEnd().split('\n');
}

function withoutAnnotation(line: string): unknown {
  const { misp, ...rest } = JSON.parse(line);
  return rest;
}

describe.skipIf(!SURICATA || !existsSync(CAPTURE))(
  'the log of Suricata with our rules (needs suricata and the data folder)',
  () => {
    it('has its alerts annotated, and everything else as it was', async () => {
      const lines = await eveLines();
      const known = NAMES.map((value) => aKnownIndicator({ kind: 'domain', value }, { source: 'c', attribute: value }));
      const annotator = anAnnotator(known);
      const written = await annotatedLines(annotator, lines);
      const { alerts, annotated } = annotator.counts;
      expect(alerts).toBeGreaterThan(0);
      expect(annotator.counts).toMatchObject({ lines: lines.length, annotated: alerts, invalid: 0, already: 0 });
      expect(written.filter((line, i) => line === lines[i])).toHaveLength(lines.length - annotated);
      expect(written.map(withoutAnnotation)).toEqual(lines.map((line) => JSON.parse(line)));
      const values = written.flatMap((line) => JSON.parse(line).misp?.matches ?? []).map(({ value }) => value);
      expect(new Set(values)).toEqual(new Set(['drivres-update.info', 'softupdates.info']));
    });
  },
);
