import { type Html, html, type Part } from '../html.ts';
import type { PageModel } from '../model.ts';

/** A part of the page with a heading that the navigation leads to. */
export interface Section {
  readonly id: string;
  readonly title: string;
  /** The title in a word, for the navigation. */
  readonly short: string;
  readonly body: (model: PageModel) => Part;
}

export function sectionHtml({ id, title, body }: Section, model: PageModel): Html {
  return html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>
${body(model)}</section>
`;
}

/** A line that says that there is nothing to show. */
export function nothing(text: string): Html {
  return html`<p class="nothing">${text}</p>`;
}

/** What a table shows, which may be the beginning only. */
export function captionOf(what: string, all: number, limit: number): string {
  return all <= limit ? what : `${what}: the first ${limit} of ${all}`;
}
