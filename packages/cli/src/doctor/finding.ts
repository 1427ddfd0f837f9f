/** How bad a finding is. A warning is for a person to decide. */
export type Level = 'ok' | 'warning' | 'error';

/** One thing that was looked at. */
export interface Finding {
  readonly level: Level;
  /** What was found, for a program: one of a fixed set, such as `feed-cache/stale`. */
  readonly code: string;
  /** What was looked at, such as `feed cache`. */
  readonly check: string;
  /** Key of the stage in the config that it belongs to. */
  readonly of?: string;
  readonly seen: string;
  /** What to type or change. */
  readonly todo?: string;
  /** For errors: the exit code of the program. */
  readonly exitCode?: number;
}

/** The code says what was looked at, and after a slash what was found. */
export function ok(code: string, seen: string): Finding {
  return { level: 'ok', code, check: checkOf(code), seen };
}

export function warning(code: string, seen: string, todo: string): Finding {
  return { level: 'warning', code, check: checkOf(code), seen, todo };
}

export function problem(code: string, seen: string, todo: string, exitCode: number): Finding {
  return { level: 'error', code, check: checkOf(code), seen, todo, exitCode };
}

function checkOf(code: string): string {
  return code.replace(/\/.*$/, '').replaceAll('-', ' ');
}

/** The findings as those of one stage. */
export function ofStage(id: string, findings: readonly Finding[]): Finding[] {
  return findings.map((finding) => ({ ...finding, of: id }));
}

/** Ids for a command line. */
export function idsOf(things: readonly { readonly id: string }[]): string {
  return things.map(({ id }) => id).join(' ');
}

const SHOWN = 5;

/** Names for a sentence: the first few and how many more. */
export function namesOf(things: readonly { readonly name: string }[]): string {
  const names = things.slice(0, SHOWN).map(({ name }) => `\`${name}\``);
  const more = things.length - names.length;
  return `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
