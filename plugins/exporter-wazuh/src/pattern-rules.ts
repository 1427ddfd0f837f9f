import { type Indicator, type Output, withinBudget } from '@misp-pipeline/core';
import type { Offered } from './fill.ts';
import type { LogSource, LookUp } from './look-up.ts';
import { expressionsOf, literalOf, MOST_OF_LOOK_UP, type Pattern } from './pattern.ts';
import { withoutRoom } from './room.ts';
import { fieldElement, fileOf, ruleElement, type Settings } from './rules.ts';

/**
 * The file of these rules. Files are loaded in the order of their names: this one has to come after that of the exact rules,
 * which are parents of some of these and go first where the level is the same.
 */
export const PATTERN_FILE = 'rules/misp_pipeline_substrings.xml';

/** Number of the rule that is written when there is no other. */
const PLACEHOLDER = 999;

/** What a pattern looks for. */
interface Alternatives {
  /** Alternatives with the indicators behind them, sorted. */
  readonly literals: ReadonlyMap<string, readonly Indicator[]>;
  /** How many indicators there was no room for. */
  readonly cut: number;
}

const NOTHING: Alternatives = { literals: new Map(), cut: 0 };

/** What became of the indicators that patterns are for. */
export interface PatternReport {
  /** Those that are looked for. */
  readonly found: ReadonlySet<Indicator>;
  /** How many are not, because there was no room; these may still be looked up as they are. */
  readonly cut: number;
}

/** Writes rules that find values inside of fields: for each pattern those of the worthiest `limit` indicators. */
export function writePatternRules(
  logSources: readonly LogSource[],
  offered: Offered,
  limit: number,
  settings: Settings,
  output: Output,
): PatternReport {
  const lookUps = logSources.flatMap((logSource) => logSource.lookUps.map((lookUp) => ({ logSource, lookUp })));
  const patterns = new Set(lookUps.flatMap(({ lookUp }) => lookUp.inside?.pattern ?? []));
  const known = new Map([...patterns].map((pattern) => [pattern, alternativesOf(pattern, offered, limit)]));
  const rules: string[][] = [];
  for (const { logSource, lookUp } of lookUps) {
    if (lookUp.inside === undefined) continue;
    const { pattern, id: first } = lookUp.inside;
    const { literals } = known.get(pattern) ?? NOTHING;
    for (const [i, expression] of expressionsOf(pattern, literals.keys()).entries()) {
      rules.push(patternRule(logSource, lookUp, settings, first + i, expression.text));
      const id = `rule ${settings.ruleIds.first + first + i}`;
      for (const text of expression.literals) {
        for (const indicator of literals.get(text) ?? []) output.placed?.(indicator, { file: PATTERN_FILE, id, text });
      }
    }
  }
  const { text } = fileOf(
    rules.length === 0 ? [placeholder(settings)] : rules,
    'The rules change with the indicators.',
  );
  const file = output.file(PATTERN_FILE);
  file.write(text);
  file.count(Math.max(rules.length, 1));
  const alternatives = [...known.values()];
  return {
    found: new Set(alternatives.flatMap(({ literals }) => [...literals.values()].flat())),
    cut: alternatives.reduce((sum, { cut }) => sum + cut, 0),
  };
}

function patternRule(logSource: LogSource, lookUp: LookUp, settings: Settings, id: number, matches: string): string[] {
  return ruleElement(logSource, lookUp, settings, {
    id,
    level: settings.levels.other,
    about: 'inside of a value',
    conditions: [fieldElement({ name: lookUp.field, matches })],
  });
}

function alternativesOf(pattern: Pattern, offered: Offered, limit: number): Alternatives {
  const fitting = pattern.kinds.flatMap(offered).filter((indicator) => literalOf(pattern, indicator) !== undefined);
  const { kept, cut } = withinBudget(fitting, limit);
  const costOf = (indicator: Indicator) => (literalOf(pattern, indicator)?.length ?? 0) + 1;
  const tooMuch = new Set(withoutRoom(kept, MOST_OF_LOOK_UP, costOf));
  const byLiteral = new Map<string, Indicator[]>();
  for (const indicator of kept) {
    const literal = tooMuch.has(indicator) ? undefined : literalOf(pattern, indicator);
    if (literal !== undefined) byLiteral.set(literal, [...(byLiteral.get(literal) ?? []), indicator]);
  }
  const literals = new Map([...byLiteral].sort(([a], [b]) => (a < b ? -1 : 1)));
  return { literals, cut: cut.length + tooMuch.size };
}

/** A file without a rule would be refused; no event has this field. */
function placeholder({ ruleIds }: Settings): string[] {
  return [
    `  <rule id="${ruleIds.first + PLACEHOLDER}" level="0" noalert="1">`,
    '    <decoded_as>json</decoded_as>',
    fieldElement({ name: 'misp.nothing', matches: '^.' }),
    '    <description>MISP: nothing to look for inside of values</description>',
    '  </rule>',
  ];
}
