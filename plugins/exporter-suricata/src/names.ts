import { type Indicator, indicatorKey } from '@misp-pipeline/core';
import { contentText } from '@misp-pipeline/ids-rules';
import { append } from './append.ts';
import { ValueListFiles } from './lists/value-list.ts';
import { endpointText, framed, listFrame, ruleFrame } from './rules/rule-text.ts';
import { inLists, type Ruleset, ruleFileOf } from './ruleset.ts';

/** A place in which a name shows. */
interface Sight {
  readonly protocol: 'dns' | 'http' | 'tls' | 'quic';
  /** Options that select the buffer. */
  readonly buffer: string;
}

const DNS: Sight = { protocol: 'dns', buffer: 'dns.query; to_lowercase;' };
/** Suricata 7 lower-cases HTTP hosts itself, but not those with a port. */
const CONNECTIONS: readonly Sight[] = [
  { protocol: 'http', buffer: 'flow:established,to_server; http.host; to_lowercase;' },
  { protocol: 'tls', buffer: 'flow:established,to_server; tls.sni; to_lowercase;' },
  { protocol: 'quic', buffer: 'quic.sni; to_lowercase;' },
];
const ALL_SIGHTS: readonly Sight[] = [DNS, ...CONNECTIONS];

/** Domains (which include all names below them) or host names, all of one kind. */
export function writeNames(names: readonly Indicator[], ruleset: Ruleset): void {
  const asLists = inLists(ruleset, names.length);
  const lists = new Map<number, Indicator[]>();
  for (const indicator of names) {
    if (indicator.sharedHost && indicator.port === undefined) ruleset.skip(indicator, 'too-broad:shared-host');
    else if (asLists && !indicator.sharedHost) append(lists, listNumber(indicator), indicator);
    else ruleset.room.claim([indicator], sightsOf(indicator).length, () => writeName(indicator, ruleset));
  }
  for (const members of lists.values()) writeNameList(members, ruleset);
}

const PORTS = 65_536;

/** Tells the lists of a kind apart, as {@link listName} does. */
function listNumber({ kind, value, port = 0 }: Indicator): number {
  return (kind === 'domain' ? labelCount(value) * PORTS : 0) + port;
}

/** Domains are split by their number of labels, since a rule can cut a fixed number of labels off the end of a name. */
function listName({ kind, value, port }: Indicator): string {
  const labels = kind === 'domain' ? `-${labelCount(value)}` : '';
  return `misp-${kind}${labels}${port === undefined ? '' : `-port-${port}`}`;
}

function labelCount(name: string): number {
  let count = 1;
  for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) count++;
  return count;
}

/** A look-up goes to a resolver's port, never to the port of the indicator. */
function headerOf({ protocol }: Sight, port: number | undefined): string {
  return `alert ${protocol} any any -> any ${protocol === 'dns' ? 'any' : (port ?? 'any')}`;
}

/** Of a host that serves others too, only connections to the indicator's port are seen. */
function sightsOf({ sharedHost }: Indicator): readonly Sight[] {
  return sharedHost ? CONNECTIONS : ALL_SIGHTS;
}

function writeName(indicator: Indicator, ruleset: Ruleset): void {
  const { kind, value, port } = indicator;
  const frame = ruleFrame(indicator, endpointText(indicator), 'outgoing');
  const key = indicatorKey(indicator);
  const text = contentText(value);
  for (const sight of sightsOf(indicator)) {
    const { protocol, buffer } = sight;
    const match =
      kind === 'domain'
        ? `${buffer} dotprefix; content:".${text}"; endswith;`
        : `${buffer} content:"${text}"; startswith; endswith;`;
    const options = framed(frame, match);
    ruleFileOf(protocol, ruleset).add({ key: `${key} ${protocol}`, header: headerOf(sight, port), options }, indicator);
  }
}

function writeNameList(members: readonly Indicator[], ruleset: Ruleset): void {
  const first = members[0];
  if (first === undefined) return;
  const name = listName(first);
  const frame = listFrame(`${endpointText(first)} in list ${name}`, 'outgoing', [`misp_kind ${first.kind}`]);
  const cut = first.kind === 'domain' ? ` ${lastLabels(labelCount(first.value))}` : '';
  const lookUps = ALL_SIGHTS.map((sight) => ({
    protocol: sight.protocol,
    header: headerOf(sight, first.port),
    buffer: `${sight.buffer}${cut}`,
  }));
  const files = new ValueListFiles({ name, type: 'string', size: members.length, frame, lookUps }, ruleset);
  for (const indicator of members) files.add(indicator.value, [indicator]);
}

/**
 * Option that cuts the buffer down to the last `count` labels of a name. A name with fewer labels stays as it is, and
 * so matches nothing in a list of names with `count` labels.
 */
function lastLabels(count: number): string {
  return `pcrexform:"((?:[^.]+\\.){${count - 1}}[^.]+)\\.?$";`;
}
