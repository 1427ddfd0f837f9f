import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Logger, StageIds, type StageServices } from '@misp-pipeline/core';

const silent: Logger = {
  trace() {},
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => silent,
};

/** What a stage needs to be built outside the engine: a fixed present, a silent logger, an empty ledger. */
export function testServices(services: Partial<StageServices> = {}): StageServices {
  return {
    id: 'test',
    logger: silent,
    now: new Date('2026-11-24T00:00:00Z'),
    stateDir: services.stateDir ?? mkdtempSync(join(tmpdir(), 'misp-pipeline-')),
    replay: false,
    full: false,
    ids: new StageIds('test'),
    ...services,
  };
}
