import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing } from '../feed/read-file.ts';
import { writeAtomically } from '../feed/write-atomically.ts';
import { isRecord, textOf } from '../fields.ts';
import { parseJson } from '../rest/parse-json.ts';

/** A text as a server gave it, with what the server needs to say whether it has changed. */
export interface MirroredText {
  readonly text: Buffer;
  /** The server's `ETag` and `Last-Modified`; empty when it sent none. */
  readonly etag: string;
  readonly modified: string;
}

const LINE_FEED = 10;

/** The last good text of a feed in one file: a line of JSON with the validators, and the text to the letter. */
export class TextMirror {
  readonly #file: string;

  /** `dir` is the folder of the feed; it exists. */
  constructor(dir: string) {
    this.#file = join(dir, 'text');
  }

  /** Undefined when no run has written it yet. */
  async read(): Promise<MirroredText | undefined> {
    try {
      const bytes = await readFile(this.#file);
      const end = bytes.indexOf(LINE_FEED);
      const head = parseJson(bytes.subarray(0, Math.max(end, 0)));
      const { etag, modified } = isRecord(head) ? head : {};
      return { text: bytes.subarray(end + 1), etag: textOf(etag), modified: textOf(modified) };
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw new Error(`\`${this.#file}\` is damaged; remove it to fetch the text anew`);
    }
  }

  async write({ text, etag, modified }: MirroredText): Promise<void> {
    await writeAtomically(this.#file, Buffer.concat([Buffer.from(`${JSON.stringify({ etag, modified })}\n`), text]));
  }
}
