import { CONTEXT } from './options.ts';

/** One option of a rule: `content:!"a\;b",nocase`. */
export interface RuleOption {
  readonly name: string;
  /** Behind the colon, without blanks around it; undefined when there is none. */
  readonly value: string | undefined;
}

/** A rule as its author wrote it, taken apart. */
export interface ForeignRule {
  readonly action: string;
  readonly protocol: string;
  /** Addresses, ports and direction: five words; none where a Snort 3 rule names only a service. */
  readonly ends: readonly string[];
  readonly options: readonly RuleOption[];
}

const HEAD = /^([a-z]+)\s+([a-z0-9-]+)((?:\s+[^\s()"]+){5})?\s*\(/;
const OPTION = /^\s*([A-Za-z][A-Za-z0-9_.-]*)\s*(?::\s*(\S.*))?$/s;

/** Text in quotes, in which a backslash takes the next character as it is, and text outside of them. */
const PIECES = /"(?:[^"\\;\n]|\\[^\n])*"|[^"\\;()#\n]+|[()]/y;

/**
 * Takes one rule apart, or returns undefined when the text is anything but exactly one. Stricter than either Snort, since
 * what they guess differently could hide something: quotes are closed, semicolons in them are escaped, and nothing but
 * blanks stands around the rule. It may go over several lines, with or without a backslash at their ends, but not inside
 * of quotes.
 */
export function parseRule(text: string): ForeignRule | undefined {
  const line = text.split('\n').map(withoutContinuation).join('\n').trim();
  const [head = '', action = '', protocol = '', ends = ''] = HEAD.exec(line.replaceAll('\n', ' ')) ?? [];
  if (head === '') return undefined;
  const options: RuleOption[] = [];
  let at = head.length;
  while (!/^\s*\)\s*$/.test(line.slice(at))) {
    const end = optionEnd(line, at);
    if (end === undefined) return undefined;
    const [, name, value] = OPTION.exec(line.slice(at, end)) ?? [];
    if (name === undefined) return undefined;
    options.push({ name, value: value?.trim().replaceAll('\n', ' ') });
    at = end + 1;
  }
  return { action, protocol, ends: ends.trim().split(/\s+/).filter(Boolean), options };
}

/** The options that look at traffic, which are all but those that ours take the place of. */
export function detectionOf({ options }: ForeignRule): readonly RuleOption[] {
  return options.filter(({ name }) => !CONTEXT.has(name));
}

function withoutContinuation(line: string): string {
  return line.trimEnd().replace(/\\$/, '').trim();
}

/** Place of the semicolon that ends an option. */
function optionEnd(line: string, start: number): number | undefined {
  let at = start;
  while (line[at] !== ';') {
    if (line[at] === '\n') at++;
    else {
      PIECES.lastIndex = at;
      const [piece] = PIECES.exec(line) ?? [];
      if (piece === undefined) return undefined;
      at += piece.length;
    }
  }
  return at;
}
