import { basename } from 'node:path';

/** What `sigma check` says of a rule. */
export interface Complaint {
  /** Base name of the rule's file. */
  readonly file: string;
  readonly message: string;
}

/**
 * `issue=Name severity=low description=... rule=/path/a.yml, /path/b.yml field=...`. What follows the paths may come from
 * the rule; what precedes them is the validator's.
 */
const ISSUE = /^issue=(\w+) severity=\w+ description=(.*?) rule=((?:[^\s,]+\.yml(?::\d+)*(?:, )?)+)/s;

/** `Condition error in /path/a.yml:...` */
const CONDITION = /^Condition error in ([^\s:]+\.yml)(?::\d+)*:(.*)$/s;

/** `... in /path/a.yml` */
const ERROR = /^(.*) in ([^\s:]+\.yml)(?::\d+)*$/s;

/** Complaints in the output of `sigma check`, one a line. */
export function complaintsIn(stdout: string): readonly Complaint[] {
  return stdout.split('\n').flatMap((line) => {
    const issue = ISSUE.exec(line);
    if (issue !== null) {
      const [, name = '', description = '', paths = ''] = issue;
      return paths
        .split(', ')
        .map((path) => ({ file: basename(path.replace(/(?::\d+)+$/, '')), message: `${name}: ${description}` }));
    }
    const condition = CONDITION.exec(line);
    if (condition !== null) return [{ file: basename(condition[1] ?? ''), message: condition[2]?.trim() ?? '' }];
    const error = ERROR.exec(line);
    return error === null ? [] : [{ file: basename(error[2] ?? ''), message: error[1] ?? '' }];
  });
}
