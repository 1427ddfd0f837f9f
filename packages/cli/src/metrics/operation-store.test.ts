import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { afterSkip, NO_RUNS } from './operation-state.ts';
import { OperationStore } from './operation-store.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'misp-pipeline-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('OperationStore', () => {
  it('remembers across processes', () => {
    const state = join(folder, 'state');
    expect(new OperationStore(state).read()).toEqual(NO_RUNS);
    new OperationStore(state).update(afterSkip);
    new OperationStore(state).update(afterSkip);
    expect(new OperationStore(state).read().runs.skipped).toBe(2);
    expect(statSync(state).mode & 0o777).toBe(0o700);
  });

  it.each(['no json', '{"runs":{"success":"many"}}', '[]'])('begins anew after %s', (document) => {
    const store = new OperationStore(folder);
    store.update(afterSkip);
    const db = new DatabaseSync(join(folder, 'operation.sqlite'));
    db.prepare('UPDATE operation SET document = ?').run(document);
    db.close();
    expect(store.read()).toEqual(NO_RUNS);
  });
});
