import { type Indicator, indicatorKey } from '@misp-pipeline/core';
import { contentText } from '@misp-pipeline/ids-rules';
import { append } from './append.ts';
import { datasetMatch, stringLine } from './dataset.ts';
import { ListFile } from './list-file.ts';
import { endpointText, framed, listFrame, OUTGOING, ruleFrame } from './rule-text.ts';
import { inLists, type Ruleset, ruleFileOf } from './ruleset.ts';

/** A place in which a name shows. */
interface Sight {
  readonly protocol: 'dns' | 'http' | 'tls' | 'quic';
  /** Options that select the buffer. */
  readonly buffer: string;
  /** The engine hands over HTTP hosts in lower case and refuses `nocase` there. */
  readonly nocase: string;
}

const DNS: Sight = { protocol: 'dns', buffer: 'dns.query;', nocase: ' nocase;' };
const CONNECTIONS: readonly Sight[] = [
  { protocol: 'http', buffer: 'flow:established,to_server; http.host;', nocase: '' },
  { protocol: 'tls', buffer: 'flow:established,to_server; tls.sni;', nocase: ' nocase;' },
  { protocol: 'quic', buffer: 'quic.sni;', nocase: ' nocase;' },
];
const ALL_SIGHTS: readonly Sight[] = [DNS, ...CONNECTIONS];

/** Domains (which include all names below them) or host names, all of one kind. */
export function writeNames(names: readonly Indicator[], ruleset: Ruleset): void {
  const asLists = inLists(ruleset, names.length);
  const lists = new Map<number, Indicator[]>();
  for (const indicator of names) {
    if (indicator.sharedHost && indicator.port === undefined) ruleset.skip(indicator, 'too-broad:shared-host');
    else if (asLists && !indicator.sharedHost) append(lists, listNumber(indicator), indicator);
    else writeName(indicator, ruleset);
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

function writeName(indicator: Indicator, ruleset: Ruleset): void {
  const { kind, value, port, sharedHost } = indicator;
  const frame = ruleFrame(indicator, endpointText(indicator), OUTGOING);
  const key = indicatorKey(indicator);
  const text = contentText(value);
  for (const sight of sharedHost ? CONNECTIONS : ALL_SIGHTS) {
    const { protocol, buffer, nocase } = sight;
    const match =
      kind === 'domain'
        ? `${buffer} dotprefix; content:".${text}";${nocase} endswith;`
        : `${buffer} content:"${text}";${nocase} startswith; endswith;`;
    const options = framed(frame, match);
    ruleFileOf(protocol, ruleset).add({ key: `${key} ${protocol}`, header: headerOf(sight, port), options }, indicator);
  }
}

function writeNameList(members: readonly Indicator[], ruleset: Ruleset): void {
  const first = members[0];
  if (first === undefined) return;
  const name = listName(first);
  const frame = listFrame(`${endpointText(first)} in list ${name}`, OUTGOING, [`misp_kind ${first.kind}`]);
  const cut = first.kind === 'domain' ? ` ${lastLabels(labelCount(first.value))}` : '';
  const sids = ALL_SIGHTS.map((sight) => {
    const match = `${sight.buffer} to_lowercase;${cut} ${datasetMatch(name, 'string', members.length)}`;
    const rule = {
      key: `${name} ${sight.protocol}`,
      header: headerOf(sight, first.port),
      options: framed(frame, match),
    };
    return ruleFileOf(sight.protocol, ruleset).add(rule);
  });
  const list = new ListFile(ruleset.output, name, sids);
  for (const indicator of members) list.add(stringLine(indicator.value), indicator);
}

/**
 * Option that cuts the buffer down to the last `count` labels of a name. A name with fewer labels stays as it is, and
 * so matches nothing in a list of names with `count` labels.
 */
function lastLabels(count: number): string {
  return `pcrexform:"((?:[^.]+\\.){${count - 1}}[^.]+)\\.?$";`;
}
