/** What analysisd says of a rule that it leaves out although it ends well, by the number of the message. */
const DEAD_RULE = /\((?:7610|7612|7616|7619)\)/;

/** What analysisd says before it ends with an error, such as 1226 of a file that is no XML. */
const ERROR = /\b(?:ERROR|CRITICAL): /;

/** Characters of a manager's message that are told. */
export const LONGEST_MESSAGE = 500;

/** The lines of what `wazuh-analysisd -t` said. */
export function linesOf(said: string): readonly string[] {
  return said
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/**
 * What the manager holds against rules of ours. Its status is 0 although it drops rules: those with a group or rule that
 * does not exist, with a list that is not declared, with an id that is taken. That it drops the rules of others is not our
 * business. When it could not read everything, all its errors count.
 */
export function faultsIn(
  lines: readonly string[],
  status: number | null,
  isOurRule: (id: number) => boolean,
): readonly string[] {
  const dead = lines.filter((line) => DEAD_RULE.test(line) && namesRule(line, isOurRule));
  if (status === 0) return dead;
  const errors = lines.filter((line) => ERROR.test(line));
  return [...dead, ...errors, `it ended with status ${status}`];
}

/** What analysisd says of a rule that does not see all that it should: it is left out, or one of its parents is missing. */
const BLIND_RULE = /\((?:7610|7612|7616|7617|7619)\)/;

/** The messages that say of rules of ours that they do not see all that they should. */
export function blindRules(messages: readonly string[], isOurRule: (id: number) => boolean): readonly string[] {
  return messages.filter((message) => BLIND_RULE.test(message) && namesRule(message, isOurRule));
}

/** What to do about such messages, if it is the same for many of them. */
export function hintsFor(faults: readonly string[]): readonly string[] {
  const isUndeclared = faults.some((fault) => fault.includes('(7616)'));
  return isUndeclared
    ? ['the lines of `ossec.conf.snippet.xml` have to stand in the `ruleset` block of `ossec.conf`']
    : [];
}

/** Takes messages apart that stand in one line with commas between them, as the manager's API gives them. */
export function messagesIn(line: string): readonly string[] {
  return line.split(/, ?(?=(?:[A-Z]+: )?\(\d{4}\):)/);
}

/** The numbers in quotation marks: ids of rules stand in them. */
function namesRule(line: string, isOurRule: (id: number) => boolean): boolean {
  return [...line.matchAll(/'(\d+)'/g)].some(([, id]) => isOurRule(Number(id)));
}
