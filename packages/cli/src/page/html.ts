import { plain } from '../render/number.ts';
import { visible } from '../render/visible.ts';

/** Takes the secrets out of a text. */
export type Mask = (text: string) => string;

/** A piece of the page. Its values are masked, made visible and escaped when it is written, and not before. */
export interface Html {
  write(mask: Mask): string;
}

/** What may stand in a template: counts get separators between thousands, what is undefined leaves nothing behind. */
export type Part = Html | string | number | undefined | readonly Part[];

/** Longer texts are cut. */
const TEXT_LIMIT = 400;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A template whose values cannot leave their place, between tags or inside of a quoted attribute. */
export function html(strings: TemplateStringsArray, ...values: readonly Part[]): Html {
  return {
    write: (mask) => strings.map((text, i) => (i === 0 ? text : `${written(values[i - 1], mask)}${text}`)).join(''),
  };
}

/** Markup, style or script of this program. */
export function trusted(text: string): Html {
  return { write: () => text };
}

/** A text of a stranger as it may stand in the page. */
export function escaped(text: string, mask: Mask): string {
  return visible(mask(text), TEXT_LIMIT).replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);
}

function written(part: Part, mask: Mask): string {
  if (part === undefined) return '';
  if (typeof part === 'number') return plain(part);
  if (typeof part === 'string') return escaped(part, mask);
  if ('write' in part) return part.write(mask);
  return part.map((one) => written(one, mask)).join('');
}
