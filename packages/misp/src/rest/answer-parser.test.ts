import { describe, expect, it } from 'vitest';
import { AnswerParser } from './answer-parser.ts';
import { parseJson } from './parse-json.ts';

const EVENT = { id: '1', info: 'ends in } or ] and "quotes" \\', Tag: [{ name: 'tlp:green' }], Orgc: { name: 'CERT' } };
const OTHER = { ...EVENT, id: '2', info: 'Wörter, "Event":{ and ,"Tag":[' };
const TAGS = [{ name: 'tlp:green' }, { name: 'osint:source-type="blog-post"' }];

const answer = (rows: readonly unknown[]) => JSON.stringify({ response: { Attribute: rows } });
const row = (id: number, fields: object) => ({ id: `${id}`, type: 'domain', value: `h${id}.example`, ...fields });

const USUAL = answer([
  row(1, { Event: EVENT, Tag: TAGS }),
  row(2, { Event: EVENT, Tag: TAGS }),
  row(3, { Event: OTHER, Tag: [] }),
  row(4, { Event: EVENT }),
  row(5, { Event: EVENT, Tag: TAGS.slice(1) }),
]);

function rowsOf(document: unknown): { Event?: unknown; Tag?: unknown }[] {
  return (document as { response: { Attribute: object[] } }).response.Attribute;
}

describe('AnswerParser', () => {
  it.each([
    ['the usual answer', USUAL],
    ['a byte order mark', `\ufeff${USUAL}`],
    ['tags before the event', answer([row(1, { Tag: TAGS, Event: EVENT }), row(2, { Tag: TAGS, Event: EVENT })])],
    ['a value that looks like an event', answer([row(1, { value: ',"Event":{"id":"9"}', Event: EVENT })])],
    ['an event inside of an event', answer([row(1, { Event: { ...EVENT, Event: OTHER } })])],
    ['an event elsewhere in an attribute', answer([row(1, { Object: { Event: OTHER } }), row(2, { Event: EVENT })])],
    ['numbers for events', answer([row(1, { Event: 0, Tag: 1 }), row(2, { Event: EVENT, Tag: TAGS })])],
    ['the same key twice', `{"response":{"Attribute":[{"Event":{"id":"1"},"Event":{"id":"2"}}]}}`],
    ['a key that ends like an event', `{"response":{"Attribute":[{"x\\"Event":{"id":"1"}}]}}`],
    ['attributes that are none', answer([1, null, [EVENT], 'x', row(1, { Event: EVENT })])],
    ['another document', JSON.stringify([{ Event: EVENT }, { Event: EVENT }])],
    ['blanks', JSON.stringify(JSON.parse(USUAL), undefined, 2)],
    ['no attribute', answer([])],
  ])('reads %s as parseJson does', (_what, text) => {
    const parser = new AnswerParser();
    expect(parser.parse(Buffer.from(text))).toEqual(parseJson(Buffer.from(text)));
    // What it remembers of another answer changes nothing.
    parser.parse(Buffer.from(USUAL));
    expect(parser.parse(Buffer.from(text))).toEqual(parseJson(Buffer.from(text)));
  });

  it('has one object for an event that is told several times, also in the next answer', () => {
    const parser = new AnswerParser();
    const rows = [USUAL, USUAL].flatMap((text) => rowsOf(parser.parse(Buffer.from(text))));
    expect(new Set(rows.map(({ Event }) => Event)).size).toBe(2);
    expect(new Set(rows.map(({ Tag }) => Tag).filter((tags) => tags !== undefined)).size).toBe(3);
  });

  it('says the same of an answer that is cut anywhere', () => {
    const said = (parse: () => unknown) => {
      try {
        return parse();
      } catch (error) {
        return String(error);
      }
    };
    const bytes = Buffer.from(USUAL);
    for (let end = 0; end < bytes.length; end++) {
      const cut = bytes.subarray(0, end);
      expect(said(() => new AnswerParser().parse(cut))).toEqual(said(() => parseJson(cut)));
    }
  });
});
