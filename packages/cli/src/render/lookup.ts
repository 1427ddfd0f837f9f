import type {
  Answer,
  AnsweredIndicator,
  FeedCacheAnswer,
  KnownOrigin,
  Stopped,
  Summary,
  Verdict,
} from '@misp-pipeline/lookup';
import { endpointWords } from './endpoint.ts';
import { counted } from './number.ts';
import type { Style } from './style.ts';
import { visible } from './visible.ts';

const VERDICTS: Readonly<Record<Verdict, string>> = {
  live: 'is live',
  known: 'is known, and stands in no artefact',
  dropped: 'is known, and was dropped by the filters',
  absent: 'is not known',
};

const COLOURS = { live: 'red', known: 'yellow', dropped: 'dim', absent: 'green' } as const;

/** Lines of one sort that are shown of an indicator. */
const SHOWN = 10;

/** An answer for a person. Values of a source are hostile, so nothing that could steer a terminal is printed. */
export function lookupText(
  { value, verdict, indicators, feeds }: Answer & { feeds?: FeedCacheAnswer },
  style: Style,
): string {
  const lines = [`${style('bold', visible(value))} ${style(COLOURS[verdict], VERDICTS[verdict])}`];
  for (const indicator of indicators) lines.push(...indicatorLines(indicator));
  if (feeds !== undefined) lines.push(...feedLines(feeds));
  return lines.join('\n');
}

function indicatorLines({ relation, kind, value, direction, port, verdict, ...rest }: AnsweredIndicator): string[] {
  const { summary, warninglists, artefacts, origins } = rest;
  const where = endpointWords({ direction, port });
  const lists = warninglists.map(
    ({ list, detail }) => `${visible(list)}${detail === undefined ? '' : ` (${visible(detail)})`}`,
  );
  return [
    `  ${relation} ${kind} ${visible(value)}${where.length === 0 ? '' : ` (${where.join(', ')})`}: ${verdict}`,
    ...summaryLines(summary),
    ...(lists.length === 0 ? [] : [`    warninglists ${lists.join(', ')}`]),
    ...shortened(
      artefacts.map(({ exporter, file, id }) => `    ${exporter}: ${file}${id === undefined ? '' : `, ${id}`}`),
    ),
    ...shortened(origins.map(originLine)),
  ];
}

function summaryLines(summary: Summary): string[] {
  const { tlp, severity, confidence, firstSeen, lastSeen, events, attributes, organisations, tags, techniques } =
    summary;
  const words = [
    `tlp ${tlp ?? 'unmarked'}`,
    `severity ${severity}`,
    ...(confidence === undefined ? [] : [`confidence ${confidence}`]),
    ...(firstSeen === undefined ? [] : [`first seen ${dateOf(firstSeen)}`]),
    ...(lastSeen === undefined ? [] : [`last seen ${dateOf(lastSeen)}`]),
    `${counted(attributes, 'attribute')} of ${counted(events, 'event')}`,
    ...(organisations.length === 0 ? [] : [`by ${visible(organisations.join(', '))}`]),
  ];
  return [
    `    ${words.join(', ')}`,
    ...(tags.length === 0 ? [] : [`    tags ${visible(tags.join(', '))}`]),
    ...(techniques.length === 0 ? [] : [`    techniques ${visible(techniques.join(', '))}`]),
  ];
}

function originLine({ source, event, type, comment, stopped, stoppedFor }: KnownOrigin): string {
  const stops = Object.entries(stoppedFor).map(([exporter, stop]) => `not for ${exporter}: ${stopText(stop)}`);
  const parts = [
    `    ${source}: event ${visible(event.uuid)} ${visible(event.title)} (${[visible(event.org), visible(event.date)].filter((part) => part !== '').join(', ')}), ${visible(type)}`,
    ...(comment === '' ? [] : [visible(comment)]),
    ...(stopped === undefined ? [] : [`dropped by ${stopText(stopped)}`]),
    ...stops,
  ];
  return parts.join('; ');
}

function stopText({ filter, reason, detail }: Stopped): string {
  return `\`${filter}\`, ${visible(reason)}${detail === undefined ? '' : ` (${visible(detail)})`}`;
}

function feedLines({ hits, unasked }: FeedCacheAnswer): string[] {
  const found = hits.map(({ value, id, name, type, events }) => {
    const shown = events.length === 0 ? '' : `, events ${visible(events.join(', '))}`;
    return `  cached ${visible(value)}: ${visible(type)} ${visible(id)} ${visible(name)}${shown}`;
  });
  return [
    ...(found.length === 0 ? ['  in no cached feed of the server'] : shortened(found)),
    ...unasked
      .slice(0, 1)
      .map(() => '  the server finds no value with a capital letter in its cache; such readings were not asked for'),
  ];
}

function shortened(lines: readonly string[]): string[] {
  if (lines.length <= SHOWN) return [...lines];
  return [...lines.slice(0, SHOWN), `    and ${lines.length - SHOWN} more`];
}

function dateOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}
