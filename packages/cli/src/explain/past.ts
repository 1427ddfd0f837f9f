import { History, type IndicatorKind } from '@misp-pipeline/core';
import { momentText } from '../render/moment.ts';
import type { Style } from '../render/style.ts';
import { visible } from '../render/visible.ts';

/** A time during which an indicator was live. */
export interface PastLife {
  readonly indicator: string;
  readonly exporters: readonly string[];
  readonly since: Moment;
  /** Undefined when it is live. */
  readonly until: Moment | undefined;
  /** Why it went, where that was heard. */
  readonly cause: string | undefined;
}

interface Moment {
  readonly release: number;
  /** ISO 8601. */
  readonly time: string;
}

/** When each of the indicators was live, as the state folder remembers it. */
export function pastLives(state: string, indicators: readonly { kind: IndicatorKind; value: string }[]): PastLife[] {
  const history = History.ifAny(state);
  if (history === undefined) return [];
  try {
    const momentOf = (release: number): Moment => {
      const known = history.releases.byId(release);
      return { release, time: known?.published ?? known?.made ?? '' };
    };
    return indicators.flatMap(({ kind, value }) =>
      history.entries.of(kind, value).map(({ since, until, cause, exporters }) => ({
        indicator: `${kind} ${value}`,
        exporters: history.exporters.idsOf(exporters),
        since: momentOf(since),
        until: until === undefined ? undefined : momentOf(until),
        cause,
      })),
    );
  } finally {
    history.close();
  }
}

/** A line for each time, below what else is said. */
export function pastLines(lives: readonly PastLife[], style: Style): string[] {
  const lines = lives.map(({ indicator, exporters, since, until, cause }) => {
    const end =
      until === undefined ? style('green', 'live') : `until ${namedText(until)} (${visible(cause ?? 'gone')})`;
    return `${visible(indicator)}: since ${namedText(since)}, ${end}, in ${exporters.join(', ')}`;
  });
  return lines.length === 0 ? [] : ['', ...lines];
}

function namedText({ release, time }: Moment): string {
  return `release ${release} of ${momentText(time)}`;
}
