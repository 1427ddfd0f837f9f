/** How bad a finding is. A warning is for a person to decide. */
export type Level = 'ok' | 'warning' | 'error';

/** One thing that was looked at. */
export interface Finding {
  readonly level: Level;
  /** What was looked at, such as `clock`. */
  readonly check: string;
  /** Key of the stage in the config that it belongs to. */
  readonly of?: string;
  readonly seen: string;
  /** What to type or change. */
  readonly todo?: string;
  /** For errors: the exit code of the program. */
  readonly exitCode?: number;
}

export function ok(check: string, seen: string): Finding {
  return { level: 'ok', check, seen };
}

export function warning(check: string, seen: string, todo: string): Finding {
  return { level: 'warning', check, seen, todo };
}

export function problem(check: string, seen: string, todo: string, exitCode: number): Finding {
  return { level: 'error', check, seen, todo, exitCode };
}

/** The findings as those of one stage. */
export function ofStage(id: string, findings: readonly Finding[]): Finding[] {
  return findings.map((finding) => ({ ...finding, of: id }));
}

/** Ids for a command line, not endlessly many. */
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
