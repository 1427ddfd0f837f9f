import { detectValue, type Entry, type Line } from '@misp-pipeline/misp';
import { type Place, whyNotCounted } from './counting.ts';
import { isDefanged } from './defanged.ts';
import { hashTypes, isKeyHeading } from './hash-type.ts';
import { headingOf } from './heading.ts';
import { isReferenceHeading, isReferenceLine } from './references.ts';
import { type Cell, TableColumns } from './table-columns.ts';
import { tokensOf } from './tokens.ts';

export interface ReportOptions {
  /** Whether values count that nobody defanged. */
  readonly takesPlain: boolean;
}

const FENCE = /^\s*(?:```[^`]*|~~~.*|-{4,}|\.{4,})$/;
const BULLETS = /^(?:[-*]+\s+)+/;
const VERBATIM = /^`{1,2}(?:\+{1,2})?\\?([^`+]+?)(?:\+{1,2})?`{1,2}$/;
const NOT_MALICIOUS = /\b(?:not|isn't)(?: \w+)? malicious\b/i;
/** In Markdown a heading, elsewhere a comment. */
const COMMENT = /^\s*(?:#|\/\/|;)/;
/** What programs have and lists of values do not. */
const CODE = /[(){}]|;\s*$| [=!]=? /;
const LONGEST_QUOTE = 200;

/**
 * Reads a written report line by line. A value counts when it is a hash, when it is defanged, or when it stands alone as
 * verbatim text (a line of a code block, a list item or table cell in backticks). Other values are plain references,
 * unless the author defangs nothing. Nothing counts in sections and lines about sources and authors, in columns of
 * what is legitimate, in lines that say that it is not malicious, and no hash among keys of ciphers.
 */
export class ReportReader {
  readonly #takesPlain: boolean;
  readonly #columns = new TableColumns();
  #heading = '';
  #inFence = false;

  constructor({ takesPlain }: ReportOptions) {
    this.#takesPlain = takesPlain;
  }

  read({ number: line, text, isCut }: Line): Entry[] {
    const none = (reason: string): Entry[] => [{ line, text: text.trim().slice(0, LONGEST_QUOTE), reason }];
    if (isCut) return none('rejected:too-long');
    if (FENCE.test(text)) this.#inFence = !this.#inFence;
    else if (!this.#inFence) this.#heading = headingOf(text) ?? this.#heading;
    const whyNothing = this.#whyNothing(text);
    const entries = this.#columns.cellsOf(text).flatMap((cell) => this.#readCell(line, cell, whyNothing));
    return entries.length > 0 || text.trim() === '' ? entries : none('rejected:no-indicator');
  }

  #readCell(line: number, cell: Cell, whyNothing: string | undefined): Entry[] {
    const place = this.#placeOf(cell, whyNothing);
    const hashType = hashTypes(this.#heading, cell.text);
    return tokensOf(cell.text).flatMap((token): Entry[] => {
      const { text } = token;
      const found = detectValue(text, { inProse: !isDefanged(text) });
      if (found === undefined) return [];
      const reason = whyNotCounted(token, found.type, place);
      if (reason !== undefined) return [{ line, text, reason }];
      return [{ line, value: found.value, type: hashType(found.type), comment: this.#heading }];
    });
  }

  #placeOf({ text, isLegitimate }: Cell, whyNothing: string | undefined): Place {
    const item = text.trim().replace(BULLETS, '');
    return {
      whyNothing: whyNothing ?? (isLegitimate ? 'skipped:not-malicious' : undefined),
      whyNoHash: isKeyHeading(this.#heading) ? 'skipped:key' : undefined,
      whyNothingPlain: this.#whyNothingPlain(text),
      verbatim: this.#inFence ? item : VERBATIM.exec(item)?.[1],
    };
  }

  #whyNothing(line: string): string | undefined {
    if (isReferenceHeading(this.#heading) || isReferenceLine(line)) return 'skipped:reference';
    return NOT_MALICIOUS.test(line) ? 'skipped:not-malicious' : undefined;
  }

  #whyNothingPlain(cell: string): string | undefined {
    if (!this.#takesPlain) return 'skipped:not-defanged';
    if (COMMENT.test(cell)) return 'skipped:comment';
    return this.#inFence && CODE.test(cell) ? 'skipped:code' : undefined;
  }
}
