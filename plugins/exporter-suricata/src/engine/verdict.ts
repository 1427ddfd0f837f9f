/** A rule that the engine names in its messages. */
export interface NamedRule {
  /** The rule as far as the engine prints it; it cuts messages at about 2,000 bytes. */
  readonly text: string;
  /** Where it stands, relative to the folder of the rules, unless that was cut off. */
  readonly place: { readonly file: string; readonly line: number } | undefined;
  /** What the engine said before it named the rule. */
  readonly cause: string;
}

/** What the engine says of rules. */
export interface Verdict {
  /** Name and version, such as `suricata 7.0.10`. */
  readonly engine: string;
  readonly accepted: boolean;
  readonly named: readonly NamedRule[];
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

/**
 * Reads what `suricata -T` printed. An exit code of 0 is not enough: lists that do not fit are cut with an error only, and
 * a command that does not say which version it is may have run no engine at all.
 */
export function readVerdict(code: number | null, printed: string): Verdict {
  const lines = printed.split('\n');
  const errors = lines.flatMap((line) => /^(?:E|Error): (.*)/.exec(line)?.[1] ?? []);
  const warnings = lines.flatMap((line) => /^(?:W|Warning): (.*)/.exec(line)?.[1] ?? []);
  const version = / Suricata version (\S+)/.exec(printed)?.[1];
  return {
    engine: `suricata ${version ?? '(version unknown)'}`,
    accepted: code === 0 && errors.length === 0 && version !== undefined,
    named: namedRules(errors, warnings),
    errors,
    warnings: warnings.filter((line) => OF_RULES.test(line) && !NO_RULES.test(line)),
  };
}

/** Parts of the engine that speak of rules and lists. */
const OF_RULES = /^(?:detect|datasets?|rohash|reputation|util-)/;
/** Not worth a word: a set of indicators may need none of a file's rules. */
const NO_RULES = /no rules were loaded/;

/** The engine says first what is wrong and then in which rule; or it warned of the rule by its sid. */
function namedRules(errors: readonly string[], warnings: readonly string[]): NamedRule[] {
  const named: NamedRule[] = [];
  let causes: string[] = [];
  for (const error of errors) {
    const [, start] = /^detect: error parsing signature "(.*)/.exec(error) ?? [];
    if (start === undefined) causes.push(error);
    else {
      const [, text = start, file, line] = /^(.*)" from file (.*) at line (\d+)$/.exec(start) ?? [];
      const place = file === undefined ? undefined : { file, line: Number(line) };
      named.push({ text, place, cause: causes.join('; ') || warningsOf(text, warnings) });
      causes = [];
    }
  }
  return named;
}

function warningsOf(rule: string, warnings: readonly string[]): string {
  const sid = /; sid:(\d+);/.exec(rule)?.[1];
  return warnings.filter((line) => sid !== undefined && line.includes(`: rule ${sid}: `)).join('; ');
}
