/** One option of a rule, such as `content:"x"` or `nocase`. */
export interface RuleOption {
  readonly name: string;
  /** What stands behind the colon, as it is written; undefined without a colon. */
  readonly value: string | undefined;
}

/** A rule in its parts. Blanks around and between them are gone, nothing else. */
export interface ParsedRule {
  readonly action: string;
  readonly protocol: string;
  readonly source: string;
  readonly sourcePort: string;
  readonly direction: string;
  readonly destination: string;
  readonly destinationPort: string;
  readonly options: readonly RuleOption[];
}

/** Control characters but the tab, invisible ones, lone surrogates, and what some readers take for the end of a line. */
const UNPRINTABLE = /(?!\t)[\p{C}\p{Zl}\p{Zp}]/u;
const RULE = /^([^()"]+)\((.*;)\s*\)$/s;

/** Bytes that the engine reads of a line. */
export const LONGEST_LINE = 8191;

/** Reads one rule, on one line or on lines that a backslash continues; undefined when it is anything else. */
export function parseRule(text: string): ParsedRule | undefined {
  const line = text.replaceAll('\\\n', '').trim();
  if (line.length > LONGEST_LINE || UNPRINTABLE.test(line)) return undefined;
  const [, header = '', body = ''] = RULE.exec(line) ?? [];
  const parts = headerParts(header);
  const options = parseOptions(body);
  if (parts.length !== 7 || options === undefined) return undefined;
  const [action = '', protocol = '', source = '', sourcePort = '', direction, destination = '', destinationPort = ''] =
    parts;
  if (direction !== '->' && direction !== '<>') return undefined;
  return { action, protocol, source, sourcePort, direction, destination, destinationPort, options };
}

/** Words of a header; the blanks inside lists are gone. */
function headerParts(header: string): string[] {
  return header
    .replace(/\s*,\s*/g, ',')
    .replace(/\[\s+/g, '[')
    .replace(/\s+\]/g, ']')
    .trim()
    .split(/\s+/);
}

/** Options that all end in `;`. As in the engine, `\;` does not end one, inside of quotes or outside. */
function parseOptions(body: string): RuleOption[] | undefined {
  const options: RuleOption[] = [];
  for (const text of body.split(/(?<!\\);/).slice(0, -1)) {
    const [, name, value] = /^([a-z0-9_.-]+)\s*(?::(.*))?$/.exec(text.trim()) ?? [];
    const trimmed = value?.trim();
    if (name === undefined || (trimmed !== undefined && !isValue(trimmed))) return undefined;
    options.push({ name, value: trimmed });
  }
  return options;
}

/**
 * One quoted string, or text without any quote, in which a backslash stands before a semicolon only: one at the end, once
 * the blanks behind it are gone, would have the engine read the next option as a part of this one.
 */
function isValue(value: string): boolean {
  return /^(?:!?\s*"(?:[^"\\]|\\.)+"|(?:[^"\\]|\\;)+)$/.test(value);
}
