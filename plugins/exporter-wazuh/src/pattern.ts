import type { Indicator, IndicatorKind } from '@misp-pipeline/core';

/** Most alternatives that all rules of a look-up hold together. */
export const MOST_PATTERNS = 5000;

/** Numbers that a look-up has for its rules. */
export const RULES_OF_LOOK_UP = 20;

/** Bytes of the alternatives of one rule. The engine refuses the text of an element somewhere above 20,000. */
const MOST_OF_RULE = 18_000;

/** Bytes of an alternative. */
const LONGEST_LITERAL = 512;

/** Bytes of the alternatives of all rules of a look-up: there is room for them even if no rule is filled to its end. */
export const MOST_OF_LOOK_UP = RULES_OF_LOOK_UP * (MOST_OF_RULE - LONGEST_LITERAL);

/** How values are looked for inside of a field, by expressions of PCRE2. */
export interface Pattern {
  readonly kinds: readonly IndicatorKind[];
  /** What stands before the alternatives, up to the opening bracket. */
  readonly before: string;
  /** What stands behind them, from the closing bracket. */
  readonly after: string;
  /** The text that an indicator is looked for by; undefined when the pattern is not for it. */
  readonly text: (indicator: Indicator) => string | undefined;
  /** A value in which the text of such an indicator has to be found. */
  readonly example: (indicator: Indicator) => string;
}

/** The alternative for an indicator: it matches its text, and has nothing in it that XML or an expression reads as more. */
export function literalOf({ text }: Pattern, indicator: Indicator): string | undefined {
  const plain = text(indicator);
  if (plain === undefined || !/^[\x20-\x7e]+$/.test(plain)) return undefined;
  const literal = plain.replace(/[^\w-]/g, (character) => `\\x${character.charCodeAt(0).toString(16)}`);
  return literal.length >= LONGEST_LITERAL ? undefined : literal;
}

/** An expression with the alternatives in it. */
export interface Expression {
  readonly literals: readonly string[];
  readonly text: string;
}

/** Expressions that together match whatever one of the alternatives matches. */
export function expressionsOf({ before, after }: Pattern, literals: Iterable<string>): readonly Expression[] {
  const chunks: string[][] = [];
  let bytes = MOST_OF_RULE;
  for (const literal of literals) {
    bytes += literal.length + 1;
    if (bytes > MOST_OF_RULE) {
      chunks.push([]);
      bytes = literal.length + 1;
    }
    chunks.at(-1)?.push(literal);
  }
  return chunks.map((chunk) => ({ literals: chunk, text: `${before}${chunk.join('|')}${after}` }));
}
