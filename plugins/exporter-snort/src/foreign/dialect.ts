import type { SnortVersion } from '../options.ts';
import { HTTP_BUFFERS, OF_SURICATA, ONLY } from './options.ts';
import type { ForeignRule, RuleOption } from './rule.ts';

/** Whose syntax a rule is in: `both` Snorts’, or `unclear` where both read it and mean different things. */
export type ForeignDialect = SnortVersion | 'both' | 'unclear' | 'suricata';

/** Protocols of both Snorts. */
export const PROTOCOLS: ReadonlySet<string> = new Set(['tcp', 'udp', 'icmp', 'ip']);

/** Flags of a `pcre` that name a part of HTTP, which only Snort 2 has. */
const PCRE_2 = /"\/.*\/[a-zA-Z]*[BCDHIKMPSUY][a-zA-Z]*"$/s;

/** A `content` with its modifiers behind it, as only Snort 3 has them. */
const CONTENT_3 = /"\s*,/;

type Sign = SnortVersion | 'suricata';

export function dialectOf(rule: ForeignRule): ForeignDialect {
  const signs = new Set<Sign>();
  if (rule.ends.length === 0 || !PROTOCOLS.has(rule.protocol)) signs.add(3);
  for (const option of rule.options) {
    const sign = signOf(option);
    if (sign !== undefined) signs.add(sign);
  }
  const buffers = buffersOf(rule.options);
  if (buffers === 2 || buffers === 3) signs.add(buffers);
  // A service in the header and modifiers as options of their own: older Suricatas take that.
  if (signs.has('suricata') || (signs.has(2) && signs.has(3))) return 'suricata';
  const [sign] = signs;
  return sign === 2 || sign === 3 ? sign : (buffers ?? 'both');
}

function signOf({ name, value = '' }: RuleOption): Sign | undefined {
  if (/[.-]/.test(name) || OF_SURICATA.has(name)) return 'suricata';
  if (ONLY[2].has(name)) return 2;
  if (ONLY[3].has(name)) return 3;
  if (HTTP_BUFFERS.has(name)) return value === '' ? undefined : 3;
  if (name === 'pcre' && PCRE_2.test(value)) return 2;
  if (name === 'content' && CONTENT_3.test(value)) return 3;
  if (name === 'flags' && /[12]/.test(value)) return 2;
  return undefined;
}

/**
 * Whose syntax the places of HTTP parts speak for: only Snort 3 can have one before the first `content`, only Snort 2 can
 * have a use for one behind the last.
 */
function buffersOf(options: readonly RuleOption[]): SnortVersion | 'unclear' | undefined {
  const places = options.flatMap(({ name }, i) => (HTTP_BUFFERS.has(name) ? [i] : []));
  const [first] = places;
  const last = places.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const isSought = ({ name }: RuleOption) => name === 'content' || name === 'pcre';
  if (options.findIndex(isSought) > first) return 3;
  return options.findLastIndex(isSought) < last ? 2 : 'unclear';
}
