/** What analysisd says of a rule that it leaves out although it ends well, by the number of the message. */
const DEAD_RULE = /\((?:7610|7612|7616|7619)\)/;

/** What analysisd says before it ends with an error, such as 1226 of a file that is no XML. */
const ERROR = /\b(?:ERROR|CRITICAL): /;

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

/** The numbers in quotation marks: ids of rules stand in them. */
function namesRule(line: string, isOurRule: (id: number) => boolean): boolean {
  return [...line.matchAll(/'(\d+)'/g)].some(([, id]) => isOurRule(Number(id)));
}
