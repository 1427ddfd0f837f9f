import { describe, expect, it } from 'vitest';
import { Io } from '../io.ts';
import { commandLine } from './command-line.ts';

const { signal } = new AbortController();
const typed = (options: { config?: string; env?: string }, source?: string) =>
  commandLine({ io: new Io(), signal, options: { logLevel: 'warn', ...options } }, source)('feeds cache 3');

describe('commandLine', () => {
  it('carries the config, the environment and the source that were meant', () => {
    expect(typed({})).toBe('misp-pipeline feeds cache 3');
    expect(typed({ env: 'production' }, 'cert')).toBe('misp-pipeline --env production feeds cache 3 --source cert');
    expect(typed({ config: "/it's here/c.yaml" })).toBe("misp-pipeline --config '/it'\\''s here/c.yaml' feeds cache 3");
  });
});
