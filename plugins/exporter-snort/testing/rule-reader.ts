import type { SnortVersion } from '../src/options.ts';

/** One option of a rule: `content:"abc",nocase;` */
export interface RuleOption {
  readonly name: string;
  /** Between the colon and the semicolon, quotes included; undefined when there is no colon. */
  readonly value: string | undefined;
}

export interface ParsedRule {
  readonly line: number;
  readonly header: string;
  readonly options: readonly RuleOption[];
}

/** Reads rule files by the rules that both Snorts share, and stricter: nothing depends on how an engine guesses. */
export function readRules(text: string): { rules: ParsedRule[]; problems: string[] } {
  const rules: ParsedRule[] = [];
  const problems: string[] = [];
  for (const [i, line] of text.split('\n').entries()) {
    if (line === '' || line.startsWith('#')) continue;
    try {
      rules.push({ line: i + 1, ...readRule(line) });
    } catch (error) {
      problems.push(`line ${i + 1}: ${error instanceof Error ? error.message : error}: ${line.slice(0, 200)}`);
    }
  }
  return { rules, problems };
}

const RULE = /^(alert(?: [^()"]+)?) \( ?(.+;) ?\)$/s;

function readRule(line: string): { header: string; options: RuleOption[] } {
  const [, header, body] = RULE.exec(line) ?? [];
  if (header === undefined || body === undefined) throw new Error('not a rule');
  const options: RuleOption[] = [];
  let at = 0;
  while (at < body.length) {
    const end = optionEnd(body, at);
    const [, name, value] = /^([a-z_]+)(?::(.+))?$/s.exec(body.slice(at, end)) ?? [];
    if (name === undefined) throw new Error(`not an option: \`${body.slice(at, end)}\``);
    options.push({ name, value });
    at = end + 1;
    if (body[at] === ' ') at++;
  }
  return { header, options };
}

/** Place of the semicolon that ends an option. Inside quotes there is neither a quote, nor a semicolon, nor a break. */
function optionEnd(body: string, start: number): number {
  let quoted = false;
  for (let i = start; i < body.length; i++) {
    const char = body[i];
    if (char === '"') quoted = !quoted;
    else if (char === ';' && quoted) throw new Error('raw semicolon in quotes');
    else if (char === ';') return i;
    else if (/[\x00-\x1f\x7f]/.test(char ?? '')) throw new Error('control character');
  }
  throw new Error('no semicolon');
}

/** Bytes of a `content`, as a string of one character a byte. Throws when quotes or hex are not as they have to be. */
export function contentBytesOf(text: string): string {
  let bytes = '';
  for (const [i, part] of text.split('|').entries()) {
    if (i % 2 === 0) {
      if (/[^ -~]|["\\;:]/.test(part)) throw new Error(`raw syntax or foreign byte in content \`${text}\``);
      bytes += part;
    } else {
      if (!/^[0-9a-f]{2}(?: [0-9a-f]{2})*$/.test(part)) throw new Error(`bad hex in content \`${text}\``);
      bytes += Buffer.from(part.replaceAll(' ', ''), 'hex').toString('latin1');
    }
  }
  if (text.split('|').length % 2 === 0) throw new Error(`unclosed hex in content \`${text}\``);
  if (bytes === '') throw new Error('empty content');
  return bytes;
}

/** Pattern and flags of a `pcre` as a JavaScript expression over strings of one character a byte. */
export function pcreOf(value: string, version: SnortVersion): { regExp: RegExp; buffer: string } {
  const [, pattern, flags] = /^"\/(.+)\/([ismHUIMCK]*)"$/s.exec(value) ?? [];
  if (pattern === undefined || flags === undefined) throw new Error(`bad pcre ${value}`);
  if (/[^ -~]|"|;|(?<!\\)\//.test(pattern)) throw new Error(`raw syntax in pcre ${value}`);
  const buffer = flags.replace(/[ism]/g, '');
  if (version === 3 && buffer !== '') throw new Error(`pcre flag ${buffer} is unknown to Snort 3`);
  return { regExp: new RegExp(pattern, flags.replace(/[HUIMCK]/g, '')), buffer };
}
