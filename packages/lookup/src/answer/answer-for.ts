import type { KnownArtefact, KnownOrigin, Match, Query } from '../known.ts';
import type { Answer, AnsweredIndicator, Verdict } from './answer.ts';
import { admits, type Ceiling } from './ceiling.ts';
import { summaryOf } from './summary.ts';
import { warninglistsOf } from './warninglists.ts';

const BY_WEIGHT: readonly AnsweredIndicator['verdict'][] = ['live', 'known', 'dropped'];

/**
 * What somebody may be told of a value. Attributes above the ceiling are taken out first and everything else is made of
 * those that are left, so that they have no influence on the answer; without any left, the value is as good as unknown.
 */
export function answerFor(
  value: string,
  readings: readonly Query[],
  matches: readonly Match[],
  ceiling: Ceiling,
): Answer {
  const indicators = matches.flatMap((match) => answeredIndicator(match, ceiling));
  const origins = indicators.flatMap((indicator) => indicator.origins);
  return {
    value,
    readings: [...new Set(readings.map((reading) => reading.value))],
    verdict: BY_WEIGHT.find((verdict) => indicators.some((one) => one.verdict === verdict)) ?? 'absent',
    summary: indicators.length === 0 ? undefined : summaryOf(origins),
    indicators,
  };
}

/** At most one. */
function answeredIndicator({ relation, indicator }: Match, ceiling: Ceiling): AnsweredIndicator[] {
  const { kind, value, direction, port } = indicator;
  const origins = indicator.origins.filter(({ tlp }) => admits(ceiling, tlp));
  if (origins.length === 0) return [];
  const artefacts = indicator.artefacts.filter((artefact) => origins.some((origin) => reached(origin, artefact)));
  return [
    {
      ...{ relation, kind, value, direction, port },
      verdict: verdictOf(origins, artefacts),
      summary: summaryOf(origins),
      warninglists: warninglistsOf(origins),
      artefacts,
      origins,
    },
  ];
}

/** Whether what an attribute says passed all filters on its way to an artefact. */
function reached({ stopped, stoppedFor }: KnownOrigin, { exporter }: KnownArtefact): boolean {
  return stopped === undefined && !Object.hasOwn(stoppedFor, exporter);
}

function verdictOf(origins: readonly KnownOrigin[], artefacts: readonly KnownArtefact[]): Exclude<Verdict, 'absent'> {
  if (artefacts.length > 0) return 'live';
  return origins.some(({ stopped }) => stopped === undefined) ? 'known' : 'dropped';
}
