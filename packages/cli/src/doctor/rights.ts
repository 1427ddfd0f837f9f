import { EXIT } from '@misp-pipeline/core';
import type { MispUser } from '@misp-pipeline/misp';
import { counted } from '../render/number.ts';
import { ending, endsSoon } from './ending.ts';
import { type Finding, ok, problem, warning } from './finding.ts';

/** Searches in 900 seconds below which a full reading may have to wait. */
const FEW_SEARCHES = 100;

/** What the key's user may do, and what changes its searches. `now` is in Unix seconds. */
export function rightsFindings(user: MispUser, now: number): Finding[] {
  const { email, role, organisation, siteAdmin, warninglists } = user;
  const may = (flag: boolean, what: string) => `${flag ? 'may' : 'may not'} change ${what}`;
  const rights = `${may(siteAdmin, 'feeds')}, ${may(warninglists, 'warninglists')}`;
  const seen = `\`${email}\` of \`${organisation}\`, role \`${role}\`: ${rights}`;
  const findings = [
    siteAdmin ? warning('rights/site-admin', `${seen}; a run only reads`, LESS) : ok('rights/told', seen),
  ];
  if (user.expires !== undefined && endsSoon(user.expires, now))
    findings.push(warning('account/ends-soon', `it ${ending(user.expires, now)}`, 'Let an administrator prolong it.'));
  findings.push(rateLimitFinding(user));
  if (user.searchDefaults) findings.push(SEARCH_DEFAULTS);
  return findings;
}

const LESS = 'Give the source the key of a user who only reads, and administer with another config.';

const SEARCH_DEFAULTS = warning(
  'search/filtered',
  'the setting `default_restsearch_parameters` of the user filters every search, so that indicators are missing silently',
  'Remove that setting of the user, or use the key of another one.',
);

function rateLimitFinding({ rateLimit }: MispUser): Finding {
  if (rateLimit === undefined) return ok('rate-limit/none', 'none');
  if (rateLimit === 0)
    return problem('rate-limit/zero', 'the role may not search', 'Raise the limit of the role.', EXIT.authentication);
  const seen = `${counted(rateLimit, 'search', 'searches')} in 15 minutes`;
  if (rateLimit >= FEW_SEARCHES) return ok('rate-limit/high', seen);
  return warning(
    'rate-limit/low',
    `${seen}: a run that needs more pages waits`,
    'Raise `pageSize`, or the limit of the role.',
  );
}
