import type { OutputFiles } from '@misp-pipeline/testing';
import { XMLValidator } from 'fast-xml-parser';
import { load } from 'js-yaml';

// What can be told of an exporter's files without its engine; the engines themselves have their word in test/engines.

const RULE = /^[a-z]+ (?:[^\n(]+ )?\(.*;? sid:(\d+); rev:[1-9]\d*; ?\)$/;

/** Rules of Suricata and Snort: one in each line, each with a sid of its own, as many as counted. */
export function acceptsRules(files: OutputFiles): string[] {
  const sids = new Set<string>();
  const problems: string[] = [];
  for (const [path, { text, entries }] of files) {
    if (!path.endsWith('.rules')) continue;
    const lines = contentLines(text);
    // A rule for older engines stands beside one for newer ones; each engine loads one of the two.
    const loaded = lines.filter((line) => !line.includes('requires:version < 8;'));
    if (loaded.length !== entries) problems.push(`${path}: ${loaded.length} rules, ${entries} counted`);
    for (const line of lines) {
      const sid = RULE.exec(line)?.[1];
      if (sid === undefined) problems.push(`${path}: no rule: ${line}`);
      else if (sids.has(sid)) problems.push(`${path}: sid ${sid} is used twice`);
      else sids.add(sid);
    }
  }
  return [...problems, ...acceptsLists(files, contentLines)];
}

/** Lists: one entry in each line, as many as counted, none twice. */
function acceptsLists(files: OutputFiles, linesOf: (text: string) => string[]): string[] {
  return [...files].flatMap(([path, { text, entries }]) => {
    if (entries === 0 || /\.(rules|xml|ya?ml)$/.test(path)) return [];
    const lines = linesOf(text);
    if (lines.length !== entries) return [`${path}: ${lines.length} lines, ${entries} counted`];
    return new Set(lines).size === lines.length ? [] : [`${path}: a line stands there twice`];
  });
}

function contentLines(text: string): string[] {
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}

/** Sigma: each file is one YAML document, each rule has an id of its own. */
export function acceptsSigma(files: OutputFiles): string[] {
  const ids = new Set<unknown>();
  return [...files].flatMap(([path, { text, entries }]) => {
    const document = load(text);
    if (!path.startsWith('rules/')) return [];
    if (entries !== 1) return [`${path}: one rule, ${entries} counted`];
    if (typeof document !== 'object' || document === null) return [`${path}: no rule`];
    const rule: Record<string, unknown> = { ...document };
    const missing = ['title', 'id', 'logsource', 'detection'].filter((field) => rule[field] === undefined);
    if (missing.length > 0) return [`${path}: without ${missing.join(', ')}`];
    if (ids.has(rule.id)) return [`${path}: id ${rule.id} is used twice`];
    ids.add(rule.id);
    return [];
  });
}

/** Wazuh: well-formed XML, as many rules as counted, each with an id of its own, and lists of distinct keys, which know no comments. */
export function acceptsWazuh(files: OutputFiles): string[] {
  const problems = acceptsLists(files, (text) => text.split('\n').slice(0, -1));
  for (const [path, { text, entries }] of files) {
    if (!path.endsWith('.xml')) continue;
    const verdict = XMLValidator.validate(`<file>${text}</file>`);
    if (verdict !== true) problems.push(`${path}: ${verdict.err.msg} in line ${verdict.err.line}`);
    const ids = [...text.matchAll(/<rule id="(\d+)"/g)].map(([, id]) => id);
    if (ids.length !== entries) problems.push(`${path}: ${ids.length} rules, ${entries} counted`);
    if (new Set(ids).size !== ids.length) problems.push(`${path}: an id is used twice`);
  }
  return problems;
}
