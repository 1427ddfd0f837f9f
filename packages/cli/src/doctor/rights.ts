import type { MispUser } from '@misp-pipeline/misp';
import { type Finding, ok, warning } from './finding.ts';

/** Searches in 900 seconds below which a full reading may have to wait. */
const FEW_SEARCHES = 100;

/** What the key's user may do, and what changes its searches. `now` is in Unix seconds. */
export function rightsFindings(user: MispUser, now: number): Finding[] {
  const { email, role, organisation, siteAdmin, warninglists } = user;
  const may = (flag: boolean, what: string) => `${flag ? 'may' : 'may not'} change ${what}`;
  const rights = `${may(siteAdmin, 'feeds')}, ${may(warninglists, 'warninglists')}`;
  const findings = [ok('rights', `\`${email}\` of \`${organisation}\`, role \`${role}\`: ${rights}`)];
  if (user.expires !== undefined && user.expires < now + ACCOUNT_SOON)
    findings.push(warning('account', `it ends on ${day(user.expires)}`, 'Let an administrator prolong it.'));
  findings.push(rateLimitFinding(user));
  if (user.searchDefaults) findings.push(SEARCH_DEFAULTS);
  return findings;
}

const ACCOUNT_SOON = 30 * 86_400;

const SEARCH_DEFAULTS = warning(
  'search',
  'the setting `default_restsearch_parameters` of the user filters every search, so that indicators are missing silently',
  'Remove that setting of the user, or use the key of another one.',
);

function rateLimitFinding({ rateLimit }: MispUser): Finding {
  if (rateLimit === undefined) return ok('rate limit', 'none');
  const seen = `${rateLimit} searches in 15 minutes`;
  if (rateLimit >= FEW_SEARCHES) return ok('rate limit', seen);
  return warning(
    'rate limit',
    `${seen}: a run that needs more pages waits`,
    'Raise `pageSize`, or the limit of the role.',
  );
}

function day(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}
