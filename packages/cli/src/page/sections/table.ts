import { type Html, html, type Part } from '../html.ts';

export interface Column {
  readonly title: string;
  readonly isNumber?: boolean;
}

/** A column of counts, which stand on the right. */
export function counts(title: string): Column {
  return { title, isNumber: true };
}

/** A table that scrolls inside of its own box where the page is narrow. The first cell of a row names the row. */
export function table(caption: string, columns: readonly Column[], rows: readonly (readonly Part[])[]): Html {
  const heads = columns.map((column) => html`<th scope="col"${numberClass(column)}>${column.title}</th>`);
  return html`<div class="scroll" role="group" tabindex="0" aria-label="${caption}"><table>
<caption>${caption}</caption>
<thead><tr>${heads}</tr></thead>
<tbody>${rows.map((cells) => row(cells, columns))}</tbody>
</table></div>
`;
}

function row([first, ...rest]: readonly Part[], columns: readonly Column[]): Html {
  const cells = rest.map((cell, i) => html`<td${numberClass(columns[i + 1])}>${cell}</td>`);
  return html`<tr><th scope="row">${first}</th>${cells}</tr>
`;
}

function numberClass(column: Column | undefined): Html | undefined {
  return column?.isNumber ? html` class="number"` : undefined;
}

/** A count with a bar behind it, in proportion to the largest of its table. */
export function measure(count: number, most: number): Html {
  const width = most === 0 ? '0' : ((100 * count) / most).toFixed(2);
  return html`<span class="measure"><svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true"><rect width="${width}" height="1"/></svg>${count}</span>`;
}
