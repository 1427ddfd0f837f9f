import type { RunReport } from '@misp-pipeline/core';
import { counted, plain } from '../../render/number.ts';
import { type Html, html } from '../html.ts';
import type { PageModel } from '../model.ts';

interface Notice {
  readonly text: string;
  /** Id of the section that tells more. */
  readonly section: string;
}

/** What somebody should look at; nothing when all is well. */
export function attention({ report }: PageModel): Html | undefined {
  const notices = noticesOf(report);
  if (notices.length === 0) return undefined;
  return html`<section class="attention" aria-labelledby="attention-title"><h2 id="attention-title">Needs a look</h2>
<ul>${notices.map(({ text, section }) => html`<li><a href="#${section}">${text}</a></li>`)}</ul></section>
`;
}

function noticesOf({ guard, sources, exporters }: RunReport): Notice[] {
  const problems = sources.reduce((sum, { problems }) => sum + problems.length, 0);
  return [
    ...guard
      .filter(({ accepted }) => !accepted)
      .map(({ id, message }) => ({ text: `Guard ${id}: ${message}`, section: 'guards' })),
    ...exporters
      .filter(({ reload }) => reload?.confirmed === false)
      .map(({ id }) => ({ text: `${id}: the engine does not confirm what is live`, section: 'files' })),
    ...(problems > 0
      ? [{ text: `${counted(problems, 'part')} of the sources could not be read`, section: 'sources' }]
      : []),
    ...exporters.flatMap(({ id, check }) =>
      check.state === 'accepted' && check.quarantined.length > 0
        ? [
            {
              text: `${id}: ${plain(check.quarantined.length)} left out, since ${check.engine} refuses them`,
              section: 'quarantine',
            },
          ]
        : [],
    ),
  ];
}
