import {
  byWorth,
  type Indicator,
  indicatorKey,
  SEVERITIES,
  type Severity,
  splitUrl,
  strictestTlp,
} from '@misp-pipeline/core';
import { bareRuleKey } from './foreign/bare-rule.ts';

/** Something to look for, and the indicators that name it: one alert, however many they are. */
export interface Detection {
  /** The indicator that says what to look for. */
  readonly first: Indicator;
  /** Number of rules that it takes. */
  readonly rules: number;
  /** Others that its rules detect as well. */
  others: Indicator[] | undefined;
  /** The one of its indicators to give up last when there is no room for all. */
  worthiest: Indicator;
}

/** Identity of a detection, under which the sids are kept. */
export function detectionKey({ first }: Detection): string {
  if (first.kind === 'rule-snort') return bareRuleKey(first.value);
  if (!isHttps(first)) return indicatorKey(first);
  const { host, port } = splitUrl(first.value);
  return `https:${placeOf(host, port)}`;
}

export function isHttps({ kind, value }: Indicator): boolean {
  return kind === 'url' && value.startsWith('https:');
}

/** All detections of a run, in the order in which they were named first. */
export class Detections {
  readonly list: Detection[] = [];
  /** Those that other indicators may share, by what they look for. */
  readonly #shared = new Map<string, Detection>();
  readonly #rulesOf: (indicator: Indicator) => number;

  /** `rulesOf` says how many rules detect an indicator. */
  constructor(rulesOf: (indicator: Indicator) => number) {
    this.#rulesOf = rulesOf;
  }

  /**
   * Adds an indicator that can be detected. Host names and https URLs, of which only the host shows, share the rules of
   * a host that was added before, with the same port or for all ports. So domains come first, then host names, then
   * URLs, which is how the kinds are ordered.
   */
  add(indicator: Indicator): void {
    const { kind, value } = indicator;
    if (kind === 'domain' || kind === 'hostname') this.#addHost(indicator, value, indicator.port);
    else if (isHttps(indicator)) {
      const { host, port } = splitUrl(value);
      this.#addHost(indicator, host, port);
    } else if (kind === 'filename' || kind === 'email-attachment') this.#share(indicator, `attachment ${value}`);
    else if (kind === 'rule-snort') this.#share(indicator, bareRuleKey(value));
    else this.#start(indicator);
  }

  #addHost(indicator: Indicator, host: string, port: number | undefined): void {
    this.#share(indicator, port === undefined || this.#shared.has(host) ? host : placeOf(host, port));
  }

  #share(indicator: Indicator, sought: string): void {
    const known = this.#shared.get(sought);
    if (known === undefined) this.#shared.set(sought, this.#start(indicator));
    else {
      if (known.others === undefined) known.others = [indicator];
      else known.others.push(indicator);
      if (byWorth(indicator, known.worthiest) < 0) known.worthiest = indicator;
    }
  }

  #start(first: Indicator): Detection {
    const detection = { first, rules: this.#rulesOf(first), others: undefined, worthiest: first };
    this.list.push(detection);
    return detection;
  }
}

function placeOf(host: string, port: number | undefined): string {
  return port === undefined ? host : `${host}:${port}`;
}

export function indicatorsOf({ first, others }: Detection): readonly Indicator[] {
  return others === undefined ? [first] : [first, ...others];
}

/** The first indicator of a detection with what the origins of all of them say: the strictest label counts. */
export function united(detection: Detection): Indicator {
  const { first, others } = detection;
  if (others === undefined) return first;
  const all = indicatorsOf(detection);
  return {
    ...first,
    tlp: all.reduce((tlp, other) => strictestTlp(tlp, other.tlp), first.tlp),
    severity: all.reduce((severity, other) => higher(severity, other.severity), first.severity),
    confidence: choose(Math.max, all, 'confidence'),
    firstSeen: choose(Math.min, all, 'firstSeen'),
    lastSeen: choose(Math.max, all, 'lastSeen'),
    techniques: [...new Set(all.flatMap(({ techniques }) => techniques))].sort(),
    origins: all.flatMap(({ origins }) => origins),
  };
}

function higher(a: Severity, b: Severity): Severity {
  return SEVERITIES.indexOf(a) >= SEVERITIES.indexOf(b) ? a : b;
}

function choose(
  better: (a: number, b: number) => number,
  all: readonly Indicator[],
  field: 'confidence' | 'firstSeen' | 'lastSeen',
): number | undefined {
  let best: number | undefined;
  for (const { [field]: value } of all) {
    if (value !== undefined) best = best === undefined ? value : better(best, value);
  }
  return best;
}
