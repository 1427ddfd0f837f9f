import { isDefanged } from './defanged.ts';

const OF_VERSIONS = /^(?:v|versions?|ver|sections?|firmware|builds?|releases?)$/i;
const OF_COMMITS = /^commits?$/i;

/** Why a value is something else, given the word before it: `version 1.2.3.4` is no address, a commit no file. */
export function whyOtherBehind(word: string, value: string, type: string): string | undefined {
  if (type === 'ip-dst' && OF_VERSIONS.test(word) && !isDefanged(value)) return 'skipped:version';
  return type === 'sha1' && OF_COMMITS.test(word) ? 'skipped:commit' : undefined;
}
