import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/** Calls that change something, or make it last. */
const CALLS = [
  'chmodSync',
  'copyFileSync',
  'fchmodSync',
  'fsyncSync',
  'linkSync',
  'lutimesSync',
  'mkdirSync',
  'openSync',
  'renameSync',
  'rmSync',
  'rmdirSync',
  'symlinkSync',
  'unlinkSync',
  'utimesSync',
  'writeFileSync',
  'writeSync',
] as const;

type Call = (...args: unknown[]) => unknown;

/** Calls that were made since `interposed`. */
export interface Interposed {
  readonly calls: number;
  /** Puts the real calls back. */
  restore(): void;
}

/**
 * Puts an action before every call to the file system that changes something; it gets the number, the name and the
 * arguments of the call. Calls of the action itself do not count.
 */
export function interposed(before: (call: number, name: string, args: readonly unknown[]) => void): Interposed {
  const table = fs as unknown as Record<string, Call>;
  const real = new Map(CALLS.map((name) => [name, table[name] as Call]));
  let calls = 0;
  let isInside = false;
  for (const [name, call] of real) {
    table[name] = (...args) => {
      if (isInside) return call(...args);
      isInside = true;
      try {
        before(++calls, name, args);
      } finally {
        isInside = false;
      }
      return call(...args);
    };
  }
  syncBuiltinESMExports();
  return {
    get calls() {
      return calls;
    },
    restore() {
      for (const [name, call] of real) table[name] = call;
      syncBuiltinESMExports();
    },
  };
}

/** Fails one call, as a disk does that breaks. */
export function failing(at: number): Interposed {
  return interposed((call) => {
    if (call === at) throw breakdown();
  });
}

/** Fails a call and all after it, so that everything stays as a kill leaves it. */
export function dying(at: number): Interposed {
  return interposed((call) => {
    if (call >= at) throw breakdown();
  });
}

/** The same on a file system without hard links; a copy that is made at that moment is cut short. */
export function dyingWithoutLinks(at: number): Interposed {
  return interposed((call, name, args) => {
    if (call === at && name === 'copyFileSync') fs.writeFileSync(String(args[1]), 'half');
    if (call >= at) throw breakdown();
    refuseLinks(name);
  });
}

/** A file system without hard links. */
export function withoutLinks(): Interposed {
  return interposed((_call, name) => refuseLinks(name));
}

function refuseLinks(name: string): void {
  if (name === 'linkSync') throw breakdown('EPERM');
}

function breakdown(code = 'EIO'): Error {
  return Object.assign(new Error(`${code}: made up`), { code });
}
