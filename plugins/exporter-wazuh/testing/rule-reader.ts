import { XMLParser, XMLValidator } from 'fast-xml-parser';

export interface ReadLookUp {
  readonly field: string;
  readonly lookup: string;
  readonly checkValue: string | undefined;
  readonly path: string;
}

/** A rule as it stands in the file. */
export interface ReadRule {
  readonly id: number;
  readonly level: number;
  readonly isSilent: boolean;
  readonly sids: readonly number[];
  readonly groups: readonly string[];
  readonly decoder: string | undefined;
  readonly fields: readonly { readonly name: string; readonly type: string; readonly matches: RegExp }[];
  readonly lists: readonly ReadLookUp[];
  readonly description: string;
}

type Node = Record<string, unknown>;

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  isArray: (name) => ['rule', 'list', 'field', 'decoder'].includes(name),
});

/** Parses what is XML once it stands inside of one element; throws when it is not. */
export function parseXml(text: string): Node {
  const document = `<root>${text}</root>`;
  const verdict = XMLValidator.validate(document);
  if (verdict !== true) throw new Error(verdict.err.msg);
  return (parser.parse(document) as { root: Node }).root;
}

export function readRules(text: string): readonly ReadRule[] {
  const { group } = parseXml(text) as { group: { rule: readonly Node[] } };
  return group.rule.map(readRule);
}

function readRule(rule: Node): ReadRule {
  const nodes = (name: string) => (rule[name] ?? []) as readonly Record<string, string>[];
  return {
    id: Number(rule['@id']),
    level: Number(rule['@level']),
    isSilent: rule['@noalert'] === '1',
    sids: words(rule.if_sid, ',').map(Number),
    groups: words(rule.if_group, '|'),
    decoder: rule.decoded_as as string | undefined,
    fields: nodes('field').map((field) => ({
      name: field['@name'] ?? '',
      type: field['@type'] ?? '',
      matches: expressionOf(field['#text'] ?? ''),
    })),
    lists: nodes('list').map((list) => ({
      field: list['@field'] ?? '',
      lookup: list['@lookup'] ?? '',
      checkValue: list['@check_value'],
      path: list['#text'] ?? '',
    })),
    description: String(rule.description),
  };
}

/** PCRE2's `(?i)` at the beginning is a flag here. */
function expressionOf(text: string): RegExp {
  return text.startsWith('(?i)') ? new RegExp(text.slice('(?i)'.length), 'i') : new RegExp(text);
}

function words(text: unknown, separator: string): readonly string[] {
  return typeof text === 'string' ? text.split(separator) : [];
}
