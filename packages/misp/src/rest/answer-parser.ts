import { randomInt } from 'node:crypto';
import { isRecord } from '../fields.ts';
import { attributeRows } from './attribute-rows.ts';
import { BodyBuffer } from './body-buffer.ts';
import { parseJson } from './parse-json.ts';

const EVENT = Buffer.from('"Event":{');
const TAGS = Buffer.from(',"Tag":[');

/**
 * Parses answers to attribute searches. They tell the event and its tags with each attribute again, which makes three
 * quarters of their bytes: what has the same bytes as before is parsed once, and shared. Apart from that the result is
 * that of {@link parseJson}, errors included.
 */
export class AnswerParser {
  readonly #events = new RepeatedParts();
  readonly #tags = new RepeatedParts();
  /** The answer with numbers in place of events and tags. */
  readonly #short = new BodyBuffer();

  parse(answer: Buffer): unknown {
    try {
      return this.#parse(answer) ?? parseJson(answer);
    } catch {
      return parseJson(answer);
    }
  }

  /** Undefined when the answer is written otherwise than expected. Throws when it is not valid. */
  #parse(answer: Buffer): unknown {
    this.#short.clear();
    this.#events.begin(answer);
    this.#tags.begin(answer);
    /** What the numbers stand for; they begin with one that the server cannot know. */
    const parts: unknown[] = [];
    const first = randomInt(2 ** 40);
    let read = 0;
    const replace = (start: number, kind: RepeatedParts) => {
      this.#short.append(answer, read, start);
      this.#short.append(Buffer.from(String(first + parts.length)));
      read = kind.readAt(start);
      parts.push(kind.value);
    };
    for (let key = answer.indexOf(EVENT); key !== -1; key = answer.indexOf(EVENT, read)) {
      if (!isKey(answer, key)) return undefined;
      replace(key + EVENT.length - 1, this.#events);
      if (holds(answer, read, TAGS)) replace(read + TAGS.length - 1, this.#tags);
    }
    this.#short.append(answer, read);
    const document = parseJson(this.#short.bytes);
    return putBack(parts, first, document) ? document : undefined;
  }
}

/** False when the parts were not those of the attributes, each in its turn. */
function putBack(parts: readonly unknown[], first: number, document: unknown): boolean {
  let next = 0;
  for (const row of attributeRows(document) ?? []) {
    if (!isChangeable(row)) continue;
    if (row.Event === first + next) row.Event = parts[next++];
    if (row.Tag === first + next) row.Tag = parts[next++];
  }
  return next === parts.length;
}

/** Different parts that are remembered, at most. */
const MOST_PARTS = 5000;

/** Objects or lists of one kind, of which few are different. */
class RepeatedParts {
  /** By their text, a character for each byte. */
  readonly #known = new Map<string, unknown>();
  #answer: Buffer = Buffer.alloc(0);
  #start = 0;
  #end = 0;
  /** The part that was read last. */
  value: unknown;

  begin(answer: Buffer): void {
    this.#answer = answer;
    this.#start = 0;
    this.#end = 0;
  }

  /** Returns where the part ends. Throws when it is not valid. */
  readAt(start: number): number {
    const answer = this.#answer;
    if (this.#end > 0 && holds(answer, start, answer, this.#start, this.#end)) return start + this.#end - this.#start;
    this.#start = start;
    this.#end = endOfValue(answer, start);
    const text = answer.toString('latin1', start, this.#end);
    this.value = this.#known.get(text);
    if (this.value === undefined) this.#learn(text);
    return this.#end;
  }

  #learn(text: string): void {
    this.value = parseJson(this.#answer.subarray(this.#start, this.#end));
    if (this.#known.size === MOST_PARTS) this.#known.clear();
    this.#known.set(text, this.value);
  }
}

function isChangeable(row: unknown): row is { Event?: unknown; Tag?: unknown } {
  return isRecord(row);
}

/** Whether the bytes at a place are those of `part`, or of its section from `start` to `end`. */
function holds(bytes: Buffer, at: number, part: Buffer, start = 0, end = part.length): boolean {
  const atEnd = at + end - start;
  return atEnd <= bytes.length && bytes.compare(part, start, end, at, atEnd) === 0;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPENING_BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;

/** Whether a quote begins a key: one inside of a text has a backslash before it. */
function isKey(bytes: Buffer, quote: number): boolean {
  const before = bytes[quote - 1];
  return before === COMMA || before === OPENING_BRACE;
}

/** Where the object or list that begins at `start` ends. */
function endOfValue(bytes: Buffer, start: number): number {
  let depth = 0;
  for (let i = start; i < bytes.length; i++) {
    const byte = bytes[i];
    if (byte === QUOTE) i = closingQuote(bytes, i);
    else if (byte === OPENING_BRACE || byte === OPENING_BRACKET) depth++;
    else if ((byte === CLOSING_BRACE || byte === CLOSING_BRACKET) && --depth === 0) return i + 1;
  }
  return bytes.length;
}

/** Where the text that begins with the quote at `opening` ends. */
function closingQuote(bytes: Buffer, opening: number): number {
  for (let i = opening + 1; i < bytes.length; i++) {
    if (bytes[i] === BACKSLASH) i++;
    else if (bytes[i] === QUOTE) return i;
  }
  return bytes.length;
}
