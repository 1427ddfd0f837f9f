/**
 * The kinds of indicator that a source may hand on, in the order in which exporters receive them.
 * A kind says how the value is observed, not which MISP type it came from.
 */
export const INDICATOR_KINDS = [
  'ipv4',
  'ipv6',
  'cidr',
  'domain',
  'hostname',
  'url',
  'uri',
  'user-agent',
  'http-method',
  'cookie',
  'ja3',
  'ja4',
  'jarm',
  'hassh',
  'hasshserver',
  'x509-md5',
  'x509-sha1',
  'x509-sha256',
  'md5',
  'sha1',
  'sha224',
  'sha256',
  'sha384',
  'sha512',
  'imphash',
  'filename',
  'email',
  'email-src',
  'email-dst',
  'email-subject',
  'email-attachment',
  'email-x-mailer',
  'email-message-id',
  'email-reply-to',
  'regkey',
  'mutex',
  'named-pipe',
  'process-name',
  'service-name',
  'pattern-in-traffic',
  'rule-suricata',
  'rule-snort',
  'rule-sigma',
  'rule-yara',
  'rule-zeek',
] as const;

export type IndicatorKind = (typeof INDICATOR_KINDS)[number];

/** Whether an address was seen as the origin of traffic or as its target; unset when nothing was said. */
export type Direction = 'source' | 'destination';

/** Threat level of the event: what MISP calls 1 high, 2 medium, 3 low, 4 undefined. */
export type Severity = 'unknown' | 'low' | 'medium' | 'high';

/** Severities from the least to the most severe. */
export const SEVERITIES: readonly Severity[] = ['unknown', 'low', 'medium', 'high'];

/**
 * Traffic Light Protocol labels, from the widest audience to the narrowest. `clear` also stands for TLP 1's white.
 * `unknown` is a `tlp:` tag that no version of the protocol defines: nobody may see it.
 */
export const TLP_LABELS = ['clear', 'green', 'amber', 'amber+strict', 'red', 'unknown'] as const;

export type Tlp = (typeof TLP_LABELS)[number];

/** The event that vouches for an indicator. One object is shared by all indicators of the event. */
export interface EventContext {
  /** Lower-case UUID. */
  readonly uuid: string;
  readonly title: string;
  /** `YYYY-MM-DD`, or the empty string when the source gave none. */
  readonly date: string;
  /** Name of the organisation that created the event, or the empty string. */
  readonly org: string;
  /** Where a person can read the event, if the source knows. */
  readonly link: string | undefined;
}

/** One attribute that vouches for an indicator. */
export interface Origin {
  /** Id of the source in the config. */
  readonly source: string;
  readonly event: EventContext;
  /** Lower-case UUID of the attribute. */
  readonly attribute: string;
  /** MISP type of the attribute, such as `domain|ip`. */
  readonly type: string;
  readonly category: string;
  readonly comment: string;
}

/** What tells indicators apart: those that agree in it are merged into one. */
export interface IndicatorIdentity {
  readonly kind: IndicatorKind;
  /**
   * Canonical text: refanged, hosts in lower case with IDN as A-labels and no trailing dot, IPv4 dotted, IPv6 as in
   * RFC 5952, networks with host bits cleared, hashes in lower-case hex, URLs without fragment and user info.
   */
  readonly value: string;
  readonly direction: Direction | undefined;
  /** Port of the address or host, 1 to 65535. */
  readonly port: number | undefined;
}

/** What one attribute, or several together, say of a value. */
export interface Testimony {
  /** Strictest label of event, object and attribute; undefined when nothing was said. */
  readonly tlp: Tlp | undefined;
  /** Names of the tags of event, object and attribute. Sorted, no duplicates. */
  readonly tags: readonly string[];
  /** ATT&CK technique ids such as `T1071.004`. Sorted, no duplicates. */
  readonly techniques: readonly string[];
  readonly severity: Severity;
  /** 0 to 100, or undefined when nothing was said. */
  readonly confidence: number | undefined;
  /** Unix seconds. */
  readonly firstSeen: number | undefined;
  /** Unix seconds. */
  readonly lastSeen: number | undefined;
  /** When an attribute last changed, in Unix seconds. */
  readonly updated: number | undefined;
}

/**
 * A value that can be detected, normalised. It has one origin as it leaves a source and one or more after collect.
 * Indicators are never changed: a filter that wants to say something makes a copy.
 */
export interface Indicator extends IndicatorIdentity, Testimony {
  /** Other indicators of the same attribute, written `kind:value`, such as the two halves of a `domain|ip`. Sorted. */
  readonly companions: readonly string[];
  /**
   * True when the host of this value also serves parties that have nothing to do with it (a URL on a popular site).
   * A detection that can see only the host would raise false alarms and must not be made.
   */
  readonly sharedHost: boolean;
  readonly origins: readonly Origin[];
}

const NONE: readonly string[] = [];

/** What has no default has to be given; everything else is filled in. */
export type IndicatorFields = Pick<Indicator, 'kind' | 'value'> & Partial<Indicator>;

/** Makes an indicator with every field in one order, which keeps the objects small and quick to read. */
export function makeIndicator(fields: IndicatorFields): Indicator {
  return {
    kind: fields.kind,
    value: fields.value,
    direction: fields.direction,
    port: fields.port,
    companions: fields.companions ?? NONE,
    tlp: fields.tlp,
    tags: fields.tags ?? NONE,
    techniques: fields.techniques ?? NONE,
    severity: fields.severity ?? 'unknown',
    confidence: fields.confidence,
    firstSeen: fields.firstSeen,
    lastSeen: fields.lastSeen,
    updated: fields.updated,
    sharedHost: fields.sharedHost ?? false,
    origins: fields.origins ?? [],
  };
}

/** An identity as text: `kind:value`, with direction and port where they are set. */
export function indicatorKey({ kind, value, direction, port }: IndicatorIdentity): string {
  if (direction === undefined && port === undefined) return `${kind}:${value}`;
  return `${kind}:${value}|${direction ?? ''}|${port ?? ''}`;
}
