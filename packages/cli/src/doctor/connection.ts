import type { ServerFacts } from '@misp-pipeline/misp';
import { ending, endsSoon } from './ending.ts';
import { type Finding, ok, warning } from './finding.ts';

/** Seconds by which clocks may differ: the server tells whole ones, and answers take their time. */
const TOLERABLE_SKEW = 30;

export function clockFinding({ clockSkew }: ServerFacts): Finding {
  if (clockSkew === undefined) return ok('clock/untold', 'the server does not tell its time');
  const ahead = clockSkew < 0 ? 'behind' : 'ahead of';
  const seen = clockSkew === 0 ? 'as ours, to the second' : `${Math.abs(clockSkew)} s ${ahead} ours`;
  if (Math.abs(clockSkew) <= TOLERABLE_SKEW) return ok('clock/right', `the server's clock is ${seen}`);
  return warning(
    'clock/wrong',
    `the server's clock is ${seen}: \`last\` then means another time`,
    'Let both follow NTP.',
  );
}

export function keyExpiryFinding({ keyExpires }: ServerFacts, now: number): Finding {
  if (keyExpires === undefined) return ok('key/accepted', 'the server takes it, and names no day on which it ends');
  const seen = `the server takes it; it ${ending(keyExpires, now)}`;
  return endsSoon(keyExpires, now)
    ? warning('key/ends-soon', seen, 'Make a new key in MISP, and put it where `key` reads it.')
    : ok('key/accepted', seen);
}

/** The version on which everything here was seen to work. */
const KNOWN_VERSION = '2.5.1';

/** Seen on that version; nothing is known of later ones. */
const TRAP = 'the feed cache of this version does not find values with capital letters';

export function versionFinding({ version }: ServerFacts): Finding {
  const order = compareVersions(version, KNOWN_VERSION);
  if (order === undefined)
    return warning('version/unknown', `\`${version}\` is no version of MISP`, 'Is this a MISP server?');
  if (order === 0) return ok('version/known', `${version}; ${TRAP}`);
  if (order > 0) return ok('version/newer', version);
  return warning(
    'version/old',
    `${version} is older than ${KNOWN_VERSION}, the oldest that this program was tried on`,
    'Update MISP.',
  );
}

function compareVersions(one: string, other: string): number | undefined {
  if (!/^\d+(\.\d+)+/.test(one)) return undefined;
  const [a, b] = [one, other].map((version) => version.split('.').map((part) => Number.parseInt(part, 10)));
  for (const [i, part] of (b ?? []).entries()) {
    const difference = (a?.[i] ?? 0) - part;
    if (difference !== 0) return difference;
  }
  return 0;
}
