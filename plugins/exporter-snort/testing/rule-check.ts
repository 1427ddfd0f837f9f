import type { SnortVersion } from '../src/options.ts';
import { contentBytesOf, type ParsedRule, pcreOf, type RuleOption, readRules } from './rule-reader.ts';

const ADDRESS = String.raw`(?:any|\$HOME_NET|[0-9a-f.:]+(?:/\d+)?)`;
const PORT = String.raw`(?:any|\$HTTP_PORTS|\d+)`;
const PACKETS = `(?:tcp|udp) ${ADDRESS} ${PORT} -> ${ADDRESS} ${PORT}`;
const SERVICE = String.raw`(?:dns|http|ssl|smtp)(?: any any -> any \d+)?`;
const HEADER: Record<SnortVersion, RegExp> = {
  3: new RegExp(`^alert(?: ${PACKETS}| ${SERVICE})?$`),
  2: new RegExp(`^alert(?: ${PACKETS})?$`),
};

/** What stands after the colon of each option; undefined for options without one. */
const SHARED: Record<string, RegExp | undefined> = {
  msg: /^"[^"\\;|$]+"$/,
  flow: /^(?:to_server(?:,established)?|established)$/,
  reference: /^url,[A-Za-z0-9._~:/-]+$/,
  classtype: /^trojan-activity$/,
  priority: /^[1-4]$/,
  metadata: /^(?:[a-z_]+ [A-Za-z0-9_.:/+-]+|rule-type preproc)(?:, [a-z_]+ [A-Za-z0-9_.:/+-]+)*$/,
  gid: /^136$/,
  sid: /^[1-9]\d{0,9}$/,
  rev: /^[1-9]\d*$/,
};
const OPTIONS: Record<SnortVersion, Record<string, RegExp | undefined>> = {
  3: {
    ...SHARED,
    flags: /^S,CE$/,
    content: /^"[^"]+"(?:,(?:nocase|fast_pattern|offset \d+|depth \d+))*$/,
    pcre: /^"\/.+\/[ism]*"$/,
    bufferlen: /^\d+$/,
    byte_test: /^1,=,0,-\d+,relative$/,
    http_header: /^field (?:host|user-agent)$/,
    http_uri: /^(?:path|query)$/,
    http_raw_uri: /^(?:path|query)$/,
    http_method: undefined,
    http_cookie: undefined,
    http_raw_cookie: undefined,
  },
  2: {
    ...SHARED,
    flags: /^S,12$/,
    content: /^"[^"]+"$/,
    pcre: /^"\/.+\/[ismHUIMCK]*"$/,
    nocase: undefined,
    fast_pattern: undefined,
    offset: /^\d+$/,
    depth: /^\d+$/,
    http_header: undefined,
    http_uri: undefined,
    http_raw_uri: undefined,
    http_method: undefined,
    http_cookie: undefined,
    http_raw_cookie: undefined,
  },
};
const CONTENT_MODIFIERS = new Set([
  'nocase',
  'fast_pattern',
  'offset',
  'depth',
  'http_header',
  'http_uri',
  'http_raw_uri',
  'http_method',
  'http_cookie',
  'http_raw_cookie',
]);

/** Longest line that Snort 2.9 reads, with room to spare. */
const MAX_LINE = 30_000;

/** What a strict reading finds wrong with a rule file, one line each. */
export function ruleProblems(text: string, version: SnortVersion): string[] {
  const { rules, problems } = readRules(text);
  const seen = new Set<string>();
  for (const rule of rules) {
    const say = (problem: string) => problems.push(`line ${rule.line}: ${problem}`);
    if (!HEADER[version].test(rule.header)) say(`header \`${rule.header}\``);
    for (const option of rule.options) for (const problem of optionProblems(option, version)) say(problem);
    for (const problem of contentProblems(rule, version)) say(problem);
    const id = `${optionOf(rule, 'gid') ?? 1}:${optionOf(rule, 'sid')}`;
    if (optionOf(rule, 'sid') === undefined || optionOf(rule, 'msg') === undefined) say('no sid or no msg');
    if (seen.has(id)) say(`${id} twice`);
    seen.add(id);
  }
  for (const [i, line] of text.split('\n').entries())
    if (line.length > MAX_LINE) problems.push(`line ${i + 1} too long`);
  return problems;
}

export function optionOf(rule: ParsedRule, name: string): string | undefined {
  return rule.options.find((option) => option.name === name)?.value;
}

function optionProblems({ name, value }: RuleOption, version: SnortVersion): string[] {
  if (!(name in OPTIONS[version])) return [`unknown option ${name}`];
  const form = OPTIONS[version][name];
  const bare = name === 'http_raw_uri' && value === undefined;
  const fits = form === undefined || bare ? value === undefined : form.test(value ?? '');
  if (!fits) return [`${name}:${value}`];
  try {
    if (name === 'pcre') pcreOf(value ?? '', version);
  } catch (error) {
    return [String(error)];
  }
  return [];
}

function contentProblems({ options }: ParsedRule, version: SnortVersion): string[] {
  const problems: string[] = [];
  let fastPatterns = 0;
  for (const [i, { name, value }] of options.entries()) {
    if (name !== 'content') continue;
    const modifiers = version === 3 ? ((value ?? '').split('",')[1]?.split(',') ?? []) : modifiersAfter(options, i);
    if (modifiers.includes('fast_pattern')) fastPatterns++;
    if (version === 2 && modifiers.includes('fast_pattern') && modifiers.includes('http_raw_uri'))
      problems.push('raw uri as fast pattern');
    try {
      const { length } = contentBytesOf(/^"([^"]*)"/.exec(value ?? '')?.[1] ?? '');
      const depth = modifiers.find((modifier) => modifier.startsWith('depth'));
      if (length > 2047) problems.push('content too long');
      if (depth !== undefined && Number(depth.slice(6)) < length)
        problems.push('depth below the length of the content');
    } catch (error) {
      problems.push(String(error));
    }
  }
  if (fastPatterns > 1) problems.push('two fast patterns');
  return problems;
}

/** Snort 2.9: options that follow a content and belong to it, as `depth:3`. */
export function modifiersAfter(options: readonly RuleOption[], content: number): string[] {
  const modifiers: string[] = [];
  for (const { name, value } of options.slice(content + 1)) {
    if (!CONTENT_MODIFIERS.has(name)) break;
    modifiers.push(value === undefined ? name : `${name}:${value}`);
  }
  return modifiers;
}
