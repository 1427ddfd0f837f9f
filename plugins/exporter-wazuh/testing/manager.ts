import { readCdb } from './cdb-reader.ts';
import type { DecodedEvent } from './decoded-event.ts';
import { decodeLine } from './log-lines.ts';
import { parseXml, type ReadLookUp, type ReadRule, readRules } from './rule-reader.ts';

/** Evaluates the published rules and lists on decoded events, by the order and the look-ups of analysisd 4.x. */
export class Manager {
  readonly #rules: readonly ReadRule[];
  readonly #lists = new Map<string, ReadonlyMap<string, string>>();
  /** Fields that the published decoders add to JSON, with the expressions that cut them out. */
  readonly #added: readonly { readonly field: string; readonly matches: RegExp }[];

  /** @param output what the exporter wrote; `text` gives a file's text, `has` tells whether it was written. */
  constructor(output: { text(path: string): string; has?(path: string): boolean }) {
    const { list } = parseXml(output.text('ossec.conf.snippet.xml')) as { list: readonly string[] };
    for (const path of list) this.#lists.set(path, readCdb(output.text(path.replace('etc/', ''))));
    const files = ['rules/misp_pipeline_rules.xml', 'rules/misp_pipeline_substrings.xml'];
    const written = files.filter((file) => file.endsWith('_rules.xml') || output.has?.(file)).sort();
    const rules = written.flatMap((file) => readRules(output.text(file)));
    this.#rules = rules.sort((a, b) => b.level - a.level);
    const { decoder } = parseXml(output.text('decoders/misp_pipeline_decoders.xml')) as {
      decoder: readonly { regex?: Record<string, string>; order?: string }[];
    };
    this.#added = decoder.flatMap(({ regex, order: field }) =>
      field === undefined ? [] : [{ field, matches: new RegExp(regex?.['#text'] ?? '') }],
    );
  }

  /** Description of the rule that takes the event, or undefined when it keeps the stock rule. */
  alert(event: DecodedEvent): string | undefined {
    return this.#ruleFor(event)?.description;
  }

  /** Id of the rule that takes a line that somebody types; undefined when it keeps the stock rule, or has none. */
  idFor(line: string): number | undefined {
    const event = line.startsWith('{') ? this.#decodeJson(line) : decodeLine(line);
    return event && this.#ruleFor(event)?.id;
  }

  #ruleFor(event: DecodedEvent): ReadRule | undefined {
    return this.#rules.find((rule) => !rule.isSilent && this.#fires(rule, event));
  }

  /** What becomes of a line of Suricata's EVE log. */
  alertOnEve(line: string): string | undefined {
    return this.alert(this.#decodeJson(line));
  }

  /** A line of JSON: Suricata's if it has a type of event, of which stock rules tell some. */
  #decodeJson(line: string): DecodedEvent {
    const fields = flatten(JSON.parse(line));
    for (const { field, matches } of this.#added) {
      const value = matches.exec(line)?.[1];
      if (value !== undefined) fields[field] = value;
    }
    if (fields.event_type === undefined) return { decoder: 'json', fields };
    const sids: Record<string, number> = { alert: 86601, http: 86602, dns: 86603, tls: 86604 };
    return { sid: sids[fields.event_type] ?? 86600, fields };
  }

  /** What becomes of a Sysmon event as the Windows event channel decoder leaves it. */
  alertOnSysmon(line: string): string | undefined {
    const fields = asWindowsEvent(flatten(JSON.parse(line)));
    const id = Number(fields['win.system.eventID']);
    return this.alert({ groups: ['windows', 'sysmon', `sysmon_event${id < 10 ? '' : '_'}${id}`], fields });
  }

  #fires(rule: ReadRule, event: DecodedEvent): boolean {
    return (
      this.#isChild(rule, event) &&
      rule.fields.every(({ name, matches }) => matches.test(event.fields[name] ?? '')) &&
      rule.lists.every((lookUp) => this.#hits(lookUp, event.fields[lookUp.field]))
    );
  }

  #isChild({ sids, groups, decoder }: ReadRule, event: DecodedEvent): boolean {
    if (decoder !== undefined) return event.decoder === decoder;
    if (event.sid !== undefined && sids.includes(event.sid)) return true;
    if (groups.some((name) => event.groups?.some((group) => group.includes(name)))) return true;
    return this.#rules.some((parent) => parent.isSilent && sids.includes(parent.id) && this.#fires(parent, event));
  }

  #hits({ path, lookup, checkValue }: ReadLookUp, field: string | undefined): boolean {
    const list = this.#lists.get(path);
    if (list === undefined) throw new Error(`\`${path}\` is not declared`);
    if (field === undefined) return false;
    const value = list.get(field);
    if (lookup === 'match_key') return value !== undefined;
    if (lookup === 'match_key_value') return value?.startsWith(checkValue?.replace('^', '') ?? '') ?? false;
    return value !== undefined || beginnings(field).some((beginning) => list.has(beginning));
  }
}

/** Values as the decoder of Windows events leaves them: it does not undo the escapes of JSON and XML. */
export function asWindowsEvent(fields: Readonly<Record<string, string>>): Record<string, string> {
  const escaped = (value: string) => value.replaceAll('\\', '\\\\').replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, escaped(value)]));
}

/** Parts of an address that end with a dot. */
function beginnings(address: string): readonly string[] {
  return [...address.matchAll(/\./g)].map(({ index }) => address.slice(0, index + 1));
}

/** Fields as Wazuh's JSON decoder names them; a list stays one text. */
function flatten(value: unknown, name = '', fields: Record<string, string> = {}): Record<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    fields[name] = typeof value === 'string' ? value : JSON.stringify(value);
    return fields;
  }
  for (const [key, inner] of Object.entries(value)) flatten(inner, name === '' ? key : `${name}.${key}`, fields);
  return fields;
}
