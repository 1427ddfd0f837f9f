import { Collector, type Indicator, indicatorKey, splitUrl } from '@misp-pipeline/core';

/** Something to look for, and the indicators that name it: one alert, however many they are. */
export interface Detection {
  /** Identity, under which the sids are kept. */
  readonly key: string;
  /** The indicator that says what to look for. */
  readonly first: Indicator;
  /** Others that its rules detect as well. */
  others: Indicator[] | undefined;
}

const HTTPS_PORT = 443;

/** All detections of a run, in the order in which they were named first. */
export class Detections {
  readonly list: Detection[] = [];
  readonly #byName = new Map<string, Detection>();

  /**
   * Adds an indicator that can be detected. Host names and https URLs share the rules of a name that was added before
   * when these see them anyway; so domains come first, then host names, then URLs, as the kinds are ordered.
   */
  add(indicator: Indicator): void {
    const { kind, value } = indicator;
    const isHttps = kind === 'url' && value.startsWith('https:');
    if (kind !== 'domain' && kind !== 'hostname' && !isHttps) {
      this.#new(indicatorKey(indicator), indicator);
      return;
    }
    const { host, port } = isHttps ? splitUrl(value) : { host: value, port: indicator.port };
    const at = port === undefined && !isHttps ? host : `${host}:${port ?? HTTPS_PORT}`;
    const known = this.#byName.get(host) ?? this.#byName.get(at);
    if (known === undefined)
      this.#byName.set(at, this.#new(isHttps ? `https:${at}` : indicatorKey(indicator), indicator));
    else if (known.others === undefined) known.others = [indicator];
    else known.others.push(indicator);
  }

  #new(key: string, first: Indicator): Detection {
    const detection = { key, first, others: undefined };
    this.list.push(detection);
    return detection;
  }
}

/** The first indicator of a detection with what the origins of all of them say: the strictest label counts. */
export function united({ first, others }: Detection): Indicator {
  if (others === undefined) return first;
  const { kind, value, direction, port } = first;
  const collector = new Collector();
  collector.add(first);
  for (const other of others) collector.add({ ...other, kind, value, direction, port });
  return collector.collected().ofKind(kind)[0] ?? first;
}
