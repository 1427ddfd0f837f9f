import { endpointWords } from '../render/endpoint.ts';
import type { Style } from '../render/style.ts';
import { visible } from '../render/visible.ts';
import type { Artefact, Explanation, Journey, Skip, Verdict } from './value-trace.ts';

const VERDICTS: Readonly<Record<Verdict, string>> = {
  published: 'stands in the artefacts below',
  skipped: 'passed the filters, but no exporter can express it',
  dropped: 'was dropped by the filters',
  rejected: 'was read, but became no indicator',
  absent: 'is in none of the sources',
};

/** A replay says what a run would write, which is not always what is live: after a rollback, for one. */
const ONLY_IN_A_RUN = 'is not live; a run would write it into the artefacts below';

const ARTEFACTS_SHOWN = 20;

/**
 * An explanation for a person. Values of a source are hostile, so nothing that could steer a terminal is printed.
 * @param isLive whether the value is in what is published.
 */
export function explanationText(explanation: Explanation, isLive: boolean, style: Style): string {
  const { value, verdict, journeys, rejected, artefacts, skipped } = explanation;
  const lines = [
    style('bold', `${visible(value)} ${verdict === 'published' && !isLive ? ONLY_IN_A_RUN : VERDICTS[verdict]}`),
  ];
  for (const journey of journeys) lines.push('', ...journeyLines(journey, style));
  for (const { source, reason, value: text, place } of rejected) {
    lines.push('', `${source}: ${place}`, `  ${style('yellow', reason)} \`${visible(text)}\``);
  }
  if (artefacts.length + skipped.length > 0) lines.push('');
  lines.push(...artefacts.slice(0, ARTEFACTS_SHOWN).flatMap(artefactLines));
  if (artefacts.length > ARTEFACTS_SHOWN) lines.push(`and ${artefacts.length - ARTEFACTS_SHOWN} more places`);
  lines.push(...skipped.map((skip) => skipLine(skip, style)));
  return lines.join('\n');
}

function journeyLines(journey: Journey, style: Style): string[] {
  const { kind, value, direction, port, source, event, attribute, type, tlp, severity, tags, comment, steps } = journey;
  const where = endpointWords({ direction, port });
  const lines = [
    `${kind} ${visible(value)}${where.length === 0 ? '' : ` (${where.join(', ')})`}`,
    `  source ${source}, event ${event.uuid} ${visible(event.title)} (${[visible(event.org), event.date].filter((part) => part !== '').join(', ')})`,
    `  attribute ${attribute}, type ${type}, tlp ${tlp ?? 'unmarked'}, severity ${severity}`,
  ];
  if (tags.length > 0) lines.push(`  tags ${tags.map((tag) => visible(tag)).join(', ')}`);
  if (comment !== '') lines.push(`  comment ${visible(comment)}`);
  for (const { stage, verdict, reason, detail } of steps) {
    const why = reason === undefined ? '' : ` ${reason}${detail === undefined ? '' : `: ${visible(detail)}`}`;
    lines.push(`  ${stage}: ${style(verdict === 'passed' ? 'green' : 'red', verdict)}${why}`);
  }
  return lines;
}

function artefactLines({ exporter, file, id, text }: Artefact): string[] {
  return [`${exporter}: ${file}${id === undefined ? '' : `, ${id}`}`, `  ${visible(text)}`];
}

function skipLine({ exporter, indicator, reason, detail }: Skip, style: Style): string {
  return `${exporter}: ${style('yellow', 'not exported')} ${visible(indicator)}: ${reason}${detail === undefined ? '' : ` (${visible(detail)})`}`;
}
