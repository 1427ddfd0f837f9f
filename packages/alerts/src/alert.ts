import type { Direction } from '@misp-pipeline/core';
import type { Sight } from './sights.ts';

/** A value that stands in an alert. */
export interface Observed {
  /** Where it stands, such as `dns.query.rrname`. */
  readonly field: string;
  /** As the engine wrote it. */
  readonly value: string;
  readonly sight: Sight;
  /** How a message repeats it, where that is not the value. */
  readonly said?: string;
  /** For an address: which end of the traffic it was. */
  readonly direction?: Direction;
  /** For an address: its port. */
  readonly port?: number | undefined;
}

/** One alert of an engine. */
export interface Alert {
  readonly engine: 'suricata' | 'wazuh';
  /** When it was raised, in Unix seconds. */
  readonly time: number;
  /** sid, or id of the Wazuh rule. */
  readonly rule: number;
  /** What the rule says: `msg`, or the description with its values filled in. */
  readonly says: string;
  readonly observed: readonly Observed[];
}

/** `other`: a record of the engine that is no alert. */
export type Reading = Alert | 'other' | 'malformed';

/** Reads one line of a log. */
export type LineReader = (line: string) => Reading;
