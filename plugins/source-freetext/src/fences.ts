const MARKDOWN = /^\s*(`{3,}(?=[^`]*$)|~{3,})\s*(.*)$/;
const ASCIIDOC = /^(-{4,}|\.{4,})\s*$/;
const ASCIIDOC_SIGN = /^(?:={1,6}\s+\S|\|===)/;
const MARKDOWN_SECTION = /^#{2,6}\s+\S/;

/** Follows the code blocks of Markdown and AsciiDoc. */
export class Fences {
  /** The mark of the open fence. */
  #open: string | undefined;
  #isAsciiDoc = false;

  /** True between the marks of a code block. */
  get isOpen(): boolean {
    return this.#open !== undefined;
  }

  /** Whether the text has shown itself to be AsciiDoc, where a row of dashes is a fence. */
  get isAsciiDoc(): boolean {
    return this.#isAsciiDoc;
  }

  /** Takes the next line; true when it is the mark of a fence. A section of Markdown ends a fence that was forgotten. */
  follow(line: string): boolean {
    if (this.#open !== undefined) return this.#close(line, this.#open);
    this.#isAsciiDoc ||= ASCIIDOC_SIGN.test(line);
    this.#open = (MARKDOWN.exec(line) ?? (this.#isAsciiDoc ? ASCIIDOC.exec(line) : null))?.[1];
    return this.#open !== undefined;
  }

  #close(line: string, open: string): boolean {
    const [, mark = '', words = ''] = MARKDOWN.exec(line) ?? ASCIIDOC.exec(line) ?? [];
    const isMarkdown = /[`~]/.test(open);
    const isClosed = isMarkdown ? mark.startsWith(open) && words === '' : mark === open;
    if (isClosed || (isMarkdown && MARKDOWN_SECTION.test(line))) this.#open = undefined;
    return isClosed;
  }
}
