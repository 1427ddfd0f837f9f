import { detectValue, type Entry, type Line } from '@misp-pipeline/misp';
import { whyOtherBehind } from './behind-word.ts';
import { type Place, whyNotCounted } from './counting.ts';
import { isDefanged } from './defanged.ts';
import { Fences } from './fences.ts';
import { hashTypes, isKeyHeading } from './hash-type.ts';
import { headingOf } from './heading.ts';
import { isReferenceHeading, isReferenceLine } from './references.ts';
import { type Cell, TableColumns } from './table-columns.ts';
import { tokensOf } from './tokens.ts';

export interface ReportOptions {
  /** Whether values count that nobody defanged. */
  readonly takesPlain: boolean;
}

const UNDERLINE = /^(?:-{3,}|={3,})\s*$/;
const BULLETS = /^(?:[-*]+\s+)+/;
const VERBATIM = /^`{1,2}(?:\+{1,2})?\\?([^`+]+?)(?:\+{1,2})?`{1,2}$/;
const NOT_MALICIOUS = /\b(?:not|isn't)(?: (?!only|just|merely|simply)\w+)? malicious\b/i;
/** In Markdown a heading, elsewhere a comment. */
const COMMENT = /^\s*(?:#|\/\/|;)/;
/** What programs have and lists of values do not. */
const CODE = /[(){}]|;\s*$| [=!]=? /;
const LONGEST_QUOTE = 200;

/**
 * Reads a written report line by line. A value counts when it is a hash, when it is defanged, or when it stands alone as
 * verbatim text (a line of a code block, a list item or table cell in backticks). Other values are plain references,
 * unless the author defangs nothing. Nothing counts in columns of what is legitimate and in lines that say that it is not
 * malicious, no hash among keys of ciphers, and only what is defanged in sections and lines about sources and authors.
 */
export class ReportReader {
  readonly #takesPlain: boolean;
  readonly #columns = new TableColumns();
  readonly #fences = new Fences();
  #heading = '';
  #isAboutSources = false;
  /** The line before, when it may turn out to be a heading. */
  #before = '';

  constructor({ takesPlain }: ReportOptions) {
    this.#takesPlain = takesPlain;
  }

  read({ number: line, text, isCut }: Line): Entry[] {
    const none = (reason: string): Entry[] => [{ line, text: text.trim().slice(0, LONGEST_QUOTE), reason }];
    if (isCut) return none('rejected:too-long');
    this.#followHeadings(text);
    const whyNothing = NOT_MALICIOUS.test(text) ? 'skipped:not-malicious' : undefined;
    const isReference = this.#isAboutSources || isReferenceLine(text);
    const entries = this.#columns
      .cellsOf(text)
      .flatMap((cell) => this.#readCell(line, cell, this.#placeOf(cell, whyNothing, isReference)));
    return entries.length > 0 || text.trim() === '' ? entries : none('rejected:no-indicator');
  }

  #followHeadings(text: string): void {
    const isMark = this.#fences.follow(text);
    const heading = isMark || this.#fences.isOpen ? undefined : this.#headingAt(text);
    this.#before = this.#fences.isOpen ? '' : text;
    if (heading === undefined) return;
    this.#heading = heading;
    this.#isAboutSources = isReferenceHeading(heading);
  }

  /** The heading that a line is, or that it makes of the line before. */
  #headingAt(text: string): string | undefined {
    const isUnderline = UNDERLINE.test(text) && /^\w/.test(this.#before) && this.#before.length < LONGEST_QUOTE;
    return isUnderline && !this.#fences.isAsciiDoc ? this.#before.trim() : headingOf(text);
  }

  #readCell(line: number, cell: Cell, place: Place): Entry[] {
    const hashType = hashTypes(this.#heading, cell.text);
    const tokens = tokensOf(cell.text);
    return tokens.flatMap((token, i): Entry[] => {
      const { text } = token;
      const found = detectValue(text, { inProse: !isDefanged(text) });
      if (found === undefined) return isDefanged(text) ? [{ line, text, reason: 'rejected:no-indicator' }] : [];
      const before = tokens[i - 1]?.text ?? '';
      const reason = whyNotCounted(token, found.type, place) ?? whyOtherBehind(before, text, found.type);
      if (reason !== undefined) return [{ line, text, reason }];
      return [{ line, value: found.value, type: hashType(found.type), comment: this.#heading }];
    });
  }

  #placeOf({ text, isLegitimate }: Cell, whyNothing: string | undefined, isReference: boolean): Place {
    const item = text.trim().replace(BULLETS, '');
    const whyNoReference = isReference ? 'skipped:reference' : undefined;
    const verbatim = this.#fences.isOpen ? item : VERBATIM.exec(item)?.[1];
    return {
      whyNothing: whyNothing ?? (isLegitimate ? 'skipped:not-malicious' : undefined),
      whyNoHash: whyNoReference ?? (isKeyHeading(this.#heading) ? 'skipped:key' : undefined),
      whyNoMail: this.#isAboutSources ? 'skipped:reference' : undefined,
      whyNothingPlain: whyNoReference ?? this.#whyNothingPlain(text),
      verbatim: isReference ? undefined : verbatim,
    };
  }

  #whyNothingPlain(cell: string): string | undefined {
    if (!this.#takesPlain) return 'skipped:not-defanged';
    if (COMMENT.test(cell)) return 'skipped:comment';
    return this.#fences.isOpen && CODE.test(cell) ? 'skipped:code' : undefined;
  }
}
